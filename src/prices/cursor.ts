import { PROVIDER_NAMES, type ProviderName, USER_KINDS, type UserKind } from '../providers/provider.ts'

/** Where a price stands in the list, which is in the order of these three, the newest day first. */
export type PriceCursor = { validFrom: string; provider: ProviderName; userKind: UserKind }

/** Write a place as it stands in an address. */
const cursorText = ({ validFrom, provider, userKind }: PriceCursor): string => `${validFrom}.${provider}.${userKind}`

/** Read a place back; null for what is none. */
export function cursorOf(text: string): PriceCursor | null {
  const [, validFrom, name, kind] = /^(\d{4}-\d\d-\d\d)\.([\w-]+)\.(\w+)$/.exec(text) ?? []
  const provider = PROVIDER_NAMES.find(one => one === name)
  const userKind = USER_KINDS.find(one => one === kind)
  if (validFrom === undefined || provider === undefined || userKind === undefined) return null
  return { validFrom, provider, userKind }
}

/** Make a page of rows, of which one more than a page holds was asked so as to know of a next one. */
export function pageOf<Row extends PriceCursor>(
  rows: readonly Row[],
  most: number,
): { rows: Row[]; next: string | null } {
  const page = rows.slice(0, most)
  const last = page.at(-1)
  return { rows: page, next: rows.length > most && last !== undefined ? cursorText(last) : null }
}
