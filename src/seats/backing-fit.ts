// How wide a text is in a picture cannot be asked of a server: it is estimated, rather too wide than too narrow.

const NARROW = /^[fijlrtI.,:;'!|()[\]\-·‘’ ]$/
const WIDE = /^[mwMW@%&…—]$/
const CAPITAL = /^[\p{Lu}\p{Nd}_#$+=<>?~^]$/u

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The width of one character as people count them, in parts of the font's size. */
function widthOf(character: string): number {
  if (NARROW.test(character)) return 0.34
  if (WIDE.test(character)) return 0.95
  const code = character.codePointAt(0) ?? 0
  if (code >= 0x1100) return 1.1
  return code >= 0x0900 ? 0.9 : CAPITAL.test(character) ? 0.7 : 0.58
}

const ELLIPSIS = '…'

/** Shorten a text to a width, in parts of the font's size; what is cut off shows as an ellipsis. */
export function fitText(text: string, width: number): string {
  let used = 0
  let kept = ''
  for (const { segment } of graphemes.segment(text)) {
    used += widthOf(segment)
    if (used > width) return `${kept.trimEnd()}${ELLIPSIS}`
    if (used <= width - widthOf(ELLIPSIS)) kept += segment
  }
  return text
}
