import type { Failure } from '../failure.ts'
import { blank, type FormState } from '../http/attempt.ts'
import type { Site } from '../http/site.ts'
import type { View } from '../http/view.ts'
import type { Visit } from '../http/visit.ts'
import { appById } from '../providers/app-store.ts'
import { fail, ok, type Result } from '../result.ts'
import { BOOKING_KINDS } from '../rights/right.ts'
import { changeIntegration } from '../seats/integration-changes.ts'
import { integrationById } from '../seats/integration-store.ts'
import { IntegrationEdit, patchOf, valuesOf } from './edit-form.ts'
import { editView } from './edit-page.tsx'
import { providerOf } from './load-overview.ts'
import { pathOf } from './overview-props.ts'

const PATH = '/t/{tenant}/integrations/{integration}/edit'

/** The page on which an integration is changed. */
export function editPages(site: Site): void {
  const { ports, api } = site

  const show = async (visit: Visit<typeof PATH>, sent: FormState | null): Promise<Result<View, Failure>> => {
    const row = await integrationById(ports.db, visit.tenant.id, visit.params.integration)
    if (row === null) return fail({ kind: 'not_found' })
    const app = await appById(ports.db, row.providerAppId)
    if (app === null) throw new Error(`The app of ${row.id} is gone`)
    const provider = providerOf({ app })
    const kinds = BOOKING_KINDS.filter(kind => provider.needs(kind) !== null)
    return ok(editView(visit, row, sent ?? blank(valuesOf(row)), kinds))
  }

  site.page({ path: PATH, may: 'write' }, visit => show(visit, null))
  site.form(
    { path: PATH, may: 'write', body: IntegrationEdit },
    async ({ tenant, params, body, actor }) => {
      const row = await integrationById(ports.db, tenant.id, params.integration)
      if (row === null) return fail({ kind: 'not_found' })
      if (row.rowVersion !== body.row_version) return fail({ kind: 'changed_meanwhile' })
      const changed = await changeIntegration(api, tenant.id, row.id, patchOf(row, body), actor)
      return changed.ok ? ok({ to: pathOf(tenant.id, row.id), told: 'saved' }) : changed
    },
    show,
  )
}
