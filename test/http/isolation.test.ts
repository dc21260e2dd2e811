import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../src/id.ts'
import { type Answered, type Http, startHttp } from '../support/http.ts'
import { addFurnishedTenant, newIntegration } from '../support/tenancy.ts'

type Furnished = Awaited<ReturnType<typeof addFurnishedTenant>>

let http: Http
let mine: Furnished
let theirs: Furnished
beforeAll(async () => {
  http = await startHttp()
  mine = await addFurnishedTenant(http)
  theirs = await addFurnishedTenant(http)
})
afterAll(() => http.close())

/** Every parameter that names a thing, of this tenant, of another, and of nobody. */
const names = {
  tenant: () => [mine.id, theirs.id, newId('ten', http.clock, http.ports.random)],
  api_key: () => [mine.apiKey, theirs.apiKey, newId('key', http.clock, http.ports.random)],
  service_account: () => [mine.account, theirs.account, newId('sva', http.clock, http.ports.random)],
  integration: () => [mine.integration, theirs.integration, newId('int', http.clock, http.ports.random)],
} as const
type Name = keyof typeof names
const isName = (name: string): name is Name => name in names
const MALFORMED = 'ten_OIL'

/** The routes of plain resources; those of seats answer by the seat, and have a test of their own. */
const OWN = /\/(tenants|administrations|api-keys|service-accounts|integrations|requirements)(\/\{\w+\})?$/

const bodyOf = (method: string, path: string): object | undefined => {
  if (method !== 'post') return method === 'patch' ? {} : undefined
  if (path.endsWith('integrations')) return newIntegration(mine.app, mine.administration)
  if (path.endsWith('api-keys')) return { label: 'x', scopes: ['read'] }
  if (path.endsWith('administrations')) return { provider: 'exact-online', external_id: '987654', name: 'x' }
  return { provider: 'exact-online', username: 'x', email: 'x@x.example' }
}

/** All that a caller can see of an answer but the id of the request. */
const seen = ({ status, text, headers }: Answered) => ({
  status,
  text,
  headers: [...headers].filter(([name]) => name !== 'x-request-id'),
})

const snapshot = async () => {
  const tables = ['tenants', 'api_keys', 'administrations', 'service_accounts', 'integrations', 'connections', 'audit']
  return Promise.all(tables.map(table => http.db.all(sql`select * from ${sql.identifier(table)} order by rowid`)))
}

describe('P34 another tenant’s id answers exactly as a random one', () => {
  it('on every parameter of every route, with nothing changed', async () => {
    const routes = http.api.described.filter(({ path }) => path.startsWith('/v1/tenants/') && OWN.test(path))
    expect(routes.length).toBeGreaterThanOrEqual(15)
    const before = await snapshot()
    for (const { method, path } of routes) {
      const given = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
      for (const name of given) {
        const ask = async (id: string) => {
          const at = path.replaceAll(/\{(\w+)\}/g, (_, other: string) =>
            other === name ? id : String(isName(other) ? names[other]()[0] : 'x'),
          )
          return seen(await http.call(method.toUpperCase(), at, { key: mine.key, body: bodyOf(method, path) }))
        }
        if (!isName(name)) throw new Error(`Nobody says what another tenant’s ${name} is`)
        const [, other, random] = names[name]()
        const answer = await ask(other ?? '')
        expect(answer, `${method} ${path} ${name}`).toMatchObject({ status: 404 })
        expect(await ask(random ?? ''), `${method} ${path} ${name}`).toEqual(answer)
        expect(await ask(MALFORMED), `${method} ${path} ${name}`).toEqual(answer)
      }
    }
    expect(await snapshot()).toEqual(before)
  })

  it('inside a body: another tenant’s administration is as unknown as a random one', async () => {
    const ask = async (id: string) => {
      const body = newIntegration(mine.app, id)
      return seen(await http.call('POST', `${mine.path}/integrations`, { key: mine.key, body }))
    }
    const answer = await ask(theirs.administration)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('/target/administration_id')
    expect(await ask(newId('adm', http.clock, http.ports.random))).toEqual(answer)
    expect(await ask('nonsense')).toEqual(answer)
  })

  it('in lists: nobody sees what is another tenant’s', async () => {
    for (const list of ['administrations', 'api-keys', 'service-accounts', 'integrations']) {
      const { text, status } = await http.call('GET', `${mine.path}/${list}`, { key: mine.key })
      expect(status).toBe(200)
      for (const id of [theirs.id, theirs.administration, theirs.account, theirs.integration, theirs.apiKey])
        expect(text).not.toContain(id)
    }
  })

  it('and a cursor from another tenant’s list shows nothing of it', async () => {
    const page = await http.call('GET', `${theirs.path}/api-keys?limit=1`, { key: theirs.key })
    const cursor = String(page.body.next_cursor)
    const { text } = await http.call('GET', `${mine.path}/api-keys?cursor=${cursor}`, { key: mine.key })
    expect(text).not.toContain(theirs.apiKey)
  })
})

describe('secrets', () => {
  it('stand in no answer but the one that shows them once', async () => {
    const secret = 'a-client-secret-nobody-may-see'
    const app = {
      provider: 'exact-online',
      base_url: 'https://start.exactonline.nl',
      client_id: 'q',
      client_secret: secret,
      registration: 'published',
      scopes: [],
    }
    const created = await http.call('POST', '/v1/provider-apps', { body: app, headers: { 'idempotency-key': 'q' } })
    expect(created.status).toBe(201)
    const shown = await http.call('POST', `${mine.path}/api-keys`, { body: { label: 'x', scopes: ['read'] } })
    const answers = [created]
    for (const { method, path } of http.api.described) {
      if (method !== 'get' || path.includes('{path}') || path.endsWith('/token')) continue
      const at = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(isName(name) ? names[name]()[0] : 'x'))
      answers.push(await http.call('GET', at))
    }
    for (const { text } of answers) {
      expect(text).not.toContain(secret)
      expect(text).not.toContain(String(shown.body.key))
      expect(text).not.toContain(http.ports.hash(String(shown.body.key)))
    }
    const reported = http.reports.map(({ what, error }) => `${what} ${error}`).join()
    expect(reported).not.toContain(secret)
  })
})
