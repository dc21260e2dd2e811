import { createHash } from 'node:crypto'
import type { AccessToken, Chain, Client, Code, Division, Grant, LedgerRow, RefreshToken, User } from './model.ts'
import { Records } from './records.ts'
import { seed } from './seed.ts'
import { defaultSettings, type Settings } from './settings.ts'
import { Store, type Table } from './store.ts'

interface Fixed {
  settings: Settings
  modules: string[]
  /** Milliseconds the virtual clock is ahead. */
  offset: number
  seq: number
}

const fresh: Fixed = {
  settings: defaultSettings,
  modules: ['financial', 'crm', 'sales', 'logistics'],
  offset: 0,
  seq: 0,
}

/** Everything the sandbox knows, in memory and, with a path, on disk. */
export class World {
  readonly store: Store
  readonly users: Table<User>
  readonly clients: Table<Client>
  readonly grants: Table<Grant>
  readonly codes: Table<Code>
  readonly chains: Table<Chain>
  readonly refreshTokens: Table<RefreshToken>
  readonly accessTokens: Table<AccessToken>
  readonly divisions: Table<Division>
  readonly ledger: Table<LedgerRow>
  readonly records: Records
  readonly #fixed: Table<Fixed>

  constructor(path?: string) {
    this.store = new Store(path)
    this.#fixed = this.store.table('fixed')
    this.users = this.store.table('users')
    this.clients = this.store.table('clients')
    this.grants = this.store.table('grants')
    this.codes = this.store.table('codes')
    this.chains = this.store.table('chains')
    this.refreshTokens = this.store.table('refresh_tokens')
    this.accessTokens = this.store.table('access_tokens')
    this.divisions = this.store.table('divisions')
    this.ledger = this.store.table('ledger')
    this.records = new Records(this.store.table('records'))
    if (!this.#fixed.has('world')) this.reset()
  }

  /** Back to the seeded world; the clock too. */
  reset(): void {
    this.store.clear()
    this.records.reindex()
    this.#fixed.put('world', fresh)
    seed(this)
    this.store.flush()
  }

  get #world(): Fixed {
    return this.#fixed.get('world') ?? fresh
  }

  #change(part: Partial<Fixed>): void {
    this.#fixed.put('world', { ...this.#world, ...part })
  }

  /** The virtual clock in milliseconds. */
  now(): number {
    return Date.now() + this.#world.offset
  }

  advance(ms: number): void {
    this.#change({ offset: this.#world.offset + ms })
  }

  get settings(): Settings {
    return this.#world.settings
  }

  set settings(settings: Settings) {
    this.#change({ settings })
  }

  get modules(): string[] {
    return this.#world.modules
  }

  set modules(modules: string[]) {
    this.#change({ modules })
  }

  /** The next write sequence number, from 1. */
  nextSeq(): number {
    const seq = this.#world.seq + 1
    this.#change({ seq })
    return seq
  }
}

/** SHA-256 as lower-case hex: tokens are kept as nothing else. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Key of a grant, and of the one chain an app may have per user. */
export function pair(client_id: string, username: string): string {
  return `${client_id}|${username}`
}
