import type { BookingWords } from '../booking-words.ts'

export const booking: BookingWords = { title: 'Bookings' }
