import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { A_SHOP, B_SHOP, CLIENT } from '../support/exact.ts'
import { Product, type Setup } from '../support/product.ts'
import { until } from '../support/until.ts'

type Missing = { layer: string; code: string; reason: string; remedy: { path: string; paths: string[] } }
type Accepted = { id: string; state: string; verdict: string; missing: Missing[] }
type Listed = { data: { id: string; state: string; reference: string; missing: Missing[] }[] }
type Connection = {
  state: string
  trouble: { code: string } | null
  warnings: { code: string; text: string }[]
  health: { verdict: string; code: string; next_step: string }
}

const root = join(import.meta.dirname, '..', '..')
const folders = [join(root, 'test', 'support', 'ubl'), join(root, '..', 'shared', 'data', 'ubl')].filter(existsSync)
const documents = folders.flatMap(folder =>
  readdirSync(folder)
    .filter(name => name.endsWith('.xml'))
    .map(name => ({ name: name.replace('.xml', ''), xml: readFileSync(join(folder, name), 'utf8') })),
)

/** The total of a UBL document in cents, read without the product's own reader: the credit note's is negative. */
function totals(xml: string): { excl: number; vat: number; incl: number } {
  const cents = (name: string) => Math.round(Number(new RegExp(`<cbc:${name}[^>]*>([^<]+)<`).exec(xml)?.[1]) * 100)
  const sign = xml.includes('CreditNote-2') ? -1 : 1
  const [excl, incl] = [cents('TaxExclusiveAmount') * sign, cents('TaxInclusiveAmount') * sign]
  return { excl, vat: incl - excl, incl }
}

let product: Product
let world: Setup
let a: string
let b: string
const base = () => `/v1/tenants/${world.tenant}`
const connection = (of: string) => product.ask<Connection>('GET', `${base()}/integrations/${of}/connection`)
const listed = (of: string, state: string) =>
  product.ask<Listed>('GET', `${base()}/transactions?integration_id=${of}&state=${state}&limit=200`)
const submit = (to: string, reference: string, xml: string) =>
  product.ask<Accepted>(
    'POST',
    `${base()}/integrations/${to}/transactions`,
    { booking_kind: 'sales-entry', reference, document: { format: 'ubl', content: xml } },
    { idempotencyKey: `${to}-${reference}` },
  )
const delivered = (of: string, count: number) =>
  until(async () => (await listed(of, 'delivered')).data.length === count)
const ledger = () => product.sandbox.control.ledger({ kind: 'booking' })

beforeAll(async () => {
  product = await Product.start()
  world = await product.setup()
  a = await product.integration(world, 'Webshop A')
  b = await product.integration(world, 'Webshop B')
})
afterAll(() => product.close())

describe('the main job: a second webshop goes live on Exact Online', () => {
  it('connects webshop A by a link: active, rights probed, healthy', async () => {
    const page = await product.connect(world.tenant, a, A_SHOP)
    expect(page.status).toBe(200)
    expect(page.html.match(/data-primary/g)).toHaveLength(1)
    expect(await connection(a)).toMatchObject({
      state: 'active',
      service_account: { username: A_SHOP, kind: 'full_user' },
      warnings: [],
      health: { verdict: 'healthy' },
    })
  })

  it('DIV-04 keeps from the first consent who gave it, when, for which scopes and administrations', async () => {
    expect(await connection(a)).toMatchObject({
      service_account: { username: A_SHOP, email: A_SHOP },
      consent: { at: expect.any(String), scopes: [], administrations: expect.arrayContaining(['1001']) },
    })
  })

  it('delivers every document once, equal to the cent, credit notes negative', async () => {
    for (const { name, xml } of documents)
      expect(await submit(a, name, xml)).toMatchObject({ state: 'queued', verdict: 'allowed', missing: [] })
    await delivered(a, documents.length)
    expect(
      ledger().map(row => ({ ref: row.your_ref, excl: row.excl_cents, vat: row.vat_cents, incl: row.incl_cents })),
    ).toEqual(documents.map(({ name, xml }) => ({ ref: name, ...totals(xml) })))
    expect(ledger().some(row => row.incl_cents < 0)).toBe(true)
  })

  it('EOL-09 refuses webshop B as the same user, and webshop A goes on with the fresh credential', async () => {
    const page = await product.connect(world.tenant, b, A_SHOP)
    expect(page.status).toBe(409)
    expect(page.html).toContain('user_already_seated')
    expect(page.html).toContain('Webshop A')
    expect(page.html.match(/data-primary/g)).toHaveLength(1)
    expect((await connection(b)).state).toBe('pending')
    expect(await connection(a)).toMatchObject({ state: 'active', warnings: [{ code: 'user_signed_in_elsewhere' }] })
    await submit(a, 'after', documents[0]?.xml ?? '')
    await delivered(a, documents.length + 1)
  })

  it('EOL-10 the seat plan says that one user is short, and what to make where', async () => {
    const plan = await product.ask<{ short: number; steps: string[]; assignments: { how: string }[] }>(
      'POST',
      `${base()}/seat-plan`,
      {},
    )
    expect(plan.short).toBe(1)
    expect(plan.assignments.map(one => one.how)).toEqual(['seated', 'new_user'])
    expect(plan.steps.join('\n')).toContain('Stamgegevens › Gebruikers › Overzicht')
    expect(plan.steps.join('\n')).toContain('Administratie: Toegangsrechten')
  })

  it('EOL-03 holds what webshop B may not book, naming the right, the layer and the screen', async () => {
    const page = await product.connect(world.tenant, b, B_SHOP)
    expect(page.status).toBe(200)
    expect(await connection(b)).toMatchObject({
      state: 'active',
      warnings: [{ code: 'rights_missing' }],
      health: { verdict: 'attention' },
    })
    for (const { name, xml } of documents) {
      const accepted = await submit(b, name, xml)
      expect(accepted).toMatchObject({ state: 'held', verdict: 'denied' })
      expect(accepted.missing).toMatchObject([
        {
          layer: 'right',
          code: 'right_missing',
          resource: 'salesentry/SalesEntries',
          action: 'POST',
          administration: '1001',
        },
      ])
      expect(accepted.missing[0]?.remedy.paths.join('\n')).toMatch(
        /Stamgegevens › Gebruikers › Overzicht › .* › Rechten/,
      )
    }
    expect(ledger()).toHaveLength(documents.length + 1)
  })

  it('EOL-05 keeps what a person saw on Exact Online itself with the failure', async () => {
    const { data } = await listed(b, 'held')
    const words = "U heeft geen rechten voor 'Verkoopboekingen: Aanmaken'."
    const noted = await product.ask<{ state: string; attempts: { outcome: string; words: string }[] }>(
      'POST',
      `${base()}/transactions/${data[0]?.id}/tried-by-hand`,
      { words },
    )
    expect(noted).toMatchObject({ state: 'held', attempts: [{ outcome: 'tried_by_hand', words }] })
  })

  it('releases them in their order once the right is there, each delivered once', async () => {
    product.sandbox.control.rights({
      username: B_SHOP,
      division: 1001,
      endpoint: 'salesentry/SalesEntries',
      action: 'POST',
      allowed: true,
    })
    await product.ask('POST', `${base()}/integrations/${b}/connection/probe`, {}).catch(() => undefined)
    await delivered(b, documents.length)
    const theirs = ledger().filter(row => row.user === B_SHOP)
    expect(theirs.map(row => row.your_ref)).toEqual(documents.map(({ name }) => name))
    await until(async () => (await connection(b)).health.verdict === 'healthy')
  })

  it('DIV-07 DIV-08 tells a removed division scope from a missing right', async () => {
    const { client_id } = ledger().at(-1) ?? { client_id: '' }
    product.sandbox.control.grantScope({ username: B_SHOP, client_id: client_id ?? '', divisions: [2044] })
    await submit(b, 'scope', documents[0]?.xml ?? '')
    await until(async () => (await listed(b, 'held')).data.length === 1)
    const { data } = await listed(b, 'held')
    expect(data[0]?.missing[0]).toMatchObject({ layer: 'administration', code: 'division_out_of_scope' })
    expect(data[0]?.missing[0]?.remedy.path).toContain('Appmachtigingen')
    product.sandbox.control.grantScope({ username: B_SHOP, client_id: client_id ?? '', divisions: 'all' })
    await product.call('POST', `${base()}/transactions/${data[0]?.id}/retry`)
    await delivered(b, documents.length + 1)
  })

  it('EOL-06 warns of a client user', async () => {
    const c = await product.integration(world, 'Webshop C')
    await product.connect(world.tenant, c, CLIENT)
    const shown = await connection(c)
    expect(shown.state).toBe('active')
    expect(shown.warnings.map(warning => warning.code)).toContain('client_user')
    const accepted = await submit(c, 'client', documents[0]?.xml ?? '')
    expect(accepted.state).toBe('held')
    expect(accepted.missing.map(one => one.layer)).toEqual(expect.arrayContaining(['user_kind', 'right']))
    expect(accepted.missing[0]).toMatchObject({ layer: 'user_kind', code: 'client_user' })
  })

  it('names a bare Forbidden as what it can only be when the user has the right', async () => {
    const d = await product.integration(world, 'Webshop D')
    await product.connect(world.tenant, d, 'kassa1@fietsenwinkel.example')
    product.sandbox.control.modules({ modules: ['sales', 'logistics', 'crm'] })
    await submit(d, 'module', documents[0]?.xml ?? '')
    await until(async () => (await listed(d, 'held')).data.length === 1)
    const { data } = await listed(d, 'held')
    expect(data[0]?.missing[0]).toMatchObject({ layer: 'licence', code: 'licence_module' })
    expect(data[0]?.missing[0]?.reason).not.toMatch(/forbidden/i)
    product.sandbox.control.modules({ modules: ['financial', 'sales', 'logistics', 'crm'] })
    await product.ask('POST', `${base()}/transactions/${data[0]?.id}/retry`, {})
    await delivered(d, 1)
  })

  it('shows a revoked consent at once, and is certain of it when the provider takes a refresh', async () => {
    const { control } = product.sandbox
    control.settings({ token_seconds: 33 }) // Fresh for three seconds, then due.
    const e = await seated('Webshop E')
    control.revoke({ username: PSP, client_id: clientOf(PSP) })
    await product.call('GET', `${base()}/integrations/${e}/proxy/current/Me`)
    expect(await connection(e)).toMatchObject({ state: 'degraded', trouble: { code: 'access_refused' } })
    await until(async () => (await connection(e)).state === 'reconnect_required')
    expect(await connection(e)).toMatchObject({
      trouble: { code: 'consent_revoked', next_step: expect.stringMatching(/sign in/) },
      health: { verdict: 'broken' },
    })
    control.settings({ token_seconds: 600 })
    await product.call('DELETE', `${base()}/integrations/${e}/connection`)
  })

  it('ends in a reconnect for a chain that expired, with its own next step', async () => {
    const { control } = product.sandbox
    control.settings({ token_seconds: 30 }) // Due for a refresh as soon as it is there.
    const f = await seated('Webshop F')
    control.clock({ advance_ms: 31 * 86_400_000 })
    await product.call('GET', `${base()}/integrations/${f}/token`)
    expect(await connection(f)).toMatchObject({
      state: 'reconnect_required',
      trouble: { code: 'chain_expired', next_step: expect.stringMatching(/sign in/) },
      health: { verdict: 'broken' },
    })
  })
})

const PSP = 'psp@fietsenwinkel.example'
const clientOf = (username: string): string =>
  product.sandbox.control.chains().find(chain => chain.username === username)?.client_id ?? ''

async function seated(label: string): Promise<string> {
  const id = await product.integration(world, label)
  await product.connect(world.tenant, id, PSP)
  return id
}
