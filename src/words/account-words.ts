import type { LineFault } from '../seats/account-lines.ts'
import type { SittingAction } from '../seats/sitting.ts'
import { type Sentences, say } from './sentences.ts'

/** What is wrong with a line of a list of new accounts; the number of the line stands before it. */
export type LineWords = Sentences<LineFault>

/** Say what is wrong with one line. */
export const sayLineFault = (words: LineWords, fault: LineFault): string =>
  say<LineFault, LineFault['kind'], string, []>(words, fault.kind, fault)

/** What stands on the account pages. */
export type AccountWords = {
  title: string
  lead: string
  /** What to do first where there are none yet. */
  none: string
  noneFound: string
  showAll: string
  add: { title: string; text: string; action: string }
  several: {
    title: string
    text(most: number): string
    lines: string
    linesHint: string
    wrong(count: number): string
    nothingMade: string
    action: string
  }
  change: { title: string; text: string; action: string; meanwhile: string }
  filter: {
    label: string
    seat: string
    seats: { free: string; seated: string }
    all: string
    search: string
    action: string
  }
  fields: {
    username: string
    usernameHint: string
    email: string
    emailHint: string
    provider: string
    kind: string
    roles: string
    rolesHint: string
    administrations: string
    administrationsHint: string
    /** The administrations that the tenant has here, each with its name. */
    administrationsKnown(some: string): string
    price: string
    priceHint: string
    providerUser: string
    since: string
  }
  seat: string
  free: string
  andMore(count: number): string
  perMonth: string
  ownPrice: string
  kindPrice: string
  noPrice: string
  toPrices: string
  sharedEmail: string
  /** Follows the mark, where there is little room. */
  sharedEmailWith(username: string): string
  sharedEmailText(username: string): string
  clientUser: { mark: string; text: string; title: string; more: string; where: string }
  history: {
    title: string
    none: string
    when: string
    what: string
    where: string
    actions: Record<SittingAction, string>
  }
}
