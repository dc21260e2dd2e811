/** What stands on the overview pages. */
export type OverviewWords = { title: string }
