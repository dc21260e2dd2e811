import { z } from '@hono/zod-openapi'
import { blank, type FormState } from '../http/attempt.ts'
import { pageOf, sliceOf } from '../http/page.ts'
import { cursorField, waysAround } from '../http/pager.ts'
import type { Site } from '../http/site.ts'
import type { View } from '../http/view.ts'
import type { Visit } from '../http/visit.ts'
import { ok } from '../result.ts'
import { tenantsBody } from './list-page.tsx'
import { readTenants } from './list-read.ts'
import { settingsPages } from './settings-routes.ts'
import { createTenant } from './tenant-changes.ts'
import { NewTenant } from './tenant-form.ts'

const PER_PAGE = 50

const Asked = z.object({
  q: z.string().trim().max(200).catch(''),
  cursor: cursorField,
})
const ALL: z.infer<typeof Asked> = { q: '' }

/** The operator's tenants, and each tenant's own settings. */
export function tenantPages(site: Site): void {
  const { api } = site

  const show = async (
    visit: Pick<Visit, 'csrf' | 'formKey' | 'reader'>,
    { q, cursor }: z.infer<typeof Asked> = ALL,
    state: FormState = blank({ locale: visit.reader.locale }),
  ) => {
    const slice = sliceOf({ limit: PER_PAGE, cursor })
    const { rows, apps } = await readTenants(api.ports.db, q === '' ? null : q, slice)
    const { data, next_cursor } = pageOf(rows, slice, row => row)
    const pager = waysAround('/tenants', { q, cursor }, next_cursor)
    return ok<View>({
      title: visit.reader.words.site.places.tenants,
      place: 'tenants',
      body: tenantsBody({ visit, search: q, rows: data, hasApps: apps > 0, pager, state }),
    })
  }

  site.page({ path: '/tenants', may: 'operate', query: Asked }, visit => show(visit, visit.query))
  site.form(
    { path: '/tenants', may: 'operate', body: NewTenant },
    async ({ body, actor }) => ok({ to: `/t/${(await createTenant(api, body, actor)).id}`, told: 'made' }),
    (visit, state) => show(visit, ALL, state),
  )

  settingsPages(site)
}
