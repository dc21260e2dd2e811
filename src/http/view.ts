import type { Child } from 'hono/jsx'
import type { Told } from '../words/site-words.ts'

/** Places in the menus; a page lights the one it belongs to. */
export const PLACES = ['overview', 'tenants', 'apps', 'team', 'seats', 'bookings', 'accounts', 'settings'] as const
export type Place = (typeof PLACES)[number]

/** Pages below a tenant's settings. */
export const SETTINGS = ['general', 'members', 'keys', 'webhooks', 'prices', 'audit'] as const
export type Setting = (typeof SETTINGS)[number]

/** One step on the way to a page. */
export type Crumb = { label: string; url: string }

/** What a page shows inside its frame. */
export type View = {
  title: string
  body: Child
  place: Place | null
  setting?: Setting
  /** The way here, from the top; the page itself is not in it. */
  trail?: readonly Crumb[]
  /** Default 200. */
  status?: number
}

/** Where a form leads when it is done, and what to tell there. */
export type Went = { to: string; told?: Told }

export const isWent = (outcome: View | Went): outcome is Went => 'to' in outcome
