import { describe, expect, it } from 'vitest'
import { MINUTE } from '../../src/clock.ts'
import { isId } from '../../src/id.ts'
import { consentProgress, isGoingOn, type LinkSeen, wantedNow } from '../../src/onboarding/consent-progress.ts'
import { mailto } from '../../src/onboarding/mail.ts'
import {
  type Draft,
  isOpen,
  NOTHING_YET,
  nextStep,
  type Progressing,
  STEPS,
  type Step,
  stepAfter,
  stepBefore,
} from '../../src/onboarding/onboarding.ts'
import { checkLines, worstOf } from '../../src/onboarding/rights-check.ts'
import { packLink, unpackLink } from '../../src/onboarding/shown-link.ts'
import { decideUser, sortUsers, type UserSeen } from '../../src/onboarding/user-choice.ts'
import { exactOnline } from '../../src/providers/exact-online/exact-online.ts'
import { requirementsOf } from '../../src/rights/requirements.ts'
import { wordsIn } from '../../src/words/words.ts'
import { judged, lacking } from './journey.ts'

const an = <P extends 'int' | 'adm' | 'app' | 'sva'>(prefix: P, last = 'n') => {
  const id: string = `${prefix}_01k1zq3g8s6e0r5y7w2v4t9xb${last}`
  if (!isId(prefix, id)) throw new Error(id)
  return id
}

const ANSWERED: Draft = {
  source: { kind: 'webshop', provider: 'woocommerce', ref: 'b.example', label: 'Webshop B' },
  target: { providerAppId: an('app'), administrationId: an('adm') },
  bookings: { kinds: ['sales-entry'], strict: false },
  rightsRead: true,
  checked: true,
  tried: false,
}
const MADE: Progressing = { draft: ANSWERED, integrationId: an('int'), finishedAt: null }

describe('the next question', () => {
  it.each<[Step, Partial<Progressing>, Parameters<typeof nextStep>[1]]>([
    ['source', { draft: NOTHING_YET, integrationId: null }, null],
    ['source', { draft: { ...ANSWERED, source: null }, integrationId: null }, null],
    ['target', { draft: { ...ANSWERED, target: null }, integrationId: null }, null],
    ['bookings', { draft: { ...ANSWERED, bookings: null }, integrationId: null }, null],
    ['rights', { draft: { ...ANSWERED, rightsRead: false }, integrationId: null }, null],
    ['user', { integrationId: null }, null],
    ['link', {}, null],
    ['link', {}, 'pending'],
    ['link', {}, 'reconnect_required'],
    ['link', {}, 'ended'],
    ['check', { draft: { ...ANSWERED, checked: false } }, 'active'],
    ['check', { draft: { ...ANSWERED, checked: false } }, 'degraded'],
    ['test', {}, 'active'],
    ['test', { draft: { ...ANSWERED, tried: true } }, 'active'],
    ['done', { finishedAt: 1 }, 'active'],
    ['done', { finishedAt: 1 }, 'reconnect_required'],
  ])('is %s after %o, connection %s', (step, over, connection) => {
    expect(nextStep({ ...MADE, ...over }, connection)).toBe(step)
  })

  it('opens itself and all before it, and no later one', () => {
    const open = (next: Step) => STEPS.filter(step => isOpen(step, next))
    expect(open('source')).toEqual(['source'])
    expect(open('rights')).toEqual(['source', 'target', 'bookings', 'rights'])
    expect(open('test')).toEqual(STEPS.slice(0, -1))
    expect(open('done')).toEqual(['done'])
  })

  it('has one before it and one after it', () => {
    expect(stepBefore('source')).toBeNull()
    expect(stepBefore('check')).toBe('link')
    expect(stepAfter('source')).toBe('target')
    expect(stepAfter('done')).toBe('done')
  })
})

describe('how a sign-in goes', () => {
  const NOW = 1_800_000_000_000
  const link: LinkSeen = {
    expiresAt: NOW + MINUTE,
    usedAt: null,
    stateHash: null,
    stateExpiresAt: null,
    stateUsedAt: null,
    workingSince: null,
    expected: null,
  }
  const begun = { ...link, stateHash: 'x', stateExpiresAt: NOW + MINUTE }
  const back = { ...begun, stateUsedAt: NOW - 1 }
  const named = { ...back, expected: { username: 'B.Shop', email: 'b@shop.example' } }
  const on = { id: an('int'), label: 'Kassa 1' }
  const kind = (
    ...[seen, state, refusal]: [LinkSeen | null, 'pending' | 'active', Parameters<typeof consentProgress>[2]]
  ) => consentProgress(seen, { state, username: 'kassa1' }, refusal, NOW)

  it.each([
    ['no link', null, 'pending', null, { kind: 'no_link' }],
    ['a link nobody opened', link, 'pending', null, { kind: 'waiting', until: link.expiresAt }],
    ['a sign-in begun', begun, 'pending', null, { kind: 'signing_in' }],
    ['a sign-in left', { ...begun, stateExpiresAt: NOW }, 'pending', null, { kind: 'waiting', until: link.expiresAt }],
    ['a consent at work', { ...back, workingSince: NOW - 1 }, 'pending', null, { kind: 'working' }],
    ['work that never ended', { ...back, workingSince: NOW - MINUTE }, 'pending', null, { kind: 'nothing_came' }],
    ['a consent declined', back, 'pending', null, { kind: 'nothing_came' }],
    ['a used link', { ...back, usedAt: NOW }, 'pending', null, { kind: 'used' }],
    ['a link past its time', { ...link, expiresAt: NOW }, 'pending', null, { kind: 'expired', at: NOW }],
    [
      'a user that sits here too',
      named,
      'pending',
      { username: 'a.shop', sitsOn: on },
      { kind: 'seated', username: 'a.shop', on },
    ],
    [
      'another user than asked for',
      named,
      'pending',
      { username: 'x', sitsOn: null },
      { kind: 'wrong_user', username: 'x', expected: 'B.Shop' },
    ],
    [
      'the right user, used elsewhere',
      named,
      'pending',
      { username: 'b.shop', sitsOn: null },
      { kind: 'in_use', username: 'b.shop' },
    ],
    ['any user, used elsewhere', back, 'pending', { username: 'x', sitsOn: null }, { kind: 'in_use', username: 'x' }],
    ['a new try after a refusal', begun, 'pending', { username: 'x', sitsOn: on }, { kind: 'signing_in' }],
    ['a taken seat', { ...back, usedAt: NOW }, 'active', null, { kind: 'connected', username: 'kassa1' }],
    ['a seat taken by another link', null, 'active', null, { kind: 'connected', username: 'kassa1' }],
  ] as const)('tells of %s', (_, seen, state, refusal, expected) => {
    expect(kind(seen, state, refusal)).toEqual(expected)
  })

  it('is worth another look until it has come to an end', () => {
    expect(isGoingOn(kind(link, 'pending', null))).toBe(true)
    expect(isGoingOn(kind(named, 'pending', { username: 'x', sitsOn: null }))).toBe(true)
    expect(isGoingOn(kind(link, 'active', null))).toBe(false)
    expect(isGoingOn(kind({ ...link, expiresAt: NOW }, 'pending', null))).toBe(false)
  })
})

describe('what is to be done first about a link', () => {
  const on = { id: an('int'), label: 'Kassa 1' }

  it.each([
    ['check', { kind: 'connected', username: null }, true],
    ['user', { kind: 'seated', username: 'x', on }, true],
    ['user', { kind: 'in_use', username: 'x' }, false],
    ['mail', { kind: 'waiting', until: 0 }, true],
    ['make', { kind: 'waiting', until: 0 }, false],
    ['make', { kind: 'wrong_user', username: 'x', expected: 'y' }, false],
    ['make', { kind: 'expired', at: 0 }, false],
  ] as const)('is %s after %o', (wanted, progress, isShown) => expect(wantedNow(progress, isShown)).toBe(wanted))
})

describe('EOL-11 the choice of a user', () => {
  const wanted = {
    integrationId: null,
    label: 'Webshop B',
    sourceKind: 'webshop' as const,
    provider: 'exact-online' as const,
    providerAppId: an('app'),
    administration: '1001',
    seatedAccountId: null,
  }
  const free: UserSeen = {
    id: an('sva'),
    provider: 'exact-online',
    username: 'b.shop',
    email: 'b@shop.example',
    kind: 'full_user',
    administrations: ['1001'],
    monthlyPriceCents: null,
    seatedAt: [],
    sitsOn: null,
    promisedTo: null,
  }
  const other = { ...free, id: an('sva', 'p'), username: 'kassa1', email: 'kassa@shop.example' }
  const words = wordsIn('en').onboarding
  const decide = (asked: Parameters<typeof decideUser>[0], ...users: UserSeen[]) =>
    decideUser(asked, sortUsers(users, wanted), words)
  const pointers = (result: ReturnType<typeof decide>) =>
    result.ok || result.failure.kind !== 'invalid' ? [] : result.failure.errors.map(({ pointer }) => pointer)

  it.each([
    ['sits on a seat of the tenant', { sitsOn: 'Kassa 1' }, { kind: 'sits_on', label: 'Kassa 1' }],
    ['sits with this app in another tenant', { seatedAt: [an('app')] }, { kind: 'in_use' }],
    ['is promised to another flow', { promisedTo: 'Kassa 2' }, { kind: 'promised', label: 'Kassa 2' }],
    [
      'does not reach the administration',
      { administrations: ['2002'] },
      { kind: 'out_of_reach', administration: '1001' },
    ],
  ])('leaves out a user that %s', (_, over, obstacle) => {
    const user = { ...free, ...over }
    expect(sortUsers([user], wanted)).toEqual({ choosable: [], others: [{ user, obstacle }] })
    expect(pointers(decide({ account: user.id }, user))).toEqual(['/account'])
  })

  it('takes a free user, with a warning for one that is not proven to fit', () => {
    const cautions = [{}, { administrations: null }, { kind: 'client_user' as const }].map(
      over => sortUsers([{ ...free, ...over }], wanted).choosable[0]?.caution,
    )
    expect(cautions).toEqual([null, 'administration_unproven', 'client_user'])
    expect(decide({ account: free.id }, free)).toEqual({ ok: true, value: { kind: 'existing', id: free.id } })
  })

  it('takes a new user only with a name and an address that are nobody else’s', () => {
    const taken = { ...other, sitsOn: 'Kassa 1' }
    const ask = (username?: string, email?: string) => decide({ account: 'new', username, email }, free, taken)
    expect(ask('c.shop', 'c@shop.example')).toEqual({
      ok: true,
      value: { kind: 'new', username: 'c.shop', email: 'c@shop.example' },
    })
    expect(pointers(ask())).toEqual(['/username', '/email'])
    expect(pointers(ask('KASSA1', 'c@shop.example'))).toEqual(['/username'])
    expect(pointers(ask('c.shop', 'Kassa@shop.example'))).toEqual(['/email'])
    expect(pointers(ask('c.shop', 'kassa1'))).toEqual(['/email'])
    expect(pointers(ask('b.shop', 'c@shop.example'))).toEqual(['/username'])
  })

  it('takes a new user that has been made already, for the form was sent twice', () => {
    expect(decide({ account: 'new', username: 'B.shop', email: 'B@shop.example' }, free)).toEqual({
      ok: true,
      value: { kind: 'existing', id: free.id },
    })
  })

  it('names nobody when anyone may sign in, and refuses who is not known', () => {
    expect(decide({ account: 'anyone' }, free)).toEqual({ ok: true, value: { kind: 'anyone' } })
    expect(pointers(decide({ account: an('sva', 'q') }, free))).toEqual(['/account'])
  })
})

describe('the check of rights', () => {
  const needs = requirementsOf(exactOnline, ['sales-entry', 'customer'])
  const found = (lines: ReturnType<typeof checkLines>) =>
    lines.map(({ of, found }) => ['right' in of ? `${of.right.action} ${of.right.resource}` : of.layer, found])

  it('EOL-02 tells access apart from the rights, and shows every right', () => {
    const all = found(checkLines(needs, [judged(), judged()]))
    expect(all[0]).toEqual(['administration', 'fine'])
    expect(all).toHaveLength(1 + needs.length)
    expect(all.every(([, state]) => state === 'fine')).toBe(true)
    const out = lacking({ layer: 'administration', cause: 'division_out_of_scope' })
    const without = found(checkLines(needs, [judged({ verdict: 'denied', missing: [out] })]))
    expect(without.filter(([, state]) => state !== 'fine')).toEqual([['administration', 'missing']])
  })

  it('marks what is missing, what is not certain, and leaves the rest', () => {
    const doubt = lacking({ resource: 'financial/Journals', action: 'GET', cause: 'right_unproven' })
    const lines = checkLines(needs, [judged({ verdict: 'denied', missing: [lacking()], doubts: [doubt] }), judged()])
    expect(found(lines).filter(([, state]) => state !== 'fine')).toEqual([
      ['POST salesentry/SalesEntries', 'missing'],
      ['GET financial/Journals', 'unknown'],
    ])
    expect(lines.find(({ found: state }) => state === 'missing')?.findings).toEqual([lacking()])
  })

  it('says once what several booking kinds meet alike', () => {
    const out = (resource: string) => lacking({ layer: 'administration', cause: 'division_out_of_scope', resource })
    const lines = checkLines(
      needs,
      ['a', 'b'].map(name => judged({ verdict: 'denied', missing: [out(name)] })),
    )
    expect(lines[0]?.findings).toHaveLength(1)
  })

  it('calls no right there when nobody is connected to ask about it', () => {
    const cut = lacking({ layer: 'connection', cause: 'reconnect_required' })
    const lines = checkLines(needs, [judged({ verdict: 'denied', missing: [cut] })])
    expect(found(lines)[0]).toEqual(['connection', 'missing'])
    expect(lines.filter(({ of }) => 'right' in of).every(({ found: state }) => state === 'unknown')).toBe(true)
  })

  it('takes the worst of several verdicts', () => {
    expect(worstOf([judged(), judged({ verdict: 'unknown' })])).toBe('unknown')
    expect(worstOf([judged({ verdict: 'unknown' }), judged({ verdict: 'denied' })])).toBe('denied')
    expect(worstOf([])).toBe('allowed')
  })
})

describe('a message about the link', () => {
  it('keeps every character of its parts (RFC 6068)', () => {
    const message = { subject: 'A & B? 100% #1', body: 'één\n“twee” +3\nhttps://zetel.test/?a=b&c=d' }
    const url = new URL(mailto({ to: 'b+shop&co@shop.example', ...message }))
    expect(url.protocol).toBe('mailto:')
    expect(url.pathname).toBe('b%2Bshop%26co@shop.example')
    const parts = url.search.slice(1).split('&')
    expect(parts.map(part => decodeURIComponent(part.slice(part.indexOf('=') + 1)))).toEqual([
      message.subject,
      message.body.replaceAll('\n', '\r\n'),
    ])
    expect(url.href).not.toMatch(/\+|\s/)
  })

  it('is to nobody in particular when nobody is named', () => {
    expect(mailto({ to: null, subject: 'x', body: 'y' })).toBe('mailto:?subject=x&body=y')
  })
})

describe('a link on its way to its page', () => {
  const link = {
    id: 'lnk_01k1zq3g8s6e0r5y7w2v4t9xbn',
    locale: 'en' as const,
    expiresAt: 1_800_000_000_000,
    url: `https://zetel.test/connect/${'a-_9'.repeat(10)}abc`,
  }

  it('arrives as it left', () => {
    expect(unpackLink(packLink(link), 'https://zetel.test/connect')).toEqual(link)
  })

  it.each([null, '', 'x', packLink({ ...link, url: 'https://zetel.test/connect/"><b>' }), `${packLink(link)}/..`])(
    'is nothing when it is no such note: %j',
    note => expect(unpackLink(note, 'https://zetel.test/connect')).toBeNull(),
  )
})
