// Reads a QR code back from the picture that a page shows (ISO/IEC 18004, byte mode, correction M, versions 2 to 6, undamaged): what a
// telephone does, without the camera.

const MASKS: readonly ((row: number, column: number) => boolean)[] = [
  (r, c) => (r + c) % 2 === 0,
  r => r % 2 === 0,
  (_, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
]

/** Data codewords of each block at error correction M, by version (7.5.1, table 9). */
const BLOCKS: readonly (readonly number[])[] = [[], [16], [28], [44], [32, 32], [43, 43], [27, 27, 27, 27]]

/** The modules of the picture without the light ones around, true for dark. */
export function modulesIn(svg: string): boolean[][] {
  const size = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1])
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => false))
  const path = /<path[^>]* d="([^"]*)"/.exec(svg)?.[1] ?? ''
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let at = 0; at < Number(width); at++) rows[Number(y)]?.splice(Number(x) + at, 1, true)
  const quiet = rows.findIndex(row => row.includes(true))
  return rows.slice(quiet, size - quiet).map(row => row.slice(quiet, size - quiet))
}

/** Read the text of a code. */
export function readQr(modules: readonly (readonly boolean[])[]): string {
  const size = modules.length
  const isDark = (row: number, column: number): boolean => modules[row]?.[column] ?? false
  const version = (size - 17) / 4
  const format =
    [0, 1, 2, 3, 4].map(column => isDark(8, column)).reduce((sum, dark) => (sum << 1) | Number(dark), 0) ^ 0b10101
  const mask = MASKS[format & 7]
  const blocks = format >> 3 === 0 && version > 1 ? BLOCKS[version] : undefined
  if (mask === undefined || blocks === undefined) throw new Error(`No reader for version ${version}, format ${format}`)
  const bits = pathOf(size).map(([row, column]) => isDark(row, column) !== mask(row, column))
  const words = Array.from({ length: Math.floor(bits.length / 8) }, (_, at) => numberIn(bits.slice(at * 8, at * 8 + 8)))
  const data = deinterleave(words, blocks).flatMap(word =>
    Array.from({ length: 8 }, (_, at) => ((word >> (7 - at)) & 1) === 1),
  )
  if (numberIn(data.slice(0, 4)) !== 0b0100) throw new Error('Not in byte mode')
  const length = numberIn(data.slice(4, 12))
  const bytes = Array.from({ length }, (_, at) => numberIn(data.slice(12 + at * 8, 20 + at * 8)))
  return new TextDecoder().decode(Uint8Array.from(bytes))
}

const numberIn = (bits: readonly boolean[]): number => bits.reduce((sum, bit) => sum * 2 + Number(bit), 0)

/** Where data stands, in the order in which it is laid: two columns at a time, up and down, from the right. */
function pathOf(size: number): [row: number, column: number][] {
  const path: [number, number][] = []
  let isUp = true
  for (let right = size - 1; right > 0; right -= 2, isUp = !isUp) {
    if (right === 6) right -= 1
    for (let at = 0; at < size; at++)
      for (const column of [right, right - 1]) {
        const row = isUp ? size - 1 - at : at
        if (!isReserved(row, column, size)) path.push([row, column])
      }
  }
  return path
}

/** Finders with format and separators, timing, and the one alignment pattern. */
function isReserved(row: number, column: number, size: number): boolean {
  const inFinder = (row < 9 && column < 9) || (row < 9 && column >= size - 8) || (row >= size - 8 && column < 9)
  const centre = size - 7
  const inAlignment = Math.abs(row - centre) <= 2 && Math.abs(column - centre) <= 2
  return inFinder || row === 6 || column === 6 || inAlignment
}

/** Blocks take turns, word by word; the longer ones have their last word at the end. */
function deinterleave(words: readonly number[], blocks: readonly number[]): number[] {
  const found = blocks.map((): number[] => [])
  let at = 0
  for (let turn = 0; turn < Math.max(...blocks); turn++)
    for (const [block, length] of blocks.entries()) if (turn < length) found[block]?.push(words[at++] ?? 0)
  return found.flat()
}
