import { XMLParser } from 'fast-xml-parser'
import { fail, ok, type Result } from '../result.ts'
import type { DocumentProblem } from './document-problem.ts'
import { atMostNested, guardMarkup, isXmlText } from './markup.ts'

/** An element with its namespace resolved: prefixes are gone. `text` is its own text, not that of its children. */
export type XmlElement = {
  namespace: string
  name: string
  /** By name as written, prefix included. */
  attributes: ReadonlyMap<string, string>
  text: string
  children: XmlElement[]
}

type Scope = { declared: ReadonlyMap<string, string>; outer: Scope | null }
type Complain = (message: string) => void
type Raw = Record<string, unknown>

/** All values stay strings, and entities are left to `decode`: the parser knows no character references, but does know DOCTYPE. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: '#cdata',
  maxNestedTags: atMostNested,
  jPath: false,
})

const outermost: Scope = { declared: new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]), outer: null }

/** Read untrusted XML to its root element. Knows no entities but the five of XML itself and character references. */
export function readXml(xml: string): Result<XmlElement, DocumentProblem> {
  const guarded = guardMarkup(xml)
  if (!guarded.ok) return guarded
  const roots = parse(guarded.value)
  if (!roots.ok) return roots
  const complaints: string[] = []
  const root = rawsIn(roots.value).find(raw => !('#text' in raw))
  const element = root && toElement(root, outermost, message => complaints.push(message))
  if (!element) return fail({ kind: 'not_xml', message: 'There is no root element' })
  return complaints[0] === undefined ? ok(element) : fail({ kind: 'not_xml', message: complaints[0] })
}

function parse(xml: string): Result<unknown, DocumentProblem> {
  try {
    return ok(parser.parse(xml, true))
  } catch (cause) {
    return fail({ kind: 'not_xml', message: String(cause instanceof Error ? cause.message : cause).slice(0, 200) })
  }
}

function toElement(raw: Raw, outer: Scope, complain: Complain): XmlElement {
  const tag = Object.keys(raw).find(key => key !== ':@') ?? ''
  const attributes = attributesOf(raw, complain)
  const scope = scopeOf(attributes, outer)
  const element: XmlElement = { ...resolve(tag, scope, complain), attributes, text: '', children: [] }
  const texts: string[] = []
  for (const child of rawsIn(raw[tag])) {
    if ('#text' in child) texts.push(decode(String(child['#text']), complain))
    else if ('#cdata' in child) texts.push(...rawsIn(child['#cdata']).map(part => String(part['#text'])))
    else element.children.push(toElement(child, scope, complain))
  }
  element.text = texts.join('')
  return element
}

function attributesOf(raw: Raw, complain: Complain): Map<string, string> {
  const attributes = isRaw(raw[':@']) ? Object.entries(raw[':@']) : []
  return new Map(attributes.map(([name, value]) => [name, decode(String(value), complain)]))
}

/** Scopes are chained, not copied: with at most `atMostNested` of them, looking one up stays cheap. */
function scopeOf(attributes: ReadonlyMap<string, string>, outer: Scope): Scope {
  const declared = new Map<string, string>()
  for (const [name, value] of attributes) {
    if (name === 'xmlns') declared.set('', value)
    if (name.startsWith('xmlns:')) declared.set(name.slice('xmlns:'.length), value)
  }
  return declared.size > 0 ? { declared, outer } : outer
}

function resolve(tag: string, scope: Scope, complain: Complain): Pick<XmlElement, 'namespace' | 'name'> {
  const colon = tag.indexOf(':')
  const prefix = tag.slice(0, Math.max(colon, 0))
  for (let at: Scope | null = scope; at; at = at.outer) {
    const namespace = at.declared.get(prefix)
    if (namespace !== undefined) return { namespace, name: tag.slice(colon + 1) }
  }
  if (prefix !== '') complain(`The prefix of <${tag.slice(0, 80)}> is not declared`)
  return { namespace: '', name: tag.slice(colon + 1) }
}

const named = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }))

function decode(text: string, complain: Complain): string {
  return text.replace(/&([^;&]{0,16};)?/g, (whole, reference: string | undefined) => {
    const known = reference === undefined ? undefined : characterOf(reference.slice(0, -1))
    if (known === undefined)
      complain(`The reference ${whole} is not one of &amp; &lt; &gt; &quot; &apos; or a character`)
    return known ?? ''
  })
}

function characterOf(reference: string): string | undefined {
  const [, decimal, hexadecimal] = /^#(?:(\d{1,7})|x([\da-fA-F]{1,6}))$/.exec(reference) ?? []
  const code = decimal ? Number.parseInt(decimal, 10) : Number.parseInt(hexadecimal ?? '', 16)
  if (Number.isNaN(code)) return named.get(reference)
  const character = code <= 0x10ffff ? String.fromCodePoint(code) : '\0'
  return isXmlText(character) ? character : undefined
}

const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null

const rawsIn = (value: unknown): Raw[] => (Array.isArray(value) ? value.filter(isRaw) : [])
