import type { Context } from 'hono'
import type { Failure } from '../failure.ts'
import { isId, type TenantId } from '../id.ts'
import { isOperator, mayAs, type Person, type Role, roleFor, roleIn } from '../people/role.ts'
import { COOKIE_SECONDS, isGood, isSeenAnew } from '../people/session.ts'
import { noteSeen, type Visit as Signed, visitOf } from '../people/session-store.ts'
import { fail, ok, type Result } from '../result.ts'
import type { HttpEnv } from './context.ts'
import { Cookies } from './cookies.ts'
import { namesIn, type ParamsOf, paramsReader } from './path.ts'
import type { HttpPorts } from './ports.ts'
import { readerOf } from './reader.ts'
import type { Asked, TenantIn, Visit } from './visit.ts'

const SESSION = 'session'

export type Entering<P extends string> = (c: Context<HttpEnv>) => Promise<Result<Visit<P>, Failure>>

/** The door for people: tells who comes with a cookie, and whether they may be where they are going. */
export class Entrance {
  readonly cookies: Cookies
  readonly #ports: HttpPorts

  constructor(ports: HttpPorts) {
    this.#ports = ports
    this.cookies = new Cookies(ports.settings.origin)
  }

  /** The secret in the cookie of whoever is signed in. */
  sessionOf(c: Context): string | null {
    return this.cookies.get(c, SESSION)
  }

  /** Begin a session in this browser. */
  admit(c: Context, session: string): void {
    this.cookies.set(c, SESSION, session, COOKIE_SECONDS)
  }

  dismiss(c: Context): void {
    this.cookies.drop(c, SESSION)
  }

  /** The secret that a form must carry: it is made of the session, so another site cannot know it. */
  csrfOf(session: string): string {
    return this.#ports.hash(`csrf ${session}`)
  }

  /** A fresh name for a form. */
  formKey(): string {
    return Array.from(this.#ports.random(12), byte => byte.toString(16).padStart(2, '0')).join('')
  }

  /** Who is here, and the tenant they ask for, if they have a good session. */
  async someone(c: Context, tenant: TenantId | null): Promise<(Signed & { session: string }) | null> {
    const session = this.sessionOf(c)
    if (session === null) return null
    const { db, hash, clock } = this.#ports
    const now = clock.now()
    const found = await visitOf(db, hash(session), tenant)
    if (found === null || !isGood(found.times, now)) return null
    // A page that refreshes itself must not keep its reader signed in.
    if (isSeenAnew(found.times, now) && c.req.header('hx-request') !== 'true') await noteSeen(db, hash(session), now)
    return { ...found, session }
  }

  /**
   * Make the door of one path: a good session, and in the tenant that the path names a role that is enough. A tenant they
   * are no member of is refused exactly as one that does not exist (P34).
   */
  door<P extends string>(spec: { path: P; may: Asked }): Entering<P> {
    const read: (c: Context) => ParamsOf<P> | null = paramsReader(spec.path)
    const named = namesIn(spec.path).includes('tenant')
    const isTenantHere = (tenant: unknown): tenant is TenantIn<P> => named === (tenant !== null)
    return async c => {
      const asked = c.req.param('tenant') ?? ''
      const found = await this.someone(c, named && isId('ten', asked) ? asked : null)
      if (found === null) return fail({ kind: 'unauthenticated' })
      const { person, names, session } = found
      const tenant = named ? found.tenant : null
      const role = tenant === null ? anywhere(person) : roleIn(person, tenant.id)
      const params = read(c)
      if (params === null || !isTenantHere(tenant) || (named && role === null)) return fail({ kind: 'not_found' })
      if (!isEnough(role, spec.may))
        return fail({ kind: 'role_missing', role: roleFor(spec.may === 'member' ? 'read' : spec.may) })
      const actor = `person:${person.id}` as const
      const reader = readerOf(c, this.#ports.clock.now())
      const csrf = this.csrfOf(session)
      return ok({
        c,
        person,
        role,
        names,
        tenant,
        params,
        query: {},
        actor,
        reader,
        csrf,
        formKey: () => this.formKey(),
      })
    }
  }
}

/** Where no tenant is named only the operator's own people are something. */
const anywhere = (person: Person): Role | null => (isOperator(person) ? 'operator' : null)

const isEnough = (role: Role | null, asked: Asked): boolean =>
  asked === 'member' || (role !== null && mayAs(role, asked))
