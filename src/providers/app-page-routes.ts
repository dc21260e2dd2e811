import { z } from '@hono/zod-openapi'
import { blank, type FormState } from '../http/attempt.ts'
import { pageOf, sliceOf } from '../http/page.ts'
import { cursorField, waysAround } from '../http/pager.ts'
import type { Site } from '../http/site.ts'
import type { View } from '../http/view.ts'
import type { Visit } from '../http/visit.ts'
import type { ProviderAppId } from '../id.ts'
import { fail, ok } from '../result.ts'
import { createApp, replaceSecret } from './app-changes.ts'
import { AppFields, NewSecret } from './app-form.ts'
import { appsBody } from './app-list-page.tsx'
import { appBody } from './app-page.tsx'
import { appInUse, listAppsInUse } from './app-store.ts'

const PER_PAGE = 50
const path = '/provider-apps'
const one = `${path}/{provider_app}` as const

type Here = Pick<Visit, 'csrf' | 'formKey' | 'reader'>

/** The operator's provider apps. What is typed as a secret is sealed and stands in no page. */
export function appPages(site: Site): void {
  const { api } = site
  const { db, settings } = api.ports
  const redirect = `${settings.origin}/oauth/callback`

  const showAll = async (visit: Here, cursor: string | undefined, state: FormState = blank()) => {
    const slice = sliceOf({ limit: PER_PAGE, cursor })
    const { data: apps, next_cursor } = pageOf(await listAppsInUse(db, slice), slice, row => row)
    const pager = waysAround(path, { cursor }, next_cursor)
    const title = visit.reader.words.site.places.apps
    return ok<View>({ title, place: 'apps', body: appsBody({ visit, apps, redirect, pager, state }) })
  }

  const showOne = async (visit: Here, id: ProviderAppId, state: FormState = blank()) => {
    const app = await appInUse(db, id)
    if (app === null) return fail({ kind: 'not_found' as const })
    return ok<View>({
      title: app.clientId,
      place: 'apps',
      trail: [{ label: visit.reader.words.site.places.apps, url: path }],
      body: appBody({ visit, app, redirect, state }),
    })
  }

  site.page({ path, may: 'operate', query: z.object({ cursor: cursorField }) }, visit =>
    showAll(visit, visit.query.cursor),
  )
  site.form(
    { path, may: 'operate', body: AppFields },
    async ({ body, actor }) => {
      const created = await createApp(api, body, actor)
      return created.ok ? ok({ to: `${path}/${created.value.id}`, told: 'made' }) : created
    },
    (visit, state) => showAll(visit, undefined, state),
  )
  site.page({ path: one, may: 'operate' }, visit => showOne(visit, visit.params.provider_app))
  site.form(
    { path: `${one}/client-secret`, may: 'operate', body: NewSecret },
    async ({ params: { provider_app: id }, body, actor }) => {
      const replaced = await replaceSecret(api, id, body.client_secret, actor)
      return replaced.ok ? ok({ to: `${path}/${id}`, told: 'saved' }) : replaced
    },
    (visit, state) => showOne(visit, visit.params.provider_app, state),
  )
}
