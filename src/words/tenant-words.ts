import type { Assignment } from '../seats/plan.ts'

/** What stands on the page of who backs what. */
export type TenantWords = {
  title: string
  /** Before how many of them are how: "4 koppelingen". */
  integrations(count: number): string
  /** Before the worst of them and its next step. */
  first: string
  /** "1 vrije gebruiker." */
  free(count: number): string
  /** What the users cost each month, those to be made included, as far as it is known; `without` counts those whose price is not. */
  cost(money: string, without: number): string
  newIntegration: string
  unfinished(count: number): string
  empty: { admin: string; viewer: string }
  noMore: string
  /** What a screen reader calls the picture, whose facts stand in the table after it. */
  picture: string
  table: string
  columns: { source: string; state: string; seat: string; account: string; ways: string }
  seat: { taken: string; empty: string }
  short: string
  /** Under an empty seat that nobody fits: what to make, by a name before the @ when one can be thought of. */
  make(name: string | null): string
  steps: string
  /** Under a free user who fits an empty seat. */
  fits: string
  /** In a few words, for beside a name; the whole sentences are `states.plan.cautions`. */
  cautions: Record<NonNullable<Assignment['caution']>, string>
  /** Users on no seat of this tenant, and why each sits on none. */
  unseated: {
    title: string
    spare: string
    noAccess(administrations: string): string
    elsewhere: string
    more(count: number): string
  }
}
