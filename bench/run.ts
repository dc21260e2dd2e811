import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client/web'
import autocannon from 'autocannon'
import { migrate } from '../db/migrate.ts'
import { makeOperatorKey } from '../db/operator-key.ts'
import { Api } from '../local/api.ts'
import { build } from '../local/build.ts'
import { consentAs, Exact } from '../local/demo-exact.ts'
import { startLibsqlServer } from '../local/libsql-server.ts'
import { startRuntime } from '../local/runtime.ts'
import { startExactSandbox } from '../local/sandbox/exact-online.ts'

// Measures Zetel against bare things in the same Worker, in alternating rounds of one run, and prints ratios.

const CONNECTIONS = [1, 16, 64]
const ROUNDS = 3
const SECONDS = 3
const PORT = 8790

type Figures = { perSecond: number; p50: number; p99: number }
type Contender = { path: string; options: autocannon.Options }

const folder = await mkdtemp(join(tmpdir(), 'zetel-bench-'))
const root = join(import.meta.dirname, '..')
const bundle = await build('bench/worker.ts', join(root, 'dist', 'bench'))
const database = await startLibsqlServer({ file: join(folder, 'zetel.db') })
await migrate(database.url)
const sql = createClient({ url: database.url })
await sql.execute('create table bench (id text primary key, body text not null)')
const key = `zetel_${randomBytes(32).toString('base64url')}`
await makeOperatorKey(database.url, undefined, key)
const sandbox = await startExactSandbox()
const runtime = await startRuntime({
  bundle,
  port: PORT,
  storage: join(folder, 'seats'),
  classes: { PING: 'Ping' },
  bindings: {
    ZETEL_DATABASE_URL: database.url,
    ZETEL_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    ZETEL_ORIGIN: `http://localhost:${PORT}`,
    ZETEL_LOOPBACK_PROVIDERS: '1',
  },
})

try {
  const base = await connectedIntegration()
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const booking = JSON.stringify({ booking_kind: 'sales-entry', reference: 'bench', payload: await salesEntry() })
  console.log(
    `${cpus().length} × ${cpus()[0]?.model}; Node ${process.version}; ${ROUNDS} alternating rounds of ${SECONDS} s; medians\n`,
  )
  await compare(
    'token call, fresh token',
    'a bare Durable Object ping',
    0.8,
    {
      path: `${base}/token`,
      options: { url: runtime.url, headers },
    },
    { path: '/bench/ping', options: { url: runtime.url } },
  )
  await compare(
    'POST transactions',
    'a bare one-row libSQL insert',
    0.5,
    {
      path: `${base}/transactions`,
      options: {
        url: runtime.url,
        method: 'POST',
        headers: { ...headers, 'idempotency-key': '[<id>]' },
        body: booking,
        idReplacement: true,
      },
    },
    { path: '/bench/insert', options: { url: runtime.url, method: 'POST', headers, body: booking } },
  )
} finally {
  await runtime.stop()
  await sandbox.close()
  await database.close()
  await rm(folder, { recursive: true, force: true })
}

async function compare(what: string, against: string, goal: number, ours: Contender, bare: Contender): Promise<void> {
  console.log(`${what}, against ${against} through the same Worker (goal ≥ ${goal})`)
  const rows = []
  for (const connections of CONNECTIONS) {
    const [a, b]: [Figures[], Figures[]] = [[], []]
    for (let round = 0; round < ROUNDS; round++) {
      // Turn about, so that neither always finds the machine as the other left it.
      const turn = round % 2 === 0 ? [a, b] : [b, a]
      for (const figures of turn) figures.push(await measure(figures === a ? ours : bare, connections))
    }
    const [mine, theirs] = [median(a), median(b)]
    rows.push({
      connections,
      'Zetel /s': Math.round(mine.perSecond),
      'p50 ms': mine.p50,
      'p99 ms': mine.p99,
      'bare /s': Math.round(theirs.perSecond),
      'bare p50 ms': theirs.p50,
      'bare p99 ms': theirs.p99,
      ratio: Number((mine.perSecond / theirs.perSecond).toFixed(2)),
    })
  }
  console.table(rows)
}

async function measure({ path, options }: Contender, connections: number): Promise<Figures> {
  const call = { ...options, url: `${options.url}${path}`, connections }
  await autocannon({ ...call, duration: 1 }) // To warm up, unmeasured.
  const result = await autocannon({ ...call, duration: SECONDS })
  const failed = result.non2xx + result.errors
  if (failed > 0) throw new Error(`${failed} of ${result.requests.total} calls to ${path} failed`)
  return { perSecond: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 }
}

function median(figures: Figures[]): Figures {
  const middle = (pick: (one: Figures) => number) =>
    figures.map(pick).toSorted((x, y) => x - y)[Math.floor(figures.length / 2)] ?? 0
  return { perSecond: middle(one => one.perSecond), p50: middle(one => one.p50), p99: middle(one => one.p99) }
}

async function connectedIntegration(): Promise<string> {
  const api = new Api(runtime.url, key)
  const app = await api.post<{ id: string }>('/v1/provider-apps', {
    provider: 'exact-online',
    base_url: sandbox.url,
    client_id: 'bench',
    client_secret: 'bench',
    registration: 'published',
    scopes: [],
  })
  const tenant = await api.post<{ id: string }>('/v1/tenants', { name: 'Bench', locale: 'nl' })
  const administration = await api.post<{ id: string }>(`/v1/tenants/${tenant.id}/administrations`, {
    provider: 'exact-online',
    external_id: '1001',
    name: 'Bench',
  })
  const integration = await api.post<{ id: string }>(`/v1/tenants/${tenant.id}/integrations`, {
    label: 'Bench',
    source: { kind: 'webshop', provider: 'woocommerce', ref: 'bench' },
    target: { provider_app_id: app.id, administration_id: administration.id },
    booking_kinds: ['sales-entry'],
    strict: false,
  })
  const base = `/v1/tenants/${tenant.id}/integrations/${integration.id}`
  const link = await api.post<{ url: string }>(`${base}/connect-links`)
  await consentAs(link.url, 'a.shop@fietsenwinkel.example')
  return base
}

async function salesEntry() {
  const { default_customer: Customer, lines } = await new Exact(sandbox.url).bookkeeping('1001')
  return {
    Customer,
    Journal: '70',
    SalesEntryLines: [{ AmountFC: 100, GLAccount: lines[0]?.gl_account, VATCode: '2' }],
  }
}
