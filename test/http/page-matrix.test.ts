import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prefixOf } from '../../src/http/path.ts'
import { type IdByPrefix, newId } from '../../src/id.ts'
import { everythingIn, type Furnished, furnish } from '../support/furnished.ts'
import { type Http, startHttp } from '../support/http.ts'
import { type Opened, signIn, type Visitor } from '../support/people.ts'
import { PAGE_MATRIX } from './page-matrix.ts'

// Every page and form of the dashboard, walked by everyone who might come there.

let http: Http
let mine: Furnished
let theirs: Furnished
let operator: Visitor
let nobody: Visitor
beforeAll(async () => {
  http = await startHttp()
  mine = await furnish(http)
  theirs = await furnish(http)
  operator = await signIn(http, 'operator')
  nobody = await signIn(http, 'nobody')
})
afterAll(() => http.close())

type Route = Http['site']['declared'][number]

const fill = (path: string, idOf: (name: string) => string): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => idOf(name))

const own = (path: string): string => fill(path, name => mine.ids[name] ?? '')
const named = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
const randomId = (name: string): string => newId(prefixOf(name) as keyof IdByPrefix, http.clock, http.ports.random)

const go = (someone: Visitor, { method }: Pick<Route, 'method'>, path: string): Promise<Opened> =>
  method === 'get' ? someone.open(path) : someone.send(path)

/** What someone sees, but for what is different on every page. */
const seen = ({ status, html, location }: Opened) => ({
  status,
  location: location?.replaceAll(/[a-z]{3}_[0-9a-z]{26}/g, 'ID'),
  html: html.replaceAll(/[a-z]{3}_[0-9a-z]{26}|value="[0-9a-f]{24,64}"|req_[0-9a-f]+/g, 'ID'),
})

const key = ({ method, path }: Route): string => `${method} ${path}`

describe('P33 every page and form', () => {
  it('is in the matrix, with what it asks of who comes', () => {
    expect(Object.fromEntries(http.site.declared.map(route => [key(route), route.may]))).toEqual(PAGE_MATRIX)
  })

  it('changes something only for who may write', () => {
    for (const [route, may] of Object.entries(PAGE_MATRIX))
      if (route.startsWith('post /t/')) expect(['write', 'operate'], route).toContain(may)
  })

  it('leads whoever is not signed in to signing in', async () => {
    for (const route of http.site.declared) {
      const answer = await http.api.app.request(own(route.path), { method: route.method.toUpperCase() })
      expect([302, 303], key(route)).toContain(answer.status)
      expect(answer.headers.get('location'), key(route)).toMatch(/^\/sign-in\?/)
    }
  })

  it('is refused to whoever lacks the role, with nothing changed', async () => {
    const before = await everythingIn(http)
    const status = async (someone: Visitor, route: Route) => (await go(someone, route, own(route.path))).status
    for (const route of http.site.declared) {
      const inTenant = route.path.startsWith('/t/')
      if (route.may === 'write' || route.may === 'operate')
        expect(await status(mine.viewer, route), `viewer ${key(route)}`).toBe(403)
      if (route.may === 'operate') expect(await status(mine.admin, route), `admin ${key(route)}`).toBe(403)
      if (route.may !== 'member') expect(await status(nobody, route), `nobody ${key(route)}`).toBe(inTenant ? 404 : 403)
    }
    expect(await everythingIn(http)).toEqual(before)
  })

  it('is open to whoever has the role', async () => {
    for (const route of http.site.declared) {
      if (route.method !== 'get') continue
      const allowed =
        route.may === 'operate'
          ? [operator]
          : route.may === 'write'
            ? [operator, mine.admin]
            : [operator, mine.admin, mine.viewer]
      for (const someone of allowed) {
        const { status } = await someone.open(own(route.path))
        expect([401, 403, 404, 422], key(route)).not.toContain(status)
        expect(status, key(route)).toBeLessThan(500)
      }
    }
  })
})

describe('P34 another tenant’s', () => {
  it('pages and forms answer as those of no tenant, with nothing changed', async () => {
    const before = await everythingIn(http)
    for (const route of http.site.declared) {
      if (!route.path.startsWith('/t/')) continue
      const answer = seen(
        await go(
          mine.admin,
          route,
          fill(route.path, name => theirs.ids[name] ?? ''),
        ),
      )
      expect(answer.status, key(route)).toBe(404)
      expect(answer, key(route)).toEqual(seen(await go(mine.admin, route, fill(route.path, randomId))))
    }
    expect(await everythingIn(http)).toEqual(before)
  })

  it('ids below the own tenant answer as random ones, with nothing changed', async () => {
    const before = await everythingIn(http)
    for (const route of http.site.declared) {
      for (const swapped of named(route.path).filter(name => name !== 'tenant' && name !== 'provider_app')) {
        const withId = (id: string) => fill(route.path, name => (name === swapped ? id : (mine.ids[name] ?? '')))
        const answer = seen(await go(mine.admin, route, withId(theirs.ids[swapped] ?? '')))
        expect(answer, `${key(route)} ${swapped}`).toEqual(seen(await go(mine.admin, route, withId(randomId(swapped)))))
        expect(answer.html).not.toContain(`secret of ${theirs.tenant}`)
      }
    }
    expect(await everythingIn(http)).toEqual(before)
  })
})
