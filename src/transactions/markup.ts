import { fail, ok, type Result } from '../result.ts'
import type { DocumentProblem } from './document-problem.ts'

/** Largest document that is looked at, in bytes of UTF-8. About 800 lines of an invoice, far fewer beside an embedded PDF. */
export const atMostBytes = 2 ** 20
/** Deepest nesting that is looked at, the root counting as one. UBL invoices stay under twelve. */
export const atMostNested = 64
/** Most attributes of one element, namespace declarations included. */
export const atMostAttributes = 100

const sections = [
  { kind: 'comment', open: '<!--', close: '-->' },
  { kind: 'cdata', open: '<![CDATA[', close: ']]>' },
  { kind: 'instruction', open: '<?', close: '?>' },
] as const

type Piece =
  | { kind: 'text' | 'tag' | (typeof sections)[number]['kind']; end: number }
  | { kind: 'refused'; problem: DocumentProblem }

/** How deep a place is, and whether the root element has ended before it. */
type Level = { depth: number; ended: boolean }

const notXml = (message: string): DocumentProblem => ({ kind: 'not_xml', message })
const refused = (problem: DocumentProblem): Piece => ({ kind: 'refused', problem })

/** Whether XML 1.0 (section 2.2) allows every character of a text. Unpaired surrogates are not allowed. */
export const isXmlText = (text: string) => !forbidden.test(text)
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u

/**
 * Refuse what must not reach an XML parser, and give back the rest without byte order mark, comments and processing
 * instructions (line numbers stay). One pass, linear in the length: every `<` is accounted for, so that a declaration is
 * seen wherever it stands, yet a comment or CDATA section may speak of one.
 */
export function guardMarkup(xml: string): Result<string, DocumentProblem> {
  if (xml.length > atMostBytes || new TextEncoder().encode(xml).length > atMostBytes) {
    return fail({ kind: 'too_large', atMostBytes })
  }
  if (!isXmlText(xml)) return fail(notXml('A character that XML does not allow; the encoding must be UTF-8'))
  const kept: string[] = []
  let level: Level = { depth: 0, ended: false }
  for (let at = xml.startsWith('\uFEFF') ? 1 : 0; at < xml.length; ) {
    const piece = pieceAt(xml, at)
    if (piece.kind === 'refused') return fail(piece.problem)
    const text = xml.slice(at, piece.end)
    const passed = pass(level, piece.kind, text)
    if (!passed.ok) return passed
    level = passed.value
    kept.push(piece.kind === 'comment' || piece.kind === 'instruction' ? onlyLines(text) : text)
    at = piece.end
  }
  return ok(kept.join(''))
}

/** Keep count of the nesting. The parser itself overlooks what follows the root element. */
function pass(level: Level, kind: Piece['kind'], text: string): Result<Level, DocumentProblem> {
  if (kind === 'comment' || kind === 'instruction') return ok(level)
  if (kind !== 'tag') {
    const outside = level.depth === 0 && (kind === 'cdata' || text.trim() !== '')
    return outside ? fail(notXml('There is text outside the root element')) : ok(level)
  }
  if (level.ended) return fail(notXml('There is more than one root element'))
  const closes = text.startsWith('</')
  if (closes && level.depth === 0) return fail(notXml(`${excerpt(text, 0)} closes nothing`))
  const depth = level.depth + (closes ? -1 : 1)
  if (depth > atMostNested) return fail({ kind: 'too_complex', what: 'nesting', atMost: atMostNested })
  const left = depth - (text.endsWith('/>') ? 1 : 0)
  return ok({ depth: left, ended: left === 0 })
}

function pieceAt(xml: string, at: number): Piece {
  if (xml[at] !== '<') return { kind: 'text', end: orLength(xml, xml.indexOf('<', at)) }
  const section = sections.find(({ open }) => xml.startsWith(open, at))
  if (section) {
    const close = xml.indexOf(section.close, at + section.open.length)
    if (close < 0) return refused(notXml(`A ${section.open} is not closed`))
    return { kind: section.kind, end: close + section.close.length }
  }
  if (!xml.startsWith('<!', at)) return tagAt(xml, at)
  const declares = /<!\s*[a-z[]/iy
  declares.lastIndex = at
  return refused(declares.test(xml) ? { kind: 'doctype' } : notXml('A <! that opens no comment or CDATA section'))
}

function tagAt(xml: string, at: number): Piece {
  const mark = /["'<>]/g
  mark.lastIndex = at + 1
  for (let attributes = 0; attributes <= atMostAttributes; attributes++) {
    const found = mark.exec(xml)
    if (found?.[0] === '>') return { kind: 'tag', end: mark.lastIndex }
    const close = found && found[0] !== '<' ? xml.indexOf(found[0], mark.lastIndex) : -1
    if (close < 0 || xml.slice(mark.lastIndex, close).includes('<')) {
      return refused(notXml(`The tag ${excerpt(xml, at)} is not closed`))
    }
    mark.lastIndex = close + 1
  }
  return refused({ kind: 'too_complex', what: 'attributes', atMost: atMostAttributes })
}

const orLength = (xml: string, index: number) => (index < 0 ? xml.length : index)

const excerpt = (xml: string, at: number) => xml.slice(at, at + 40).split(/\s/, 1)[0]

/** An empty comment with the line ends of what stood there: the text on either side stays one text. */
const onlyLines = (text: string) => `<!--${text.replace(/[^\n]+/g, '')}-->`
