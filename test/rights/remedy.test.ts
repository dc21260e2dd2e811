import { describe, expect, it } from 'vitest'
import { explain, explainWarning, manualProbe, type RemedyAbout, stepsForNewUser } from '../../src/rights/remedy.ts'
import { CAUSES, type Cause } from '../../src/rights/right.ts'
import { LOCALES, wordsIn } from '../../src/words/words.ts'
import { missing, NOW } from '../words/samples.ts'

const ABOUT: RemedyAbout = { registration: 'published', username: 'kassa1', accountancy: false }
const ACCESS = 'Gebruikersnaam › Mijn Exact Online › Rechten › Administratie: Toegangsrechten'
const RIGHTS = 'Administratienaam › Stamgegevens › Gebruikers › Overzicht › kassa1 › Rechten'

/** Where a person may find the cause in Exact Online itself. */
const PROBED: Cause[] = [
  'client_user',
  'licence_module',
  'administration_out_of_reach',
  'administration_unproven',
  'right_missing',
  'right_derived',
  'right_unproven',
]

describe.each(LOCALES)('a remedy in %s', locale => {
  const words = wordsIn(locale)
  const explained = (cause: Cause, about: Partial<RemedyAbout> = {}, said?: string) =>
    explain(missing(cause, said), { ...ABOUT, ...about }, words)

  it('EOL-02 tells access to the administration from rights inside it', () => {
    const [access, right] = [explained('administration_out_of_reach'), explained('right_missing')]
    expect([access.layer, right.layer]).toEqual(['administration', 'right'])
    expect(access.reason).not.toBe(right.reason)
    expect([access.remedy.path, right.remedy.path]).toEqual([ACCESS, RIGHTS])
  })

  it.each(CAUSES)('EOL-03 names the administration, and the right or what stands before it: %s', cause => {
    const { reason, code, resource, action } = explained(cause)
    expect(reason).toContain('1001')
    expect(reason).toContain(words.rights.name({ resource, action }))
    expect(code).toBe(cause)
  })

  it('EOL-04 labels a derived right as derived, and repeats no bare "Forbidden"', () => {
    const { derived, reason, words: said } = explained('right_derived', {}, 'Forbidden')
    expect(derived).toBe(true)
    expect(reason).toContain(words.rights.derived)
    expect(said).toBeNull()
    expect(explained('right_missing').derived).toBe(false)
  })

  it('EOL-04 keeps what Exact Online did say', () => {
    const said = 'Forbidden - User division is not within division scope.'
    expect(explained('division_out_of_scope', {}, said).words).toBe(said)
  })

  it.each(PROBED)('EOL-05 offers the manual probe as that user, with the text of the pop-up: %s', cause => {
    const probe = manualProbe(missing(cause), ABOUT, words)
    expect(explained(cause).remedy.steps).toEqual(expect.arrayContaining(probe))
    expect(probe.join(' ')).toMatch(/Exact Online/)
    expect(probe.join(' ')).toMatch(/kassa1/)
    expect(probe.join(' ')).toMatch(/pop-up/)
  })

  it('EOL-06 warns of a client user', () => {
    const { reason } = explainWarning({ kind: 'client_user', at: NOW }, ABOUT, words)
    expect(reason).toContain('clientgebruiker (MijnKantoor)')
    expect(reason).toMatch(
      locale === 'nl' ? /raden we af.*zeer beperkt.*niet volledig/ : /advised against.*very limited.*not fully/,
    )
  })

  it('EOL-07 gives a client user exactly two remedies', () => {
    const { steps } = explained('client_user').remedy
    const ways = steps.filter(step => /^(Oplossing|Remedy) \d/.test(step))
    expect(ways).toHaveLength(2)
    expect(ways[0]).toMatch(/kantoorgebruiker.*(alleen|only) administrati(e|on) 1001/)
    expect(ways[1]).toMatch(/kantoorgebruiker/)
    const warned = explainWarning({ kind: 'client_user', at: NOW }, ABOUT, words)
    expect(warned.remedy.steps).toHaveLength(2)
  })

  it('EOL-07 adds an instruction to the second when it is, or may be, an accountancy licence', () => {
    const second = (accountancy: boolean | null) => explained('client_user', { accountancy }).remedy.steps[1] ?? ''
    expect(second(false)).not.toMatch(/accountancy/)
    expect(second(true)).toMatch(/accountancy/)
    expect(second(true)).toContain(ACCESS)
    expect(second(null)).toMatch(/accountancy/)
    expect(second(null)).not.toBe(second(true))
  })

  it.each(['right_missing', 'right_derived', 'right_unproven', 'administration_out_of_reach'] as const)(
    'EOL-08 shows both paths: %s',
    cause => {
      const { paths, path, steps } = explained(cause).remedy
      expect(paths.toSorted()).toEqual([ACCESS, RIGHTS].toSorted())
      expect(path).toBe(paths[0])
      for (const screen of paths) expect(steps.join('\n')).toContain(screen)
    },
  )

  it('EOL-08 shows the paths for a user whose name is not known', () => {
    const { path } = explained('right_missing', { username: null }).remedy
    expect(path).toMatch(
      /^Administratienaam › Stamgegevens › Gebruikers › Overzicht › (de gebruiker|the user) › Rechten$/,
    )
  })

  it('EOL-11 lists how to make a user for one administration and nothing else', () => {
    const steps = stepsForNewUser('1001', words)
    expect(steps.length).toBeGreaterThanOrEqual(4)
    expect(steps.join('\n')).toContain('Administratienaam › Stamgegevens › Gebruikers › Overzicht')
    expect(steps.join('\n')).toContain(ACCESS)
    expect(steps.join('\n')).toMatch(/(alleen|only) administrati(e|on) 1001/)
  })

  it('DIV-08 leads to the administrations of the app', () => {
    const { path, text } = explained('division_out_of_scope').remedy
    expect(path).toMatch(
      /^Administratiemenu › Import\/Export › Overige: Appmachtigingen › (de app|the app) › Administraties beheren$/,
    )
    expect(text).toMatch(locale === 'nl' ? /linksboven in de blauwe balk/ : /top left in the blue bar/)
  })

  it('DIV-09 warns of what is below the fold and of "Alle administraties"', () => {
    const steps = explained('division_out_of_scope').remedy.steps.join('\n')
    expect(steps).toMatch(locale === 'nl' ? /scrol helemaal naar beneden/ : /scroll down to the very end/)
    expect(steps).toMatch(/'Alle administraties'.*(linker lijst|left list)/)
  })

  it('DIV-10 says that new administrations may no longer come by themselves', () => {
    const picked = explainWarning({ kind: 'administrations_picked_by_hand', at: NOW }, ABOUT, words)
    expect(picked.reason).toMatch(locale === 'nl' ? /niet meer vanzelf/ : /no longer be added by themselves/)
    const lacking = explainWarning(
      { kind: 'administration_not_granted', administration: '1002', at: NOW },
      ABOUT,
      words,
    )
    expect(lacking.reason).toContain('1002')
    expect(lacking.remedy.path).toContain('Administraties beheren')
  })

  it('DIV-11 warns for linked entrepreneurs when it is, or may be, an accountancy subscription', () => {
    const steps = (accountancy: boolean | null) =>
      explained('division_out_of_scope', { accountancy }).remedy.steps.join('\n')
    expect(steps(true)).toMatch(/gekoppelde ondernemers\. |linked entrepreneurs\. /)
    expect(steps(null)).toMatch(/gekoppelde ondernemers\? |linked entrepreneurs\? /)
    expect(steps(false)).not.toMatch(/gekoppelde ondernemers|linked entrepreneurs/)
  })

  it('DIV-12 never advises a self-registered app without its effect', () => {
    const advice = explained('division_out_of_scope').remedy.steps.filter(step =>
      /zelf geregistreerde|self-registered/.test(step),
    )
    expect(advice).toHaveLength(1)
    expect(advice[0]).toMatch(
      locale === 'nl'
        ? /elke administratie in het abonnement.*ondernemer/
        : /every administration in the subscription.*entrepreneur/,
    )
    const already = explained('division_out_of_scope', { registration: 'self_registered' }).remedy.steps.join('\n')
    expect(already).not.toMatch(/zelf geregistreerde|self-registered/)
  })

  it('EOL-01 says that an unknown booking kind is not booked', () => {
    const closed = { ...missing('right_unproven'), resource: '*' }
    const { reason, remedy } = explain(closed, ABOUT, words)
    expect(reason).not.toContain('*')
    expect(remedy.steps).toHaveLength(1)
  })
})
