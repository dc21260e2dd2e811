/** What stands on the connection pages. */
export type ConnectionWords = { title: string }
