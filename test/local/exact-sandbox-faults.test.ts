import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startExactSandbox } from '../../local/sandbox/exact-online.ts'
import { anna, ask, Caller, ids, message, redirect_uri, rows, salesEntry, type Tokens } from './exact-sandbox-caller.ts'

const match = { method: 'POST', path: 'salesentry/SalesEntries' }

let caller: Caller
let tokens: Tokens
beforeEach(async () => {
  caller = await Caller.start()
  tokens = await caller.signIn(anna)
})
const children: ChildProcess[] = []
afterEach(async () => {
  await caller.sandbox.close()
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

const control = (path: string, body: unknown, method = 'POST') =>
  ask(`${caller.sandbox.url}/_control/${path}`, { method, body: JSON.stringify(body) })

describe('faults', () => {
  it('drop_before leaves the ledger empty, drop_after does not', async () => {
    caller.control.faults({ kind: 'drop_before', match })
    await expect(caller.book(tokens)).rejects.toThrow()
    expect(caller.control.ledger()).toHaveLength(0)
    caller.control.faults({ kind: 'drop_after', match })
    await expect(caller.book(tokens)).rejects.toThrow()
    expect(caller.control.ledger()).toHaveLength(1)
    expect(caller.control.listFaults().map(fault => fault.fired)).toEqual([1, 1])
  })

  it('drop_after on a refresh loses the new token and keeps the rotation', async () => {
    caller.control.faults({ kind: 'drop_after', match: { body: 'grant_type=refresh_token', user: anna } })
    await expect(caller.refreshLater(tokens.refresh_token)).rejects.toThrow()
    expect((await caller.refresh(tokens.refresh_token)).body.error).toBe('unauthorized_client')
  })

  it('hold keeps a request before its work until it is released', async () => {
    const since = caller.control.log().at(-1)?.seq ?? 0
    await control('faults', { kind: 'hold', match })
    const booking = caller.book(tokens)
    expect((await control('await', { match, since })).body).toEqual({ reached: true, count: 1 })
    expect(caller.control.ledger()).toHaveLength(0)
    expect((await control('release', {})).body).toEqual({ released: 1 })
    expect((await booking).status).toBe(201)
    expect(caller.control.ledger()).toHaveLength(1)
  })

  it('hold can wait after the work', async () => {
    caller.control.faults({ kind: 'hold', match, before: false })
    const booking = caller.book(tokens)
    await caller.control.awaitRequests({ match })
    expect(caller.control.ledger()).toHaveLength(1)
    caller.control.release()
    expect((await booking).status).toBe(201)
  })

  it('delay holds the answer of a write that took place', async () => {
    caller.control.faults({ kind: 'delay', match, delay_ms: 20 })
    expect((await caller.book(tokens)).status).toBe(201)
  })

  it('answers in the shapes of a provider in trouble, without the work', async () => {
    const kinds = ['status_429', 'status_500_gateway', 'status_500_business', 'html_200', 'html_502', 'status'] as const
    for (const kind of kinds) caller.control.faults({ kind, match, ...(kind === 'status' ? { status: 408 } : {}) })
    const statuses: number[] = []
    for (const _ of kinds) statuses.push((await caller.book(tokens)).status)
    expect(statuses).toEqual([429, 500, 500, 200, 502, 408])
    expect(caller.control.ledger()).toHaveLength(0)
  })

  it('does the work first when told to, then answers something else', async () => {
    caller.control.faults({ kind: 'html_502', match, before: false })
    expect((await caller.book(tokens)).status).toBe(502)
    expect(caller.control.ledger()).toHaveLength(1)
  })

  it('no_id answers 201 without an id, truncated breaks off half way, odd_token leaves the refresh token out', async () => {
    caller.control.faults({ kind: 'no_id', match })
    const answer = await caller.book(tokens)
    expect([answer.status, answer.body.d]).toMatchObject([201, { EntryID: null }])
    caller.control.faults({ kind: 'truncated', match })
    await expect(caller.book(tokens)).rejects.toThrow()
    expect(caller.control.ledger()).toHaveLength(2)
    caller.control.faults({ kind: 'odd_token', match: { path: '/token' } })
    expect((await caller.refreshLater(tokens.refresh_token)).body).not.toHaveProperty('refresh_token')
  })

  it('fires in order, after the skipped requests, as often as asked', async () => {
    caller.control.faults({ kind: 'status_429', match, skip: 1, times: 2 })
    const statuses: number[] = []
    for (let call = 0; call < 4; call += 1) statuses.push((await caller.book(tokens)).status)
    expect(statuses).toEqual([201, 429, 429, 201])
  })
})

describe('control', () => {
  it('says over HTTP what is wrong with a request', async () => {
    expect((await control('settings', { reuse_model: 'Z' }, 'PATCH')).status).toBe(400)
    expect((await control('block', { username: 'nobody', reason: null })).status).toBe(404)
    expect((await control('nothing', {})).status).toBe(404)
  })

  it('gives no secret and no token away', async () => {
    await caller.book(tokens)
    const seen = await Promise.all(
      ['state', 'log', 'chains', 'ledger'].map(path => ask(`${caller.sandbox.url}/_control/${path}`)),
    )
    const text = seen.map(answer => answer.text).join('')
    for (const secret of [tokens.access_token, tokens.refresh_token, 'client_secret'])
      expect(text).not.toContain(secret)
    expect(caller.control.log()[0]).toMatchObject({ grant_type: 'authorization_code', user: anna, client: 'zetel' })
  })

  it('shows what was booked on a page', async () => {
    await caller.book(tokens, { YourRef: '<b>1</b>' })
    const page = await ask(`${caller.sandbox.url}/ledger`)
    expect(page.text).toContain('&lt;b&gt;1&lt;/b&gt;')
    expect(page.text).toContain('121.00')
    expect((await ask(caller.sandbox.url)).text).toContain(anna)
  })

  it('starts afresh on reset', async () => {
    await caller.book(tokens)
    await control('reset', {})
    expect(caller.control.ledger()).toEqual([])
    expect((await caller.get('current/Me', tokens)).status).toBe(401)
  })

  it('adds companies, users and master data', async () => {
    caller.control.divisions({ code: 3001, name: 'Kaashandel' })
    caller.control.users({ username: 'kaas@kaas.example', divisions: [3001] })
    caller.control.records({
      division: 3001,
      endpoint: 'vat/VATCodes',
      data: { Code: '6', Percentage: 0.06, Type: 'I' },
    })
    const own = await caller.signIn('kaas@kaas.example')
    expect(rows(await caller.get("3001/vat/VATCodes?$filter=Code eq '6'", own))).toHaveLength(1)
  })
})

describe('life', () => {
  it('rejects when the port is taken', async () => {
    await expect(startExactSandbox({ port: caller.sandbox.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('keeps what it acknowledged over kill -9', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'exact-sandbox-'))
    const first = await started(folder)
    const location = await ask(
      `${first.url}/_control/consent`,
      posted({ username: anna, client_id: 'zetel', redirect_uri }),
    )
    const code = new URL(String(location.body.location)).searchParams.get('code') ?? ''
    const form = { client_id: 'zetel', client_secret: 's', redirect_uri, grant_type: 'authorization_code', code }
    const token = await ask(`${first.url}/api/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) })
    const headers = { authorization: `Bearer ${token.body.access_token}`, accept: 'application/json' }
    const booked = await ask(`${first.url}/api/v1/1001/salesentry/SalesEntries`, {
      ...posted(salesEntry()),
      headers,
    })
    expect(booked.status, message(booked)).toBe(201)
    await first.kill()
    const second = await started(folder)
    const ledger = JSON.parse((await ask(`${second.url}/_control/ledger`)).text) as { customer: string }[]
    expect(ledger).toMatchObject([{ customer: ids.debtor, incl_cents: 12_100 }])
    expect((await ask(`${second.url}/api/v1/current/Me`, { headers })).status).toBe(200)
    await second.kill()
    await rm(folder, { recursive: true })
  })
})

function posted(body: unknown): RequestInit {
  return { method: 'POST', body: JSON.stringify(body) }
}

async function started(folder: string): Promise<{ url: string; kill(): Promise<void> }> {
  const args = ['local/sandbox/exact-online.ts', '--port', '0', '--data', join(folder, 'exact.db')]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const kill = async () => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return { url: /http:\S+/.exec(line)?.[0] ?? '', kill }
}
