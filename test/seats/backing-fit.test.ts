import { describe, expect, it } from 'vitest'
import { fitText } from '../../src/seats/backing-fit.ts'

describe('a text in a picture', () => {
  it.each(['', 'Webshop NL', 'koppeling.nl@shop.example'])('stays whole where there is room: %j', text =>
    expect(fitText(text, 20)).toBe(text),
  )

  it.each([
    ['Webshop Nederland en België', 8, 'Webshop Ned…'],
    ['mmmmmmmm', 4, 'mmm…'],
    ['iiiiiiiiiiii', 4, 'iiiiiiii…'],
    ['日本語の店', 4, '日本…'],
    ['Webshop    in two parts', 6, 'Webshop…'],
    ['too little room', 0.1, '…'],
  ])('is cut with an ellipsis where there is not: %j', (text, width, expected) =>
    expect(fitText(text, width)).toBe(expected),
  )

  it('is cut between characters as people count them', () => {
    const family = '👩‍👩‍👧‍👦'
    expect(fitText(family.repeat(9), 4)).toBe(`${family.repeat(2)}…`)
    expect(fitText('e\u0301'.repeat(30), 3)).toMatch(/^(e\u0301)+…$/)
    expect(fitText('😀'.repeat(50), 7).isWellFormed()).toBe(true)
  })
})
