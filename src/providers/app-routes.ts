import type { Api } from '../http/api.ts'
import { listOf, PageQuery, pageOf, sliceOf } from '../http/page.ts'
import { ok } from '../result.ts'
import { createApp, replaceSecret } from './app-changes.ts'
import { App, NewApp, NewSecret, shown } from './app-form.ts'
import { listApps } from './app-store.ts'

const path = '/v1/provider-apps'

export function appRoutes(api: Api): void {
  const { db } = api.ports
  const common = { operator: true, tag: 'Provider apps' } as const

  api.route(
    {
      ...common,
      path,
      method: 'post',
      scope: 'admin',
      summary: 'Add a provider app',
      body: NewApp,
      answer: [201, App],
    },
    async ({ body, actor }) => {
      const created = await createApp(api, body, actor)
      return created.ok ? ok(shown(created.value)) : created
    },
  )

  api.route(
    {
      ...common,
      path,
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

  api.route(
    {
      ...common,
      path: `${path}/{provider_app}/client-secret`,
      method: 'post',
      scope: 'admin',
      summary: 'Replace the client secret of a provider app',
      body: NewSecret,
      answer: [204, null],
    },
    ({ params, body, actor }) => replaceSecret(api, params.provider_app, body.client_secret, actor),
  )
}
