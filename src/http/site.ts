import type { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Failure } from '../failure.ts'
import { ok, type Result } from '../result.ts'
import { TOLD, type Told } from '../words/site-words.ts'
import type { Answer } from './answer.ts'
import type { Api } from './api.ts'
import { attempted, type FormState } from './attempt.ts'
import { readBody } from './body.ts'
import type { HttpEnv } from './context.ts'
import { Entrance } from './entrance.ts'
import { failureView } from './failure-view.tsx'
import { type Fields, fieldsOf, objectOf, oneField } from './fields-of.ts'
import { PAGE_HEADERS } from './html.ts'
import { once } from './idempotency.ts'
import { check } from './input.ts'
import { framedPage } from './layout.tsx'
import { honoPath } from './path.ts'
import type { HttpPorts } from './ports.ts'
import { problem } from './problem.ts'
import { readerOf } from './reader.ts'
import { isWent, type View, type Went } from './view.ts'
import type { Anywhere, Asked, Visit } from './visit.ts'

export type PageSpec<P extends string, Q> = { path: P; may: Asked; query?: z.ZodType<Q> }
export type FormSpec<P extends string, B> = { path: P; may: Asked; body?: z.ZodType<B> }

type Shown = Result<View, Failure>
type Done = Result<View | Went, Failure>
type Show<P extends string, Q> = (visit: Visit<P, Q>) => Promise<Done>
type Act<P extends string, B> = (visit: Visit<P> & { body: B }) => Promise<Done>
/** Show a form again, with what was typed and why it was refused. */
type Again<P extends string> = (visit: Visit<P>, form: FormState) => Promise<Shown>

/** What every form carries besides its own fields. */
const CARRIED = ['csrf', 'form_key']
const TELLING = 'told'

/** The pages as their domains see them: declare one, and it is guarded, framed, and answered in the reader's language. */
export class Site {
  readonly api: Api
  readonly entrance: Entrance
  /** Every page and form there is, as it was declared: what tests walk. */
  readonly declared: { method: 'get' | 'post'; path: string; may: Asked }[] = []

  constructor(api: Api) {
    this.api = api
    this.entrance = new Entrance(api.ports)
  }

  get ports(): HttpPorts {
    return this.api.ports
  }

  /** Declare a page for whoever is signed in and may be there. A filter in its address that makes no sense is no filter. */
  page<P extends string, Q = Record<string, never>>(spec: PageSpec<P, Q>, show: Show<P, Q>): void {
    const enter = this.entrance.door(spec)
    this.declared.push({ method: 'get', path: spec.path, may: spec.may })
    this.api.app.get(honoPath(spec.path), this.api.frame.around, async c => {
      const entered = await enter(c)
      if (!entered.ok) return this.refuse(c, entered.failure)
      const visit = { ...entered.value, query: queryOf(spec, c) }
      const done = await show(visit)
      if (done.ok && isWent(done.value)) return this.#respond(c, this.#leaving(done.value))
      const shown = done.ok ? ok(done.value as View) : done
      return this.#respond(c, await this.#paged(visit, shown, this.#telling(c)))
    })
  }

  /** Declare what a form on our pages sends. Sent twice it acts once; refused, `again` shows it as it was typed. */
  form<P extends string, B = Record<string, never>>(spec: FormSpec<P, B>, act: Act<P, B>, again?: Again<P>): void {
    const enter = this.entrance.door(spec)
    this.declared.push({ method: 'post', path: spec.path, may: spec.may })
    this.api.app.post(honoPath(spec.path), this.api.frame.around, async c => {
      const entered = await enter(c)
      if (!entered.ok) return this.refuse(c, entered.failure)
      const visit = entered.value
      const body = await readBody(c.req.raw)
      if (!body.ok) return this.refuse(c, body.failure)
      const text = new TextDecoder().decode(body.value)
      const fields = fieldsOf(text)
      if (!isOurs(c, this.ports.settings.origin) || oneField(fields, 'csrf') !== visit.csrf)
        return this.refuse(c, { kind: 'form_outdated' })
      const run = () => this.#carryOut(visit, spec, fields, act, again)
      const key = oneField(fields, 'form_key').slice(0, 100)
      const keyed = { owner: visit.person.id, key, requestHash: this.ports.hash(`${c.req.path}\n${text}`) }
      const answer = key === '' ? ok(await run()) : await once(this.ports, keyed, run)
      return answer.ok ? this.#respond(c, answer.value) : this.refuse(c, answer.failure)
    })
  }

  /** Say no: to whoever is not signed in by showing where to, to others as a page. */
  async refuse(c: Context<HttpEnv>, failure: Failure): Promise<Response> {
    const someone = failure.kind === 'unauthenticated' ? null : await this.entrance.someone(c, null)
    if (someone === null) return this.#respond(c, toSignIn(c))
    const { person, names, session } = someone
    const reader = readerOf(c, this.ports.clock.now())
    const csrf = this.entrance.csrfOf(session)
    const seen = { person, names, reader, csrf, role: null, tenant: null, formKey: () => this.entrance.formKey() }
    return this.#respond(c, await this.#framed(c, seen, failureView(reader, failure, this.api.frame.identify(c)), null))
  }

  async #carryOut<P extends string, B>(
    visit: Visit<P>,
    spec: FormSpec<P, B>,
    fields: Fields,
    act: Act<P, B>,
    again: Again<P> | undefined,
  ): Promise<Answer> {
    const { locale, words, now } = visit.reader
    const body = spec.body === undefined ? ok({} as B) : check(spec.body, objectOf(fields, CARRIED), () => locale)
    const done: Done = body.ok ? await act({ ...visit, body: body.value }) : body
    if (done.ok) return isWent(done.value) ? this.#leaving(done.value) : this.#paged(visit, ok(done.value), null)
    if (again === undefined || done.failure.kind === 'not_found') return this.#paged(visit, done, null)
    const shown = await again(visit, attempted(fields, done.failure, words))
    const { status } = problem(done.failure, locale, { now, requestId: '' })
    return this.#paged(visit, shown.ok ? ok({ ...shown.value, status }) : shown, null)
  }

  #leaving({ to, told }: Went): Answer {
    const headers = told === undefined ? {} : { 'set-cookie': this.entrance.cookies.line(TELLING, told, 60) }
    return { status: 303, headers: { location: to, ...headers }, text: null }
  }

  /** What the page before wanted to tell, once. */
  #telling(c: Context): Told | null {
    const told = TOLD.find(one => one === this.entrance.cookies.get(c, TELLING)) ?? null
    if (told !== null) this.entrance.cookies.drop(c, TELLING)
    return told
  }

  #paged<P extends string>(visit: Visit<P>, shown: Shown, told: Told | null): Promise<Answer> {
    const { c, reader } = visit
    const view = shown.ok ? shown.value : failureView(reader, shown.failure, this.api.frame.identify(c))
    return this.#framed(c, visit, view, told)
  }

  async #framed(c: Context, seen: Omit<Anywhere, 'url'>, view: View, told: Told | null): Promise<Answer> {
    const { pathname, search } = new URL(c.req.url)
    const text = String(await framedPage({ ...seen, url: `${pathname}${search}` }, view, told))
    return { status: view.status ?? 200, headers: { ...PAGE_HEADERS }, text }
  }

  /** Answer through the context: a cookie set on the way goes with it. */
  #respond(c: Context<HttpEnv>, { status, headers, text }: Answer): Response {
    for (const [name, value] of Object.entries(headers)) c.header(name, value, { append: name === 'set-cookie' })
    return text === null ? c.body(null, status as 303) : c.body(text, status as 200)
  }
}

const queryOf = <Q>({ query }: PageSpec<string, Q>, c: Context): Q => {
  const read = query?.safeParse(c.req.query())
  return (read?.success ? read.data : (query?.safeParse({}).data ?? {})) as Q
}

function toSignIn(c: Context): Answer {
  const isGet = c.req.method === 'GET'
  const { pathname, search } = new URL(c.req.url)
  const to = `/sign-in?return_to=${encodeURIComponent(isGet ? `${pathname}${search}` : '/')}`
  // A page that refreshes itself is sent there as a whole; a redirect would only fill its middle.
  if (c.req.header('hx-request') === 'true') return { status: 401, headers: { 'hx-redirect': to }, text: null }
  return { status: isGet ? 302 : 303, headers: { location: to }, text: null }
}

/** Tell whether one of our own pages sent this: browsers say from where (Fetch Metadata; RFC 6454 for those that do not). */
export function isOurs(c: Context, origin: string): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin'
  const from = c.req.header('origin')
  return from === undefined || from === new URL(origin).origin
}
