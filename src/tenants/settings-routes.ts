import { z } from '@hono/zod-openapi'
import { blank, type FormState } from '../http/attempt.ts'
import { pageOf, sliceOf } from '../http/page.ts'
import { cursorField, waysAround } from '../http/pager.ts'
import type { Site } from '../http/site.ts'
import type { View } from '../http/view.ts'
import { createAdministration, NewAdministration } from '../providers/administration-changes.ts'
import { listAdministrations } from '../providers/administration-store.ts'
import { ok } from '../result.ts'
import { type SettingsProps, settingsBody } from './settings-page.tsx'
import { changeTenant } from './tenant-changes.ts'
import { TenantPatch } from './tenant-form.ts'

const PER_PAGE = 50

/** The fields of the tenant itself stand apart from those of a new administration on the same page. */
const Changed = z.strictObject({ tenant: TenantPatch.required() })

/** A tenant's own settings, with its administrations. */
export function settingsPages(site: Site): void {
  const { api } = site
  const path = '/t/{tenant}/settings'

  const show = async (
    visit: SettingsProps['visit'],
    cursor: string | undefined,
    states: { general?: FormState; adding?: FormState } = {},
  ) => {
    const { tenant, reader } = visit
    const slice = sliceOf({ limit: PER_PAGE, cursor })
    const rows = await listAdministrations(api.ports.db, tenant.id, slice)
    const { data, next_cursor } = pageOf(rows, slice, row => row)
    const pager = waysAround(`/t/${tenant.id}/settings`, { cursor }, next_cursor)
    const general = states.general ?? blank({ 'tenant.name': tenant.name, 'tenant.locale': tenant.locale })
    const adding = states.adding ?? blank()
    return ok<View>({
      title: reader.words.site.settings.general,
      place: 'settings',
      setting: 'general',
      body: settingsBody({ visit, administrations: data, pager, general, adding }),
    })
  }

  site.page({ path, may: 'read', query: z.object({ cursor: cursorField }) }, visit => show(visit, visit.query.cursor))
  site.form(
    { path, may: 'write', body: Changed },
    async ({ tenant, body, actor }) => {
      const changed = await changeTenant(api, tenant.id, body.tenant, actor)
      return changed.ok ? ok({ to: `/t/${tenant.id}/settings`, told: 'saved' }) : changed
    },
    (visit, general) => show(visit, undefined, { general }),
  )
  site.form(
    { path: '/t/{tenant}/settings/administrations', may: 'write', body: NewAdministration },
    async ({ tenant, body, actor }) => {
      const created = await createAdministration(api, tenant.id, body, actor)
      return created.ok ? ok({ to: `/t/${tenant.id}/settings`, told: 'made' }) : created
    },
    (visit, adding) => show(visit, undefined, { adding }),
  )
}
