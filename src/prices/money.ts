import { MOST_CENTS } from './price.ts'

/** Whole euros, with cents after a comma or a point. */
const PLAIN = /^(\d{1,7})(?:[.,](\d{1,2}))?$/
/** Thousands are set apart by the other of the two; without cents nobody could tell which is which. */
const GROUPED = /^(\d{1,3}(?:\.\d{3})+),(\d{2})$|^(\d{1,3}(?:,\d{3})+)\.(\d{2})$/

/**
 * Read an amount in euros as people type it, Dutch or English (`25`, `25,00`, `€ 1.250,00`), as cents. Null for what is no
 * amount, could be read in two ways (`1.250`), or is more than a user may cost.
 */
export function centsOf(typed: string): number | null {
  const text = typed.trim().replace(/^€\s*/, '')
  const plain = PLAIN.exec(text)
  const grouped = GROUPED.exec(text)
  const euros = plain?.[1] ?? (grouped?.[1] ?? grouped?.[3])?.replaceAll(/[.,]/g, '')
  if (euros === undefined) return null
  const decimals = plain?.[2] ?? grouped?.[2] ?? grouped?.[4] ?? ''
  const cents = Number(euros) * 100 + Number(decimals.padEnd(2, '0'))
  return cents <= MOST_CENTS ? cents : null
}

/** Write cents as people type them: `25,00`, or `25.00` with a point. */
export const typedCents = (cents: number, separator: ',' | '.'): string =>
  `${Math.floor(cents / 100)}${separator}${String(cents % 100).padStart(2, '0')}`
