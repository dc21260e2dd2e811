/** What stands on the account pages. */
export type AccountWords = { title: string }
