// The picture in units of its viewBox. From 640 px on it shrinks with the window, and its letters are drawn larger to stay
// readable: at most `LETTER` units, for which there must be room.

export const WIDTH = 960
export const HEAD = 36
export const ROW = 56
export const LETTER = 17

/** Where a column begins, where its text does, and where it ends. */
export type Column = { from: number; text: number; to: number }

export const SOURCE: Column = { from: 2, text: 38, to: 312 }
export const SEAT: Column = { from: 420, text: 434, to: 576 }
export const USER: Column = { from: 622, text: 642, to: 956 }
export const MIDDLE = (SOURCE.to + SEAT.from) / 2
