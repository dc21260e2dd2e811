import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { anna, bram, Caller, clara, ids, message, rows, type Tokens } from './exact-sandbox-caller.ts'

const journals = '1001/financial/Journals'

let caller: Caller
let tokens: Tokens
beforeEach(async () => {
  caller = await Caller.start()
  tokens = await caller.signIn(anna)
})
afterEach(() => caller.sandbox.close())

describe('identity', () => {
  it('tells who signed in, and of what kind', async () => {
    expect(rows(await caller.get('current/Me', tokens))).toMatchObject([{ UserName: anna, IsClientUser: false }])
    const client = await caller.signIn(clara)
    expect(rows(await caller.get('current/Me', client))).toMatchObject([
      { IsClientUser: true, IsMyFirmPortalUser: true },
    ])
  })

  it('gives user ids in braces and upper case when told to', async () => {
    caller.control.settings({ braced_user_ids: true })
    const [me] = rows(await caller.get('current/Me', tokens))
    expect(me?.UserID).toBe('{E0A1C0DE-0007-4000-8000-000000000001}')
  })

  it('lists the companies a user reaches and granted, and all granted ones of the licence', async () => {
    const narrow = await caller.signIn(bram, 'all')
    expect(rows(await caller.get('1001/system/Divisions', narrow)).map(row => row.Code)).toEqual([1001])
    expect(rows(await caller.get('1001/system/AllDivisions', narrow)).map(row => row.Code)).toEqual([1001, 1002, 2044])
  })

  it('refuses a company in the address of system/Users with 501', async () => {
    expect((await caller.get('1001/system/Users', tokens)).status).toBe(501)
    expect(rows(await caller.get('system/Users', tokens))).toHaveLength(5)
  })

  it('answers in Atom to whoever does not ask for JSON', async () => {
    const answer = await caller.get('current/Me', tokens, { accept: '*/*' })
    expect(answer.headers.get('content-type')).toContain('atom+xml')
  })
})

describe('UserHasRights', () => {
  const question = (action: string) => `1001/users/UserHasRights?endpoint='salesentry/SalesEntries'&action='${action}'`

  it('reflects the right of the user alone, in the object shape', async () => {
    const narrow = await caller.signIn(bram)
    caller.control.modules({ modules: [] })
    expect((await caller.get(question('POST'), narrow)).body).toEqual({ d: { UserHasRights: false } })
    expect((await caller.get(question('GET'), narrow)).body).toEqual({ d: { UserHasRights: true } })
  })

  it('answers bare, in HTML or with an error when told to', async () => {
    caller.control.settings({ user_has_rights_shape: 'bare' })
    expect((await caller.get(question('POST'), tokens)).body).toEqual({ d: true })
    caller.control.settings({ user_has_rights_shape: 'html' })
    expect((await caller.get(question('POST'), tokens)).text).toMatch(/^<!doctype html>/)
    caller.control.settings({ user_has_rights_shape: 'error' })
    expect((await caller.get(question('POST'), tokens)).status).toBe(500)
  })

  it('wants both arguments in single quotes', async () => {
    const answer = await caller.get('1001/users/UserHasRights?endpoint=salesentry/SalesEntries&action=POST', tokens)
    expect(answer.status).toBe(400)
  })
})

describe('layers', () => {
  const refusal = async (path = journals) => {
    const answer = await caller.get(path, tokens)
    return [answer.status, message(answer), answer.headers.get('reason')]
  }

  it('lets a full user through all of them', async () => {
    expect((await caller.get(journals, tokens)).status).toBe(200)
  })

  it('a blocked user is told in the Reason header only', async () => {
    caller.control.block({ username: anna, reason: 'BlockedUser' })
    expect(await refusal()).toEqual([403, 'Forbidden', 'BlockedUser'])
    expect((await caller.refreshLater(tokens.refresh_token)).status).toBe(200)
  })

  it('an expired licence is told in the text', async () => {
    caller.control.block({ username: anna, reason: 'LicenseExpired' })
    expect(await refusal()).toEqual([403, "Forbidden - Customer's license expired.", 'LicenseExpired'])
  })

  it('the app scope names the verb and the scope', async () => {
    caller.control.clients({ client_id: 'zetel', scopes: ['financial.accounting:read'] })
    expect((await refusal())[1]).toBe(
      "Forbidden - Application Scope Violated. Cannot read 'financial.generalledgers' scope.",
    )
    expect((await caller.get('1001/vat/VATCodes', tokens)).status).toBe(200)
    expect(message(await caller.book(tokens))).toBe(
      "Forbidden - Application Scope Violated. Cannot write 'financial.accounting' scope.",
    )
  })

  it('the division scope of the grant binds published apps only', async () => {
    caller.control.grantScope({ username: anna, client_id: 'zetel', divisions: [1002] })
    expect((await refusal())[1]).toBe('Forbidden - User division is not within division scope.')
    caller.control.clients({ client_id: 'zetel', registration: 'self_registered' })
    expect((await caller.get(journals, tokens)).status).toBe(200)
  })

  it('a missing module, a missing company and a missing right all say the same', async () => {
    caller.control.modules({ modules: ['sales'] })
    expect(await refusal()).toEqual([403, 'Forbidden', null])
    caller.control.modules({ modules: ['financial'] })
    caller.control.divisionsAccess({ username: anna, division: 1001, allowed: false })
    expect(await refusal()).toEqual([403, 'Forbidden', null])
    caller.control.divisionsAccess({ username: anna, division: 1001, allowed: true })
    caller.control.rights({ username: anna, endpoint: 'financial/Journals', action: 'GET', allowed: false })
    expect(await refusal()).toEqual([403, 'Forbidden', null])
  })

  it('gives a reason for a missing company when told to', async () => {
    caller.control.settings({ no_access_reason: true })
    caller.control.divisionsAccess({ username: anna, division: 1001, allowed: false })
    expect(await refusal()).toEqual([403, 'Forbidden', 'NoDivisionAccess'])
  })

  it('answers a GET without the right with an empty list when told to', async () => {
    caller.control.settings({ missing_read_right: 'empty' })
    caller.control.rights({ username: anna, endpoint: 'financial/Journals', allowed: false })
    const answer = await caller.get(journals, tokens)
    expect([answer.status, rows(answer)]).toEqual([200, []])
  })

  it('b.shop may do all but create sales entries', async () => {
    const narrow = await caller.signIn(bram)
    expect(message(await caller.book(narrow))).toBe('Forbidden')
    expect((await caller.get('1001/salesentry/SalesEntries', narrow)).status).toBe(200)
  })
})

describe('limits', () => {
  it('counts per app and company, and says when the minute and the day end', async () => {
    const { headers } = await caller.get(journals, tokens)
    expect(headers.get('x-ratelimit-remaining')).toBe('4999')
    expect(headers.get('x-ratelimit-minutely-remaining')).toBe('59')
    expect(Number(headers.get('x-ratelimit-minutely-reset')) % 60_000).toBe(0)
    expect(Number(headers.get('x-ratelimit-reset')) % 86_400_000).toBe(0)
    const { headers: other } = await caller.get('1002/financial/Journals', tokens)
    expect(other.get('x-ratelimit-minutely-remaining')).toBe('59')
  })

  it('refuses over the minute limit with the minute headers only, until the next whole minute', async () => {
    caller.control.settings({ minute_limit: 1 })
    await caller.get(journals, tokens)
    const refused = await caller.get(journals, tokens)
    expect([refused.status, message(refused)]).toEqual([429, ''])
    expect(refused.headers.get('x-ratelimit-minutely-remaining')).toBe('0')
    expect(refused.headers.has('x-ratelimit-remaining')).toBe(false)
    caller.control.clock({ advance_ms: 60_000 })
    expect((await caller.get(journals, tokens)).status).toBe(200)
  })

  it('refuses over the day limit with the day headers only', async () => {
    caller.control.settings({ day_limit: 1 })
    await caller.get(journals, tokens)
    const refused = await caller.get(journals, tokens)
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0')
    expect(refused.headers.has('x-ratelimit-minutely-remaining')).toBe(false)
  })

  it('blocks user, company and endpoint for an hour after more errors than the limit', async () => {
    caller.control.settings({ error_limit: 2, token_seconds: 100_000 })
    tokens = await caller.signIn(anna)
    const missing = `1001/crm/Accounts(guid'${ids.item}')`
    for (const status of [404, 404, 404, 429]) expect((await caller.get(missing, tokens)).status).toBe(status)
    expect((await caller.get(journals, tokens)).status).toBe(200)
    caller.control.clock({ advance_ms: 3_600_000 })
    expect((await caller.get(missing, tokens)).status).toBe(404)
  })
})
