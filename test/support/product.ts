import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { makeOperatorKey } from '../../db/operator-key.ts'
import { type LibsqlServer, startLibsqlServer } from '../../local/libsql-server.ts'
import { type Runtime, startRuntime } from '../../local/runtime.ts'
import { type ExactSandbox, startExactSandbox } from '../../local/sandbox/exact-online.ts'
import { bookkeeping } from './exact.ts'
import { KEYS } from './seats.ts'

export type Reply = { status: number; headers: Headers; body: Record<string, unknown> & { data?: never } }

export type Setup = { tenant: string; app: string; administration: string; client: string }

/** The built bundle in workerd, with a real database and a played Exact beside it, all reached over HTTP. */
export class Product {
  readonly folder: string
  readonly database: LibsqlServer
  readonly sandbox: ExactSandbox
  readonly operatorKey: string
  readonly #bindings: Record<string, string>
  readonly #port: number
  #runtime: Runtime

  private constructor(
    folder: string,
    database: LibsqlServer,
    sandbox: ExactSandbox,
    operatorKey: string,
    runtime: Runtime,
    bindings: Record<string, string>,
    port: number,
  ) {
    this.folder = folder
    this.database = database
    this.sandbox = sandbox
    this.operatorKey = operatorKey
    this.#runtime = runtime
    this.#bindings = bindings
    this.#port = port
  }

  /** With a port, Zetel's public address is where it listens, so that a real browser gets there. Default 0: any free port. */
  static async start(settings: Record<string, string> = {}, port = 0): Promise<Product> {
    const folder = await mkdtemp(join(tmpdir(), 'zetel-'))
    const database = await startLibsqlServer({ file: join(folder, 'zetel.db') })
    await migrate(database.url)
    const operatorKey = `zetel_${randomBytes(32).toString('base64url')}`
    await makeOperatorKey(database.url, undefined, operatorKey)
    const sandbox = await startExactSandbox()
    sandbox.control.settings({ minute_limit: null, day_limit: null })
    const bindings = {
      ZETEL_DATABASE_URL: database.url,
      ZETEL_KEYS: KEYS,
      ZETEL_ORIGIN: `http://localhost:${port === 0 ? 8701 : port}`,
      ZETEL_LOOPBACK_PROVIDERS: '1',
      ...settings,
    }
    const runtime = await startRuntime({ bundle: inject('bundle'), port, storage: join(folder, 'seats'), bindings })
    return new Product(folder, database, sandbox, operatorKey, runtime, bindings, port)
  }

  get url(): string {
    return this.#runtime.url
  }

  /** Kill workerd at once; `revive` starts it again on the same disk. */
  kill(): Promise<void> {
    return this.#runtime.kill()
  }

  async revive(settings: Record<string, string> = {}): Promise<void> {
    const bindings = { ...this.#bindings, ...settings }
    const storage = join(this.folder, 'seats')
    this.#runtime = await startRuntime({ bundle: inject('bundle'), port: this.#port, storage, bindings })
  }

  sweep(): Promise<void> {
    return this.#runtime.sweep()
  }

  async close(): Promise<void> {
    await this.#runtime.stop()
    await this.sandbox.close()
    await this.database.close()
    await rm(this.folder, { recursive: true, force: true })
  }

  /** Call the API; the operator's key unless another is given. */
  async call(
    method: string,
    path: string,
    body?: unknown,
    options: { key?: string; idempotencyKey?: string } = {},
  ): Promise<Reply> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${options.key ?? this.operatorKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(options.idempotencyKey === undefined ? {} : { 'idempotency-key': options.idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : {} }
  }

  /** Call the API and give the body, or fail with what it said. */
  async ask<T = { id: string }>(
    method: string,
    path: string,
    body?: unknown,
    options: { idempotencyKey?: string } = {},
  ): Promise<T> {
    const reply = await this.call(method, path, body, options)
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`)
    return reply.body as T
  }

  /** A tenant, a provider app and an administration to work with. */
  async setup(name = 'De Fietsenwinkel BV'): Promise<Setup> {
    const client = `zetel-${randomBytes(6).toString('hex')}`
    const app = await this.ask('POST', '/v1/provider-apps', {
      provider: 'exact-online',
      base_url: this.sandbox.url,
      client_id: client,
      client_secret: 'secret',
      registration: 'published',
      scopes: [],
      calls_per_minute: 10_000,
    })
    const tenant = await this.ask('POST', '/v1/tenants', { name, locale: 'nl' })
    const administration = await this.ask('POST', `/v1/tenants/${tenant.id}/administrations`, {
      provider: 'exact-online',
      external_id: '1001',
      name,
    })
    return { tenant: tenant.id, app: app.id, administration: administration.id, client }
  }

  async integration(
    { tenant, app, administration }: Setup,
    label: string,
    over: Record<string, unknown> = {},
  ): Promise<string> {
    const made = await this.ask('POST', `/v1/tenants/${tenant}/integrations`, {
      label,
      source: { kind: 'webshop', provider: 'woocommerce', ref: label },
      target: { provider_app_id: app, administration_id: administration },
      booking_kinds: ['sales-entry'],
      strict: false,
      bookkeeping: bookkeeping(),
      ...over,
    })
    return made.id
  }

  /** Open a fresh connect link in a browser of its own and consent as this user; gives the page at the end. */
  async connect(tenant: string, integration: string, username: string): Promise<{ status: number; html: string }> {
    const link = await this.ask<{ url: string }>(
      'POST',
      `/v1/tenants/${tenant}/integrations/${integration}/connect-links`,
      {},
    )
    const browser = new Browser(this)
    const callback = await browser.signIn(link.url, username)
    return browser.open(callback)
  }
}

type Seen = { status: number; html: string; location: string | null }

/** A browser with cookies and no scripts; Zetel's public address leads to where this run of it listens. */
export class Browser {
  readonly #product: Product
  readonly #cookies = new Map<string, string>()

  constructor(product: Product) {
    this.#product = product
  }

  open(url: string): Promise<Seen> {
    return this.#ask(url, {})
  }

  /** Send a form. */
  send(url: string, fields: Record<string, string>): Promise<Seen> {
    return this.#ask(url, { method: 'POST', body: new URLSearchParams(fields) })
  }

  async #ask(url: string, init: RequestInit): Promise<Seen> {
    const headers = { cookie: this.#cookie() }
    const response = await fetch(this.#here(url), { ...init, redirect: 'manual', headers })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      this.#cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return { status: response.status, html: await response.text(), location: response.headers.get('location') }
  }

  /** Follow the one primary button to the provider, consent there, and give the address it sends the browser back to. */
  async signIn(linkUrl: string, username: string): Promise<string> {
    const page = await this.open(linkUrl)
    const [, href = ''] = /<a[^>]*\bdata-primary\b[^>]*>/.exec(page.html)?.[0].match(/href="([^"]*)"/) ?? []
    const start = await this.open(new URL(href.replaceAll('&amp;', '&'), linkUrl).href)
    const authorize = new URL(start.location ?? '')
    const { location } = this.#product.sandbox.control.consent({
      username,
      client_id: authorize.searchParams.get('client_id') ?? '',
      redirect_uri: authorize.searchParams.get('redirect_uri') ?? '',
      state: authorize.searchParams.get('state') ?? '',
      divisions: 'all',
    })
    return location
  }

  #here(url: string): string {
    const { pathname, search } = new URL(url)
    return `${this.#product.url}${pathname}${search}`
  }

  #cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
}
