import { describe, expect, it } from 'vitest'
import { purposeOf } from '../../src/rights/purpose.ts'
import { capital, quotable } from '../../src/words/quotable.ts'
import { sayHealth, sayReason } from '../../src/words/state-words.ts'
import { LOCALES, wordsIn } from '../../src/words/words.ts'
import { everything, NEEDS } from './everything.ts'

describe.each(LOCALES)('the words in %s', locale => {
  const words = wordsIn(locale)
  const texts = everything(words)

  it('leave no sentence empty, cut off or with a hole in it', () => {
    expect(texts.length).toBeGreaterThan(500)
    for (const text of texts) {
      expect(text.trim()).toBe(text)
      expect(text).not.toBe('')
      expect(text).not.toMatch(/undefined|null|NaN|\[object|\$\{|\{\{|\{\w*\}(?!\w)|%[sd]|TODO|=>| {2}/)
      expect(text).not.toMatch(/\.\.|\.:|,\./)
    }
  })

  it('EOL-04 never show a bare "Forbidden"', () => {
    for (const text of texts) expect(text).not.toMatch(/forbidden/i)
  })

  it('EOL-08 DIV-08 keep the screen names of Exact Online as they are', () => {
    const all = texts.join('\n')
    for (const screen of [
      'Gebruikersnaam › Mijn Exact Online › Rechten › Administratie: Toegangsrechten',
      'Administratienaam › Stamgegevens › Gebruikers › Overzicht › kassa1 › Rechten',
      'Administratiemenu › Import/Export › Overige: Appmachtigingen › ',
      'Administraties beheren',
      'Alle administraties',
    ])
      expect(all).toContain(screen)
  })

  it('EOL-01 EOL-03 have a plain name for every right that a booking needs', () => {
    for (const { resource, purpose } of NEEDS) {
      expect(purposeOf(resource)).toBe(purpose)
      expect(words.rights.name({ resource, action: 'POST' })).not.toContain('/')
    }
  })

  it('keep the name of a right that no booking needs', () => {
    expect(words.rights.name({ resource: 'crm/Contacts', action: 'GET' })).toContain('crm/Contacts')
  })

  it('tell one from several', () => {
    const [one, several] = [1, 2].map(count => sayHealth(words.states, { kind: 'held', count }).text)
    expect(one).toMatch(locale === 'nl' ? /1 boeking wacht / : /1 booking waits /)
    expect(several).toMatch(locale === 'nl' ? /2 boekingen wachten / : /2 bookings wait /)
  })

  it("repeat the provider's own words on a refused booking", () => {
    expect(sayReason(words.states, { kind: 'refused', words: 'Invalid journal.' }).text).toContain('“Invalid journal.”')
  })
})

describe('both languages', () => {
  it('say the same things, each in its own way', () => {
    const [nl, en] = LOCALES.map(locale => everything(wordsIn(locale)))
    expect(nl?.length).toBe(en?.length)
    const same = nl?.filter((text, i) => text === en?.[i] && text.split(' ').length > 4 && !text.includes('›'))
    expect(same).toEqual([])
  })

  it('EOL-03 name a right as people do', () => {
    const right = { resource: 'salesentry/SalesEntries', action: 'POST' as const }
    expect(wordsIn('nl').rights.name(right)).toBe('Verkoopboekingen aanmaken')
    expect(wordsIn('en').rights.name(right)).toBe('create sales entries')
  })

  it('address the reader as "je" in Dutch', () => {
    for (const text of everything(wordsIn('nl'))) expect(text).not.toMatch(/\b(u|uw|gelieve|dient)\b/)
  })

  it('say numbers and moments as the language does', () => {
    expect(wordsIn('nl').measures.number(2486)).toBe('2.486')
    expect(wordsIn('en').measures.number(2486)).toBe('2,486')
    expect(wordsIn('nl').measures.ago(4 * 60_000)).toBe('4 min geleden')
    expect(wordsIn('en').measures.ago(60 * 60_000)).toBe('1 hour ago')
  })

  it('EOL-10 say how many users are short', () => {
    expect(wordsIn('nl').states.plan.short(1)).toBe('1 gebruiker tekort.')
    expect(wordsIn('en').states.plan.short(1)).toBe('1 user short.')
  })
})

describe("a provider's words", () => {
  it.each(['Forbidden', ' forbidden. ', 'HTTP 403', '403 Forbidden', ''])(
    'EOL-04 are not repeated when they say nothing: %j',
    said => {
      expect(quotable(said)).toBeNull()
    },
  )

  it('are repeated when they say something, on one line and not too long', () => {
    expect(quotable('Forbidden - User division is not within division scope.')).toMatch(/^Forbidden - User division/)
    expect(quotable('a\r\n\tb\u0000c')).toBe('a b c')
    expect(quotable('x'.repeat(1000))).toHaveLength(300)
  })

  it('begin a sentence with a capital', () => expect(capital("gebruiker 'kassa1'")).toBe("Gebruiker 'kassa1'"))
})
