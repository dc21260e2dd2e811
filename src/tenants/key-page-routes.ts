import { z } from '@hono/zod-openapi'
import { blank, type FormState } from '../http/attempt.ts'
import { pageOf, sliceOf } from '../http/page.ts'
import { cursorField, waysAround } from '../http/pager.ts'
import type { Site } from '../http/site.ts'
import type { View } from '../http/view.ts'
import type { Visit } from '../http/visit.ts'
import { ok } from '../result.ts'
import { createKey, endKey } from './key-changes.ts'
import { NewKey } from './key-form.ts'
import { keysBody } from './key-page.tsx'
import { listKeys } from './key-store.ts'

const PER_PAGE = 50
const path = '/t/{tenant}/settings/keys'

type Here = Pick<Visit<typeof path>, 'csrf' | 'formKey' | 'reader' | 'tenant'>
type Showing = { cursor?: string | undefined; state?: FormState; made?: string }

/** API keys of a tenant, for its administrators alone: what a key begins with is nobody else's business. */
export function keyPages(site: Site): void {
  const { api } = site

  const show = async (visit: Here, { cursor, state = blank(), made }: Showing) => {
    const { tenant, reader } = visit
    const base = `/t/${tenant.id}/settings/keys`
    const slice = sliceOf({ limit: PER_PAGE, cursor })
    const { data, next_cursor } = pageOf(await listKeys(api.ports.db, tenant.id, slice), slice, row => row)
    const pager = waysAround(base, { cursor }, next_cursor)
    return ok<View>({
      title: reader.words.site.settings.keys,
      place: 'settings',
      setting: 'keys',
      body: keysBody({ visit, base, keys: data, pager, state, made: made ?? null }),
    })
  }

  site.page({ path, may: 'write', query: z.object({ cursor: cursorField }) }, visit =>
    show(visit, { cursor: visit.query.cursor }),
  )
  site.form(
    { path, may: 'write', body: NewKey },
    async visit => {
      const { key } = await createKey(api, visit.tenant.id, visit.body, visit.actor)
      return show(visit, { made: key })
    },
    (visit, state) => show(visit, { state }),
  )
  site.form({ path: `${path}/{api_key}/revoke`, may: 'write' }, async ({ tenant, params, actor }) => {
    const ended = await endKey(api, tenant.id, params.api_key, actor)
    return ended.ok ? ok({ to: `/t/${tenant.id}/settings/keys`, told: 'revoked' }) : ended
  })
}
