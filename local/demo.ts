import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Api } from './api.ts'
import { Exact } from './demo-exact.ts'
import { type Accepted, connectAs, connectionOf, type Made, playTroubles, type Stage } from './demo-troubles.ts'

// Plays the main job against a running Zetel, through the public API and the pages a person meets, and says each step in one line.

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: 'data' },
    port: { type: 'string', default: '8700' },
    documents: { type: 'string', default: join(import.meta.dirname, '..', 'test', 'support', 'ubl') },
  },
})

const say = (line: string): void => console.log(`• ${line}`)

const url = `http://localhost:${values.port}`
const operatorKey = (await readFile(join(resolve(values.data), 'operator-key'), 'utf8')).trim()
const api = new Api(url, operatorKey)
const exact = new Exact(`http://localhost:${Number(values.port) + 1}`)
const run = Date.now().toString(36)
await exact.setRight('b.shop@fietsenwinkel.example', false)

const app = await api.post<Made>('/v1/provider-apps', {
  provider: 'exact-online',
  base_url: exact.url,
  client_id: `demo-${run}`,
  client_secret: 'demo-secret',
  registration: 'published',
  scopes: [],
})
say(`Registered the provider app demo-${run}`)
const tenant = await api.post<Made>('/v1/tenants', { name: `De Fietsenwinkel BV (${run})`, locale: 'nl' })
const base = `/v1/tenants/${tenant.id}`
const administration = await api.post<Made>(`${base}/administrations`, {
  provider: 'exact-online',
  external_id: '1001',
  name: 'De Fietsenwinkel BV',
})
say('Made the tenant De Fietsenwinkel BV with administration 1001')

const bookkeeping = await exact.bookkeeping('1001')
const integration = (label: string): Promise<Made> =>
  api.post<Made>(`${base}/integrations`, {
    label,
    source: { kind: 'webshop', provider: 'woocommerce', ref: label },
    target: { provider_app_id: app.id, administration_id: administration.id },
    booking_kinds: ['sales-entry'],
    strict: false,
    bookkeeping,
  })
const [a, b] = [await integration('Webshop A'), await integration('Webshop B')]
say('Made the integrations Webshop A and Webshop B')

const documents = (await readdir(values.documents)).filter(name => name.endsWith('.xml')).sort()
const submit = async (to: Made, reference: string, name = documents[0] ?? ''): Promise<Accepted> =>
  api.post<Accepted>(
    `${base}/integrations/${to.id}/transactions`,
    {
      booking_kind: 'sales-entry',
      reference,
      document: { format: 'ubl', content: await readFile(join(values.documents, name), 'utf8') },
    },
    `${run}-${reference}`,
  )
const settled: Stage['settled'] = async (of, state, count) => {
  for (;;) {
    const { data } = await api.get<{ data: Awaited<ReturnType<Stage['settled']>> }>(
      `${base}/transactions?integration_id=${of.id}&state=${state}`,
    )
    if (data.length >= count) return data
    await delay(100)
  }
}
const stage: Stage = { api, exact, clientId: `demo-${run}`, base, integration, submit, settled, say }
const referenceOf = (shop: string, name: string): string => `${shop}-${name.replace('.xml', '')}`

await connectAs(stage, a, 'a.shop@fietsenwinkel.example')
const first = await connectionOf(stage, a)
say(`Webshop A is ${first.state} as ${first.service_account?.username}, health ${first.health.verdict}`)

for (const name of documents) await submit(a, referenceOf('A', name), name)
await settled(a, 'delivered', documents.length)
say(`Delivered ${documents.length} invoices of Webshop A`)

const refused = await connectAs(stage, b, 'a.shop@fietsenwinkel.example')
say(`Connecting Webshop B as the same user was refused: ${refused.status} ${refused.code}`)
const again = await submit(a, 'A-after')
await settled(a, 'delivered', documents.length + 1)
say(`Webshop A took over the fresh credential; its next booking (${again.id.slice(0, 10)}…) was delivered`)

const plan = await api.post<{ text: string; steps: string[] }>(`${base}/seat-plan`)
say(`Seat plan: ${plan.text}`)
for (const step of plan.steps) console.log(`    ${step}`)

await connectAs(stage, b, 'b.shop@fietsenwinkel.example')
const second = await connectionOf(stage, b)
say(
  `Webshop B is ${second.state} as ${second.service_account?.username}; ${second.warnings.map(warning => warning.text).join(' ')}`,
)
for (const name of documents) {
  const { state, missing } = await submit(b, referenceOf('B', name), name)
  const [why] = missing
  say(`Invoice ${name} is ${state}: ${why?.reason ?? ''} → ${why?.remedy.path ?? ''}`)
}

await exact.setRight('b.shop@fietsenwinkel.example', true)
say('The right was given in Exact Online')
await api.post(`${base}/integrations/${b.id}/connection/probe`)
await settled(b, 'delivered', documents.length)
say(`The held invoices of Webshop B went by themselves, in their order`)

await playTroubles(stage, b, documents.length)

console.log()
console.table(await exact.ledger(`demo-${run}`))
