/** What stands on the price pages. */
export type PriceWords = {
  title: string
  lead: string
  /** Which price comes before these. */
  own: string
  current: string
  provider: string
  kind: string
  price: string
  since: string
  noPrice: string
  history: string
  historyNone: string
  from: string
  later: string
  noted: string
  set: string
  setText: string
  validFrom: string
  validFromHint: string
  priceField: string
  priceHint: string
  action: string
}
