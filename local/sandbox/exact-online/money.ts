/** A decimal number, exactly: units divided by ten to the scale. */
export interface Decimal {
  units: bigint
  scale: number
}

const shape = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/

/** Read a JSON number or decimal text exactly as it is written; null when it is neither. */
export function decimal(value: unknown): Decimal | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null
  const match = shape.exec(String(value).trim())
  if (match === null) return null
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] = match
  const digits = BigInt(`${sign}${whole}${fraction}`)
  const scale = fraction.length - Number(exponent)
  return scale >= 0 ? { units: digits, scale } : { units: digits * 10n ** BigInt(-scale), scale: 0 }
}

/** Whole cents, halves away from zero. */
export function toCents(value: Decimal): number {
  return Number(divide(value.units * 100n, 10n ** BigInt(value.scale)))
}

/** Product, exactly. */
export function times(left: Decimal, right: Decimal): Decimal {
  return { units: left.units * right.units, scale: left.scale + right.scale }
}

/** VAT in cents on an amount that excludes it; the rate is a fraction of one, as in 0.21. */
export function vatOn(exclCents: number, rate: Decimal): number {
  return Number(divide(BigInt(exclCents) * rate.units, 10n ** BigInt(rate.scale)))
}

/** VAT in cents contained in an amount that includes it. */
export function vatWithin(inclCents: number, rate: Decimal): number {
  return Number(divide(BigInt(inclCents) * rate.units, 10n ** BigInt(rate.scale) + rate.units))
}

/** Cents as the double the interface sends. */
export function asAmount(cents: number): number {
  return cents / 100
}

/** Cents as text for people: -1234 is '-12.34'. */
export function asText(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0')
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function divide(numerator: bigint, denominator: bigint): bigint {
  const half = denominator / 2n
  const away = numerator < 0n ? numerator - half : numerator + half
  // An odd denominator has no exact half, so truncation after the shift is right for it as well.
  return away / denominator
}
