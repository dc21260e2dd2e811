/** What stands on the price pages. */
export type PriceWords = { title: string }
