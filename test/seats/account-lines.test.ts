import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLines } from '../../src/seats/account-lines.ts'

const faultsOf = (text: string) => readLines(text).bad.map(({ line, fault }) => [line, fault.kind])

describe('a list of accounts', () => {
  it('has one on each line, with a semicolon, comma or tab between; empty lines and spaces mean nothing', () => {
    const text = ' kassa1 ; kassa1@shop.nl \r\n\r\nkassa2,kassa2@shop.nl\n\tkassa3\tkassa3@shop.nl\t\t\n'.replace(
      '\tk',
      'k',
    )
    expect(readLines(text)).toEqual({
      lines: [
        { line: 1, username: 'kassa1', email: 'kassa1@shop.nl' },
        { line: 3, username: 'kassa2', email: 'kassa2@shop.nl' },
        { line: 4, username: 'kassa3', email: 'kassa3@shop.nl' },
      ],
      bad: [],
    })
    expect(readLines('Kassa, Utrecht; kassa@shop.nl').lines).toMatchObject([{ username: 'Kassa, Utrecht' }])
  })

  it.each([
    ['kassa1', 'no_email'],
    ['kassa1;', 'no_email'],
    ['; kassa1@shop.nl', 'no_username'],
    [';', 'no_username'],
    ['kassa1; kassa1@shop.nl; Sales', 'too_many_parts'],
    ['kassa1; kassa1', 'not_an_email'],
    ['kassa1; kassa1@', 'not_an_email'],
    [`${'x'.repeat(201)}; kassa1@shop.nl`, 'not_a_username'],
    ['kas\u0000sa; kassa1@shop.nl', 'not_a_username'],
    ['Gebruikersnaam; E-mailadres', 'not_an_email'],
  ])('%j is refused with its number: %s', (text, kind) => {
    expect(faultsOf(`kassa0; kassa0@shop.nl\n\n${text}`)).toEqual([[3, kind]])
  })

  it('holds nobody twice, whatever the capitals, and says where the first is', () => {
    const { bad, lines } = readLines('Kassa1; a@shop.nl\nkassa2; b@shop.nl\nKASSA1; c@shop.nl')
    expect(bad).toEqual([{ line: 3, fault: { kind: 'twice', username: 'KASSA1', first: 1 } }])
    expect(lines).toHaveLength(2)
  })

  it('whatever is typed: every line that is not empty is either taken or named, once', () => {
    const part = fc.constantFrom('kassa1', 'kassa2', 'a@b.nl', '', ' ', ';', ',', '\t', '\u0000', 'é', '<b>')
    const typed = fc
      .array(
        fc.array(part, { maxLength: 5 }).map(parts => parts.join('')),
        { maxLength: 8 },
      )
      .map(lines => lines.join('\n'))
    fc.assert(
      fc.property(fc.oneof(typed, fc.string({ unit: 'binary' })), text => {
        const { lines, bad } = readLines(text)
        const numbers = [...lines, ...bad].map(({ line }) => line).toSorted((a, b) => a - b)
        const wanted = text.split(/\r\n|\r|\n/).flatMap((line, at) => (line.trim() === '' ? [] : [at + 1]))
        expect(numbers).toEqual(wanted)
      }),
    )
  })
})
