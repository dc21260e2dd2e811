import { randomUUID } from 'node:crypto'
import { endChains } from './chains.ts'
import { clientNamed, consent } from './consent.ts'
import { type Input, inputs } from './control-inputs.ts'
import { endpoints } from './endpoints.ts'
import type { Fault, FaultInput } from './faults.ts'
import type { Client, Division, LedgerRow, User } from './model.ts'
import { upserted, withRight } from './people.ts'
import type { Provider } from './provider.ts'
import type { AwaitInput, LogEntry } from './request-log.ts'
import { addDivision } from './seed.ts'
import { patched, type Settings, type SettingsPatch, settingsPatch } from './settings.ts'
import { chainStates, snapshot } from './snapshot.ts'
import { pair } from './state.ts'

/** A control call that names somebody or something unknown. */
export class UnknownName extends Error {}

/** The powers of the control interface, in process; over HTTP each is one path under /_control/. */
export class Control {
  readonly #provider: Provider

  constructor(provider: Provider) {
    this.#provider = provider
  }

  get #world() {
    return this.#provider.world
  }

  /** Users, companies, settings and master data as they stand; no secrets and no tokens. */
  state() {
    return snapshot(this.#world)
  }

  /** Change settings; gives all of them. */
  settings(patch: SettingsPatch): Settings {
    return this.#kept(() => {
      this.#world.settings = patched(this.#world.settings, settingsPatch.parse(patch))
      return this.#world.settings
    })
  }

  /** Add a user, or change one; a new one has no company until given. */
  users(input: Input<'user'>): User {
    const user = upserted(this.#world, inputs.user.parse(input))
    return this.#kept(() => this.#world.users.put(user.username, user))
  }

  /** Give or take a right. */
  rights(input: Input<'right'>): User {
    const given = inputs.right.parse(input)
    if (given.endpoint !== '*' && !endpoints.has(given.endpoint)) throw new UnknownName(`no endpoint ${given.endpoint}`)
    return this.#changeUser(given.username, user => withRight(this.#world, user, given))
  }

  /** Give or take a user's access to a company. */
  divisionsAccess(input: Input<'access'>): User {
    const { username, division, allowed } = inputs.access.parse(input)
    return this.#changeUser(username, user => {
      const others = user.divisions.filter(code => code !== division)
      return { ...user, divisions: allowed ? [...others, division] : others }
    })
  }

  /** Change which companies a grant covers, as its user can in the App permissions. */
  grantScope(input: Input<'grantScope'>): void {
    const { username, client_id, divisions } = inputs.grantScope.parse(input)
    const key = pair(client_id, this.#user(username).username)
    const grant = this.#world.grants.get(key)
    if (grant === undefined) throw new UnknownName(`no grant of ${username} to ${client_id}`)
    this.#kept(() => this.#world.grants.put(key, { ...grant, divisions }))
  }

  /** Register an app, or change its registration. */
  clients(input: Input<'client'>): Omit<Client, 'client_secret'> {
    const { client_id, client_secret, scopes, registration } = inputs.client.parse(input)
    const old = clientNamed(this.#world, client_id)
    const client: Client = {
      client_id,
      client_secret: client_secret ?? old.client_secret,
      scopes: scopes === undefined ? old.scopes : scopes,
      registration: registration ?? old.registration,
    }
    this.#kept(() => this.#world.clients.put(client_id, client))
    return { client_id, scopes: client.scopes, registration: client.registration }
  }

  /** Set the modules of the subscription. */
  modules(input: Input<'modules'>): string[] {
    const { modules } = inputs.modules.parse(input)
    return this.#kept(() => {
      this.#world.modules = modules
      return modules
    })
  }

  /** Block a user with a reason, or unblock with null. */
  block(input: Input<'block'>): User {
    const { username, reason } = inputs.block.parse(input)
    return this.#changeUser(username, user => ({ ...user, block_reason: reason }))
  }

  /** Revoke what a user gave an app: refresh and access tokens stop at once. */
  revoke(input: Input<'revoke'>): void {
    const { username, client_id } = inputs.revoke.parse(input)
    const user = this.#user(username)
    this.#kept(() => {
      endChains(this.#world, client_id, user.username, 'revoked')
      this.#world.grants.delete(pair(client_id, user.username))
    })
  }

  /** Move the virtual clock; gives the time it then has. */
  clock(input: Input<'clock'>): { now: string } {
    this.#kept(() => this.#world.advance(inputs.clock.parse(input).advance_ms))
    return { now: new Date(this.#world.now()).toISOString() }
  }

  /** Consent as a user would on the page; gives where the browser would go. */
  consent(input: Input<'consent'>): { location: string } {
    const location = this.#kept(() => consent(this.#world, inputs.consent.parse(input)))
    if (location === null) throw new UnknownName(`no user ${input.username}`)
    return { location }
  }

  /** Add a company with the master data every company starts with. */
  divisions(input: Input<'division'>): Division {
    const division = inputs.division.parse(input)
    this.#kept(() => addDivision(this.#world, division))
    return division
  }

  /** Add master data, or replace what has the same Code; gives its id. */
  records(input: Input<'record'>): { id: string } {
    const { division, endpoint, data } = inputs.record.parse(input)
    if (!endpoints.has(endpoint)) throw new UnknownName(`no endpoint ${endpoint}`)
    const old = data.Code == null ? undefined : this.#world.records.byCode(division, endpoint, String(data.Code))
    const id = (typeof data.ID === 'string' ? data.ID.toLowerCase() : undefined) ?? old?.id ?? randomUUID()
    const whole = { ...old?.data, ...data, ID: id, Division: division }
    this.#kept(() => this.#world.records.put({ division, endpoint, id, visible_at: 0, data: whole }))
    return { id }
  }

  /** What was written, in order; bookings unless asked for created relations and items. */
  ledger(input: Input<'ledger'> = {}): LedgerRow[] {
    const { kind } = inputs.ledger.parse(input)
    return this.#world.ledger.values().filter(row => kind === 'all' || row.kind === kind)
  }

  /** Requests to the provider after a log number. */
  log(since = 0): LogEntry[] {
    return this.#provider.log.list(since)
  }

  /** The token chains, for an oracle: hashes only. */
  chains() {
    return chainStates(this.#world)
  }

  faults(input: FaultInput): Fault {
    return this.#provider.faults.add(input)
  }

  /** Faults asked for so far, with how often each fired. */
  listFaults(): Fault[] {
    return this.#provider.faults.list()
  }

  clearFaults(): void {
    this.#provider.faults.clear()
  }

  /** Let go of held requests. */
  release(input: Input<'release'> = {}): { released: number } {
    return { released: this.#provider.faults.release(inputs.release.parse(input).id) }
  }

  /** Resolve once the log holds enough matching requests. */
  awaitRequests(input: AwaitInput): Promise<{ reached: boolean; count: number }> {
    return this.#provider.log.until(input)
  }

  /** Back to the seeded world, without faults, log or spent budgets. */
  reset(): void {
    this.#provider.faults.clear()
    this.#provider.log.clear()
    this.#provider.limits.clear()
    this.#provider.tokenCalls.clear()
    this.#world.reset()
  }

  #user(username: string): User {
    const user = this.#world.users.get(username.toLowerCase())
    if (user === undefined) throw new UnknownName(`no user ${username}`)
    return user
  }

  #changeUser(username: string, change: (user: User) => User): User {
    const user = change(this.#user(username))
    return this.#kept(() => this.#world.users.put(user.username, user))
  }

  #kept<T>(change: () => T): T {
    const result = change()
    this.#world.store.flush()
    return result
  }
}
