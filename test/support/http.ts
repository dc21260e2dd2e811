// The HTTP side on a database and a vault of its own, called as a client would. Every answer is held against the form its
// route declares (P41): an answer with an unknown field fails the test that got it.
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../../db/migrate.ts'
import { type Db, openDb, runBatch } from '../../db/open.ts'
import { startLibsqlServer } from '../../local/libsql-server.ts'
import type { Random } from '../../src/clock.ts'
import { openVault, type Vault } from '../../src/connections/vault.ts'
import type { Api } from '../../src/http/api.ts'
import { createSite } from '../../src/http/app.ts'
import { Problem } from '../../src/http/describe.ts'
import { matches } from '../../src/http/path.ts'
import type { HttpPorts } from '../../src/http/ports.ts'
import type { Site } from '../../src/http/site.ts'
import { type IntegrationId, newId, type TenantId } from '../../src/id.ts'
import type { SeatRpc } from '../../src/seats/rpc.ts'
import { newApiKey, SCOPES, type Scope } from '../../src/tenants/api-key.ts'
import { insertKey } from '../../src/tenants/key-store.ts'

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }
export type Answered = { status: number; headers: Headers; text: string; body: JsonObject }

export type Asking = { key?: string | null; body?: unknown; raw?: BodyInit; headers?: Record<string, string> }

export type Http = {
  api: Api
  site: Site
  db: Db
  vault: Vault
  ports: HttpPorts
  /** Unix ms; tests move it by hand. */
  clock: { at: number; now(): number }
  /** Where the database server listens. */
  url: string
  operatorKey: string
  /** What was reported, newest last. */
  reports: { what: string; error: unknown }[]
  /** Which seats were told to read anew. */
  reloads: IntegrationId[]
  /** Seats that answer otherwise than "not in this test". */
  seats: Map<IntegrationId, Partial<SeatRpc>>
  /** Call as the operator, or with a key of one's own (null: none). */
  call(method: string, path: string, asking?: Asking): Promise<Answered>
  /** Make a key straight in the database. */
  key(tenant: TenantId | null, scopes?: readonly Scope[]): Promise<string>
  /** Stop the database server, as an outage would. */
  cutDatabase(): Promise<void>
  close(): Promise<void>
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
const random: Random = bytes => new Uint8Array(randomBytes(bytes))

const unused = () => Promise.reject(new Error('This seat is not in this test'))
const silentSeat: SeatRpc = {
  token: unused,
  consent: unused,
  preflight: unused,
  submit: unused,
  decide: unused,
  probe: unused,
  proxy: unused,
  disconnect: unused,
  transfer: unused,
  meters: unused,
  adopt: unused,
  wake: unused,
  reload: () => Promise.resolve(),
}

/** Start everything; `close()` it afterwards. `loopbackAllowed` is as in the local run unless said otherwise. */
export async function startHttp(settings: Partial<HttpPorts['settings']> = {}): Promise<Http> {
  const folder = mkdtempSync(join(tmpdir(), 'zetel-http-'))
  const server = await startLibsqlServer({ file: join(folder, 'test.db') })
  await migrate(server.url)
  const db = openDb(server.url, undefined)
  const vault = await openVault({ keys: `test:${randomBytes(32).toString('base64')}`, random })
  if (!vault.ok) throw new Error(vault.failure.kind)
  const clock = { at: Date.now(), now: () => clock.at }
  const reports: Http['reports'] = []
  const reloads: IntegrationId[] = []
  const seats: Http['seats'] = new Map()
  const ports: HttpPorts = {
    clock,
    random,
    db,
    vault: vault.value,
    settings: { origin: 'https://zetel.test', loopbackAllowed: true, issuer: null, ...settings },
    assets: readAssets(),
    fetch: (url, init) => fetch(url, init),
    seatOf: integration => ({
      ...silentSeat,
      reload: () => Promise.resolve(void reloads.push(integration)),
      ...seats.get(integration),
    }),
    report: (what, error) => void reports.push({ what, error }),
    hash,
  }
  const { api, site } = createSite(ports)
  const key = (tenant: TenantId | null, scopes: readonly Scope[] = SCOPES) => makeKey(ports, tenant, scopes)
  const operatorKey = await key(null)
  let running = true
  const cutDatabase = async () => {
    if (running) await server.close()
    running = false
  }
  return {
    api,
    site,
    db,
    vault: vault.value,
    ports,
    clock,
    url: server.url,
    operatorKey,
    reports,
    reloads,
    seats,
    call: (method, path, asking = {}) => call(api, method, path, { key: operatorKey, ...asking }),
    key,
    cutDatabase,
    close: async () => {
      await cutDatabase()
      rmSync(folder, { recursive: true })
    },
  }
}

const root = join(import.meta.dirname, '..', '..')

/** The texts that the bundler would hand over. */
const readAssets = (): HttpPorts['assets'] => ({
  stylesheet: readFileSync(join(root, 'src', 'http', 'assets', 'zetel.css'), 'utf8'),
  script: readFileSync(join(root, 'src', 'http', 'assets', 'zetel.js'), 'utf8'),
  htmx: readFileSync(join(root, 'node_modules', 'htmx.org', 'dist', 'htmx.min.js'), 'utf8'),
})

async function makeKey({ db, clock }: HttpPorts, tenant: TenantId | null, scopes: readonly Scope[]): Promise<string> {
  const made = newApiKey(random, hash)
  const id = newId('key', clock, random)
  const row = { id, label: 'test', hash: made.hash, prefix: made.prefix, scopes: [...scopes], createdAt: clock.now() }
  await runBatch(db, [insertKey(db, tenant, row)])
  return made.key
}

async function call(api: Api, method: string, path: string, { key, body, raw, headers }: Asking): Promise<Answered> {
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body))
  const response = await api.app.request(path, {
    method,
    headers: {
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent, duplex: 'half' }),
  })
  const text = await response.text()
  const isJson = /^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '')
  const parsed: JsonObject = isJson ? JSON.parse(text) : {}
  expectForm(api, method, path, response, parsed)
  return { status: response.status, headers: response.headers, text, body: parsed }
}

/** Hold an answer against what its route declares. */
function expectForm(api: Api, method: string, path: string, response: Response, body: JsonObject): void {
  if (response.status >= 400 && response.headers.get('content-type')?.startsWith('application/problem+json'))
    return void Problem.parse(body)
  const pathname = path.split('?')[0] ?? ''
  const route = api.described.find(({ method: of, path: at }) => of === method.toLowerCase() && matches(at, pathname))
  if (route === undefined || route.answer === null) return
  const [status, schema] = route.answer
  if (response.status !== status)
    throw new Error(`${method} ${route.path} answered ${response.status}: ${JSON.stringify(body)}`)
  schema?.parse(body)
}
