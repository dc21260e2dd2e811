import type { Place, Setting } from '../http/view.ts'
import type { May, Role } from '../people/role.ts'

/** What a page tells once, after a form on the page before was carried out. */
export const TOLD = [
  'saved',
  'made',
  'removed',
  'revoked',
  'invited',
  'left',
  'probed',
  'disconnected',
  'transferred',
  'retried',
  'cancelled',
  'resolved',
  'recorded',
  'replayed',
] as const
export type Told = (typeof TOLD)[number]

/** What stands around every page of the dashboard. */
export type SiteWords = {
  skip: string
  places: Record<Place, string>
  settings: Record<Setting, string>
  menu: string
  /** How a page names the menus to who cannot see them. */
  menus: { main: string; tenant: string; settings: string; trail: string }
  search: { label: string; hint: string; go: string }
  language: string
  themes: { light: string; dark: string }
  signOut: string
  account: string
  roles: Record<Role, string>
  /** What a role may do, in a sentence. */
  roleTexts: Record<Role, string>
  told: Record<Told, string>
  errorsAbove(count: number): string
  code: string
  copy: string
  copied: string
  more: string
  first: string
  optional: string
  none: string
  exactly: string
  dismiss: string
  /** Said where a page shows what its reader may not change. */
  onlyLook: string
  mayNot: Record<May, string>
}
