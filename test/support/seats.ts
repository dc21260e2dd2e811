import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client/web'
import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/libsql/web'
import { migrate } from '../../db/migrate.ts'
import { type Db, openDb } from '../../db/open.ts'
import * as schema from '../../db/schema/schema.ts'
import { type LibsqlServer, startLibsqlServer } from '../../local/libsql-server.ts'
import { type ExactSandbox, startExactSandbox } from '../../local/sandbox/exact-online.ts'
import type { Random } from '../../src/clock.ts'
import { secretPlace } from '../../src/connections/secret.ts'
import { openVault, type Vault } from '../../src/connections/vault.ts'
import { type AdministrationId, type IntegrationId, newId, type ProviderAppId, type TenantId } from '../../src/id.ts'
import type { Bookkeeping } from '../../src/providers/provider.ts'
import type { BookingKind } from '../../src/rights/right.ts'
import { Keeper } from '../../src/seats/keeper.ts'
import type { Journal, SeatPorts } from '../../src/seats/ports.ts'
import { MovableClock } from './clock.ts'
import { bookkeeping } from './exact.ts'

export const random: Random = bytes => crypto.getRandomValues(new Uint8Array(bytes))
export const KEYS = `k1:${Buffer.alloc(32, 7).toString('base64')}`

/** A Seat's own storage in memory: it outlives the keeper, as the real one outlives the runtime. */
export class MemoryJournal implements Journal {
  readonly kept = new Map<string, unknown>()
  get = async (key: string): Promise<unknown> => structuredClone(this.kept.get(key))
  put = async (key: string, value: unknown): Promise<void> => {
    this.kept.set(key, structuredClone(value))
  }
  delete = async (key: string): Promise<void> => {
    this.kept.delete(key)
  }
}

export type IntegrationInput = {
  label?: string
  bookingKinds?: BookingKind[]
  strict?: boolean
  bookkeeping?: Bookkeeping | null
  administration?: string
}

/** Something a keeper does outside itself: to what, with what (a key, an address, SQL), and whether it is yet to happen. */
export type Touch = {
  integration: IntegrationId
  what: 'journal.put' | 'journal.delete' | 'fetch' | 'db'
  when: 'before' | 'after'
  about: string
}

/** One life of a keeper: after a crash nothing it began goes on. */
type Life = { over: boolean; end: () => void; ended: Promise<void> }

function beginLife(): Life {
  const { promise, resolve } = Promise.withResolvers<void>()
  const life: Life = { over: false, ended: promise, end: () => undefined }
  life.end = () => {
    life.over = true
    resolve()
  }
  return life
}

/** A Zetel without HTTP: real libSQL, real sandbox, keepers in this process with a clock that moves. */
export class Seats {
  readonly clock = new MovableClock()
  readonly alarms = new Map<string, number>()
  readonly journals = new Map<string, MemoryJournal>()
  readonly reports: { what: string; error: unknown }[] = []
  readonly pending: Promise<unknown>[] = []
  readonly #keepers = new Map<string, { keeper: Keeper; life: Life }>()
  /** Sees everything keepers do outside themselves; by throwing it makes it fail, and it may kill a keeper there. */
  watch: ((touch: Touch) => void | Promise<void>) | null = null
  fetch: SeatPorts['fetch'] = (url, init) => fetch(url, init)
  settle = 120

  readonly db: Db
  readonly vault: Vault
  readonly server: LibsqlServer
  readonly sandbox: ExactSandbox
  readonly #folder: string

  private constructor(parts: Pick<Seats, 'db' | 'vault' | 'server' | 'sandbox'>, folder: string) {
    this.db = parts.db
    this.vault = parts.vault
    this.server = parts.server
    this.sandbox = parts.sandbox
    this.#folder = folder
  }

  static async start(): Promise<Seats> {
    const folder = await mkdtemp(join(tmpdir(), 'zetel-'))
    const server = await startLibsqlServer({ file: join(folder, 'zetel.db') })
    await migrate(server.url)
    const sandbox = await startExactSandbox()
    sandbox.control.settings({ minute_limit: null, day_limit: null })
    const vault = await openVault({ keys: KEYS, random })
    if (!vault.ok) throw new Error('no vault')
    return new Seats({ db: openDb(server.url, undefined), vault: vault.value, server, sandbox }, folder)
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.pending)
    await this.sandbox.close()
    await this.server.close()
    await rm(this.#folder, { recursive: true, force: true })
  }

  async tenant(name = 'De Fietsenwinkel BV'): Promise<TenantId> {
    const id = newId('ten', this.clock, random)
    await this.db.insert(schema.tenants).values({ id, name, locale: 'nl', createdAt: this.clock.now() })
    return id
  }

  async app(over: Partial<typeof schema.providerApps.$inferInsert> = {}): Promise<ProviderAppId> {
    const id = newId('app', this.clock, random)
    const sealed = await this.vault.seal(secretPlace('exact-online', id), 'secret')
    await this.db.insert(schema.providerApps).values({
      id,
      provider: 'exact-online',
      baseUrl: this.sandbox.url,
      clientId: `zetel-${id}`,
      sealedSecret: Buffer.from(sealed),
      registration: 'published',
      scopes: [],
      callsPerMinute: 100_000,
      createdAt: this.clock.now(),
      ...over,
    })
    return id
  }

  async administration(tenant: TenantId, externalId = '1001'): Promise<AdministrationId> {
    const id = newId('adm', this.clock, random)
    await this.db.insert(schema.administrations).values({
      tenantId: tenant,
      id,
      provider: 'exact-online',
      externalId,
      name: `Administratie ${externalId}`,
      createdAt: this.clock.now(),
    })
    return id
  }

  async integration(
    tenant: TenantId,
    app: ProviderAppId,
    administration: AdministrationId,
    input: IntegrationInput = {},
  ): Promise<IntegrationId> {
    const id = newId('int', this.clock, random)
    const at = this.clock.now()
    await this.db.batch([
      this.db.insert(schema.integrations).values({
        tenantId: tenant,
        id,
        label: input.label ?? 'Webshop A',
        sourceKind: 'webshop',
        sourceProvider: 'woocommerce',
        sourceRef: id,
        providerAppId: app,
        administrationId: administration,
        bookingKinds: input.bookingKinds ?? ['sales-entry'],
        strict: input.strict ?? false,
        bookkeeping: input.bookkeeping === undefined ? bookkeeping() : input.bookkeeping,
        createdAt: at,
        rowVersion: 1,
      }),
      this.db.insert(schema.connections).values({
        tenantId: tenant,
        id: newId('con', this.clock, random),
        integrationId: id,
        end: 'target',
        state: 'pending',
        warnings: [],
        proven: false,
        rowVersion: 1,
      }),
    ])
    return id
  }

  /** The keeper of a seat; the same one until it is killed. */
  keeper(integration: IntegrationId): Keeper {
    const kept = this.#keepers.get(integration)
    if (kept !== undefined) return kept.keeper
    const life = beginLife()
    const keeper = new Keeper(this.ports(integration, life), integration, 'target')
    this.#keepers.set(integration, { keeper, life })
    return keeper
  }

  /** Forget a keeper as a crash would: its memory is gone and what it was doing stops, its journal and alarm stay. */
  kill(integration: IntegrationId): void {
    this.#keepers.get(integration)?.life.end()
    this.#keepers.delete(integration)
  }

  journal(integration: IntegrationId): MemoryJournal {
    const journal = this.journals.get(integration) ?? new MemoryJournal()
    this.journals.set(integration, journal)
    return journal
  }

  ports(integration: IntegrationId, life = beginLife()): SeatPorts {
    const look = async (what: Touch['what'], when: Touch['when'], about: string): Promise<void> => {
      if (!life.over) await this.watch?.({ integration, what, when, about })
      if (life.over) await new Promise<never>(() => undefined)
    }
    const touch = async <T>(what: Touch['what'], about: string, work: () => Promise<T>): Promise<T> => {
      await look(what, 'before', about)
      const result = await work()
      await look(what, 'after', about)
      return result
    }
    const journal = this.journal(integration)
    const databaseFetch = async (request: Request) =>
      touch('db', this.watch === null ? '' : await request.clone().text(), () => fetch(request))
    return {
      clock: this.clock,
      random,
      db: drizzle({ client: createClient({ url: this.server.url, fetch: databaseFetch }), schema }),
      vault: this.vault,
      fetch: (url, init) => touch('fetch', url, () => this.fetch(url, init)),
      journal: {
        get: journal.get,
        put: (key, value) => touch('journal.put', key, () => journal.put(key, value)),
        delete: key => touch('journal.delete', key, () => journal.delete(key)),
      },
      alarm: {
        get: async () => this.alarms.get(integration) ?? null,
        set: async at => {
          this.alarms.set(integration, at)
        },
      },
      keep: work => {
        this.pending.push(Promise.race([work, life.ended]))
      },
      seatOf: other => this.keeper(other),
      settings: { origin: 'https://zetel.example', lookUpSettleSeconds: this.settle },
      report: (what, error) => {
        this.reports.push({ what, error })
      },
    }
  }

  /** Let time pass, for Zetel and the provider alike. */
  advance(ms: number): void {
    this.clock.advance(ms)
    this.sandbox.control.clock({ advance_ms: ms })
  }

  /** Fire a seat's alarm if it is due, as often as it asks to be woken by now. */
  async ring(integration: IntegrationId): Promise<void> {
    for (let round = 0; round < 20; round++) {
      const at = this.alarms.get(integration)
      if (at === undefined || at > this.clock.now()) return
      this.alarms.delete(integration)
      await this.keeper(integration).alarm()
    }
  }

  /** Let time pass in steps until this seat has nothing more to do soon. */
  async run(integration: IntegrationId, ms: number): Promise<void> {
    const end = this.clock.now() + ms
    await this.ring(integration)
    for (;;) {
      const at = this.alarms.get(integration)
      if (at === undefined || at > end) break
      this.advance(Math.max(1, at - this.clock.now() + 1))
      await this.ring(integration)
    }
    this.advance(Math.max(0, end - this.clock.now()))
  }

  /** Sign in at the provider for an integration, as its connect link would. */
  async consent(tenant: TenantId, integration: IntegrationId, username: string, divisions: 'all' | number[] = 'all') {
    const code = await this.code(integration, username, divisions)
    return this.keeper(integration).consent(tenant, await this.link(tenant, integration), code)
  }

  async code(integration: IntegrationId, username: string, divisions: 'all' | number[] = 'all'): Promise<string> {
    const [row] = await this.db
      .select({ clientId: schema.providerApps.clientId })
      .from(schema.integrations)
      .innerJoin(schema.providerApps, eq(schema.providerApps.id, schema.integrations.providerAppId))
      .where(eq(schema.integrations.id, integration))
    const { location } = this.sandbox.control.consent({
      username,
      client_id: row?.clientId ?? '',
      redirect_uri: 'https://zetel.example/oauth/callback',
      state: 'state',
      divisions,
    })
    return new URL(location).searchParams.get('code') ?? ''
  }

  async link(tenant: TenantId, integration: IntegrationId) {
    const id = newId('lnk', this.clock, random)
    await this.db.insert(schema.connectLinks).values({
      tenantId: tenant,
      id,
      integrationId: integration,
      locale: 'nl',
      secretHash: id,
      expiresAt: this.clock.now() + 86_400_000,
      workingSince: this.clock.now(),
      createdAt: this.clock.now(),
    })
    return id
  }
}
