import Big from 'big.js'

const zero = new Big(0)

/** Longest decimal that is read, in characters: arithmetic on longer ones could be made slow on purpose. */
const atMostCharacters = 40

/** Read an `xs:decimal`, exactly. `null` where the text is none: no exponent, no grouping, no decimal comma. */
export function parseDecimal(text: string): Big | null {
  if (text.length > atMostCharacters || !/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text)) return null
  return new Big(text.replace(/^\+/, '').replace(/\.$/, ''))
}

/** Read a percentage from 0 up to and including 100 to its shortest form: `25.0` to `25`. `null` where the text is none. */
export function parseRate(text: string): string | null {
  const value = parseDecimal(text)
  return value === null || value.lt(0) || value.gt(100) ? null : value.toFixed()
}

/** Whether a value can be written with that many decimals; trailing zeros do not count. */
export const fitsDecimals = (value: Big, decimals: number) => value.round(decimals).eq(value)

/** Add up exactly. Nothing adds up to zero. */
export const sum = (values: Big[]): Big => values.reduce((total, value) => total.plus(value), zero)

/** The opposite amount. */
export const negate = (value: Big): Big => zero.minus(value)

/** An amount as people read it, in two decimals or more where it has more. */
export const amountText = (value: Big): string => (fitsDecimals(value, 2) ? value.toFixed(2) : value.toFixed())
