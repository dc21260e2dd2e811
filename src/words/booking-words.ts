/** What stands on the booking pages. */
export type BookingWords = { title: string }
