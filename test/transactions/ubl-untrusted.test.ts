import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readUbl } from '../../src/transactions/ubl.ts'
import { changed, fixture, problem, read } from '../support/ubl.ts'

const invoice = fixture('invoice-two-rates')
const deviation = (from: string, to: string) => problem(changed(invoice, from, to))

describe('reading text from a stranger', () => {
  const declaration = '<!DOCTYPE Invoice [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
  const body = invoice.replace(/^<\?xml.*\n/, '')

  it.each([
    ['at the start', declaration + body],
    ['in small letters', declaration.toLowerCase() + body],
    ['after a byte order mark', `\uFEFF${declaration}${body}`],
    ['after a comment', `<!-- <Invoice> -->\n${declaration}${body}`],
    ['after an instruction that seems to hold it', `<?x "?>${declaration}<?x "?>${body}`],
    ['in an attribute that seems to open a comment', `<a b="<!--"/>${declaration}<a b="-->"/>`],
    ['inside the document', changed(invoice, '<cbc:ID>', '<!ENTITY a "b"><cbc:ID>')],
    ['behind white space', `<! DOCTYPE x>${body}`],
  ])('refuses a declaration %s', (_, xml) => {
    expect(problem(xml).kind).toBe(xml.startsWith('<a') ? 'not_xml' : 'doctype')
  })

  it('lets comments and CDATA speak of a declaration, and joins the text around them', () => {
    const note = `<cbc:Note><![CDATA[${declaration} &x; don't]]></cbc:Note><!-- ${declaration} don't -->`
    const noted = changed(invoice, '<cbc:BuyerReference>', `${note}<?note don't?><cbc:BuyerReference>`)
    expect(read(changed(noted, '>1096.96', '><?x "?><!--" ?>--><?z "?>10<!-- x\n -->96<?y?><![CDATA[.9]]>6'))).toEqual(
      read(invoice),
    )
  })

  it('knows a byte order mark, carriage returns, the five entities and character references', () => {
    const marked = `\uFEFF${invoice.replaceAll('\n', '\r\n')}`
    expect(read(marked)).toEqual(read(invoice))
    const named = changed(invoice, 'Lunchroom Pennewip &amp; Zn', '&lt;&#69;&#x301;&gt; &amp;lt; &quot;&apos;')
    expect(read(named).buyer).toBe(`<E\u0301> &lt; "'. B.V.`)
  })

  it.each([
    '&x;',
    '&nbsp;',
    '&',
    '&#0;',
    '&#xD800;',
    '&#x110000;',
    '&AMP;',
    '&toString;',
    '\u0000',
    '\uD800',
    '<',
    '</cbc:Name>',
  ])('refuses %j in a name', text => expect(deviation('Pennewip &amp;', text)).toMatchObject({ kind: 'not_xml' }))

  it('refuses a prefix that is not declared, and names made for prototypes', () => {
    expect(deviation('xmlns:cbc=', 'xmlns:cbd=')).toMatchObject({ kind: 'not_xml' })
    expect(deviation('<cbc:ID>', '<__proto__/><cbc:ID>')).toMatchObject({ kind: 'not_xml' })
  })

  it.each([
    '',
    ' ',
    'not xml',
    '<a>',
    '<a/><b/>',
    '<a></a><b/>',
    '<a/>b',
    '<a/><![CDATA[]]>',
    '</a>',
    '<a b="1" b="2"/>',
    '<a b="<"/>',
    '<!-- ',
    '<?xml',
    '\uFFFD<a/>',
  ])('finds no XML in %j', xml => expect(problem(xml)).toMatchObject({ kind: 'not_xml', message: expect.any(String) }))

  it('refuses more than a mebibyte, counted in bytes', () => {
    const filled = (characters: number) => `${invoice}<!--${'é'.repeat(characters)}-->`
    expect(read(filled(500_000))).toEqual(read(invoice))
    expect(problem(filled(600_000))).toEqual({ kind: 'too_large', atMostBytes: 1_048_576 })
  })

  it('refuses to nest deeper than 64, or to read more than 100 attributes of one element', () => {
    const nested = (levels: number) => '<a>'.repeat(levels) + '</a>'.repeat(levels)
    const crowded = (attributes: number) => `<a ${Array.from({ length: attributes }, (_, i) => `a${i}=""`).join(' ')}/>`
    for (const fits of [nested(64), crowded(100)]) expect(problem(fits)).toMatchObject({ kind: 'not_ubl' })
    for (const levels of [65, 149_000]) {
      expect(problem(nested(levels))).toEqual({ kind: 'too_complex', what: 'nesting', atMost: 64 })
    }
    for (const attributes of [101, 90_000]) {
      expect(problem(crowded(attributes))).toEqual({ kind: 'too_complex', what: 'attributes', atMost: 100 })
    }
  })

  const size = ({ totals }: { totals: string[] }) => totals.map(amount => amount.replace('-', ''))
  /** Noise in a number, name or date makes another valid document; noise in the type code another sign. Money must stand. */
  const survives = (noisy: string) => {
    if (readUbl(noisy).ok) expect(size(read(noisy))).toEqual(size(read(invoice)))
  }

  it('refuses every truncation', () => {
    const cut = fc.nat({ max: invoice.trimEnd().length - 1 })
    fc.assert(fc.property(cut, length => void expect(readUbl(invoice.slice(0, length)).ok).toBe(false)))
  })

  it('never throws on noise, nor reads other totals from it', () => {
    const bytes = new TextEncoder().encode(invoice)
    const noise = fc.array(fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 })), {
      minLength: 1,
      maxLength: 3,
    })
    fc.assert(
      fc.property(noise, hits => {
        const noisy = bytes.slice()
        for (const [at, byte] of hits) noisy[at] = byte
        survives(new TextDecoder().decode(noisy))
      }),
      { numRuns: 300 },
    )
  })

  it('never throws on text pieced together from markup', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '/',
      '!',
      '?',
      '--',
      '<![CDATA[',
      ']]>',
      '"',
      "'",
      '&',
      ';',
      '=',
      'a',
      ':',
      ' ',
      invoice,
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), pieces => survives(pieces.join(''))),
      { numRuns: 500 },
    )
  })
})
