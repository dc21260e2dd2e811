// People who are signed in, put straight into the database, and browsers without scripts that open pages and send forms.
import { runBatch } from '../../db/open.ts'
import { newId, type PersonId, type TenantId } from '../../src/id.ts'
import { upsertMember, upsertPerson } from '../../src/people/person-store.ts'
import { OPERATOR_OWNER, type Role } from '../../src/people/role.ts'
import { insertSession } from '../../src/people/session-store.ts'
import type { Http } from './http.ts'

export type Opened = { status: number; html: string; location: string | null; headers: Headers }

let count = 0

/** Make someone and sign them in: of the operator, a member of a tenant, or (`nobody`) of nothing. */
export async function signIn(http: Http, role: Role | 'nobody', tenant?: TenantId): Promise<Visitor> {
  const { db, clock, random, hash } = http.ports
  const id = newId('per', clock, random)
  const session = `session-${++count}-${id}`
  const now = clock.now()
  const owner = role === 'operator' ? OPERATOR_OWNER : tenant
  const name = `${role} ${count}`
  const person = { id, issuer: 'https://login.test', subject: id, name, email: `${id}@zetel.test`, createdAt: now }
  await runBatch(db, [
    upsertPerson(db, person),
    ...(owner === undefined || role === 'nobody' ? [] : [upsertMember(db, owner, id, role, now)]),
    insertSession(db, { hash: hash(session), personId: id, createdAt: now, seenAt: now }),
  ])
  return new Visitor(http, session, id)
}

/** A browser of someone who is signed in. */
export class Visitor {
  readonly id: PersonId
  readonly #http: Http
  readonly #cookies: Map<string, string>

  constructor(http: Http, session: string, id: PersonId) {
    this.#http = http
    this.id = id
    this.#cookies = new Map([['__Host-zetel_session', session]])
  }

  prefer(name: 'locale' | 'theme' | 'zone', value: string): this {
    this.#cookies.set(`zetel_${name}`, value)
    return this
  }

  open(path: string, headers: Record<string, string> = {}): Promise<Opened> {
    return this.#ask(path, { headers })
  }

  /** Send a form's fields; what every form carries comes along unless given otherwise. */
  send(
    path: string,
    fields: Record<string, string | string[]> = {},
    headers: Record<string, string> = {},
  ): Promise<Opened> {
    const body = new URLSearchParams()
    const all = { csrf: this.csrf, ...fields }
    for (const [name, value] of Object.entries(all)) for (const one of [value].flat()) body.append(name, one)
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    return this.#ask(path, { method: 'POST', body: body.toString(), headers: { ...type, ...headers } })
  }

  get csrf(): string {
    return this.#http.site.entrance.csrfOf(this.#cookies.get('__Host-zetel_session') ?? '')
  }

  async #ask(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<Opened> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await this.#http.api.app.request(path, { ...init, headers: { cookie, ...init.headers } })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      this.#cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const html = await response.text()
    return { status: response.status, html, location: response.headers.get('location'), headers: response.headers }
  }
}
