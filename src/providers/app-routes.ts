import { z } from '@hono/zod-openapi'
import { isTaken, runBatch } from '../../db/open.ts'
import { OPERATOR } from '../audit/store.ts'
import { rfc3339 } from '../clock.ts'
import { secretPlace } from '../connections/secret.ts'
import type { Failure } from '../failure.ts'
import type { Api } from '../http/api.ts'
import { distinct, id, line, moment } from '../http/fields.ts'
import { invalid } from '../http/input.ts'
import { listOf, PageQuery, pageOf, sliceOf } from '../http/page.ts'
import type { Call } from '../http/spec.ts'
import { newId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import { type AppRow, insertApp, listApps } from './app-store.ts'
import { baseUrlFrom } from './base-url.ts'
import { PROVIDER_NAMES } from './provider.ts'

const fields = {
  provider: z.enum(PROVIDER_NAMES),
  client_id: line(300),
  registration: z.enum(['published', 'self_registered']),
  scopes: distinct(line(200), 200),
}
const callsPerMinute = z.number().int().min(1).max(10_000).nullable()

const NewApp = z
  .strictObject({
    ...fields,
    base_url: z.string().max(300).openapi({ example: 'https://start.exactonline.nl' }),
    client_secret: line(1_000).openapi({ writeOnly: true }),
    calls_per_minute: callsPerMinute.default(null),
  })
  .openapi('NewProviderApp')

const App = z
  .strictObject({
    id: id('app'),
    ...fields,
    base_url: z.string(),
    calls_per_minute: callsPerMinute,
    created_at: moment,
  })
  .openapi('ProviderApp')
type App = z.infer<typeof App>

const shown = (row: AppRow): App => ({
  id: row.id,
  provider: row.provider,
  base_url: row.baseUrl,
  client_id: row.clientId,
  registration: row.registration,
  scopes: [...row.scopes],
  calls_per_minute: row.callsPerMinute,
  created_at: rfc3339(row.createdAt),
})

const tag = 'Provider apps'
const path = '/v1/provider-apps'

export function appRoutes(api: Api): void {
  const { db } = api.ports
  const common = { path, operator: true, tag } as const

  api.route(
    { ...common, method: 'post', scope: 'admin', summary: 'Add a provider app', body: NewApp, answer: [201, App] },
    call => createApp(api, call),
  )

  api.route(
    {
      ...common,
      method: 'get',
      scope: 'read',
      summary: 'List the provider apps',
      query: PageQuery,
      answer: [200, listOf(App)],
    },
    async ({ query }) => {
      const slice = sliceOf(query)
      return ok(pageOf(await listApps(db, slice), slice, shown))
    },
  )
}

async function createApp(
  api: Api,
  { body, actor }: Call<typeof path, z.infer<typeof NewApp>>,
): Promise<Result<App, Failure>> {
  const { clock, random, db, vault, settings } = api.ports
  const baseUrl = baseUrlFrom(body.base_url, settings.loopbackAllowed)
  if (baseUrl === null)
    return invalid({ pointer: '/base_url', message: 'An https address without path, query or user' })
  const app = {
    id: newId('app', clock, random),
    provider: body.provider,
    baseUrl,
    clientId: body.client_id,
    registration: body.registration,
    scopes: body.scopes,
    callsPerMinute: body.calls_per_minute,
    createdAt: clock.now(),
  }
  const sealedSecret = await vault.seal(secretPlace(app.provider, app.id), body.client_secret)
  const audit = api.audit(OPERATOR, actor, 'provider_app.created', app.id, {
    provider: app.provider,
    client_id: app.clientId,
  })
  try {
    await runBatch(db, [insertApp(db, { ...app, sealedSecret }), audit])
  } catch (error) {
    if (isTaken(error, 'provider_apps.client_id')) return fail({ kind: 'already_exists', what: 'provider_app' })
    throw error
  }
  return ok(shown(app))
}
