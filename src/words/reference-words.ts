/** What stands on the reference pages. */
export type ReferenceWords = { title: string }
