import { z } from '@hono/zod-openapi'
import { runBatch } from '../../db/open.ts'
import type { Actor } from '../audit/audit.ts'
import { type MadeLink, makeConnectLink } from '../connections/make-link.ts'
import type { Failure } from '../failure.ts'
import type { Api } from '../http/api.ts'
import type { TenantId } from '../id.ts'
import { fail, type Result } from '../result.ts'
import { LOCALES, type Locale } from '../words/words.ts'
import { endLink, type Flow } from './onboarding-store.ts'
import { save } from './save.ts'

/** In which language the link's pages and the message about it speak. */
export const LinkForm = z.strictObject({ locale: z.enum(LOCALES) })

/** Make a connect link for the user that was chosen. A flow has one link at a time: the one before no longer works. */
export async function giveLink(
  api: Api,
  tenant: TenantId,
  flow: Flow,
  locale: Locale,
  actor: Actor,
): Promise<Result<MadeLink, Failure>> {
  const { db, clock } = api.ports
  const { integrationId, connectLinkId: before } = flow
  if (integrationId === null) return fail({ kind: 'changed_meanwhile' })
  const asked = { serviceAccountId: flow.serviceAccountId ?? undefined, locale }
  const made = await makeConnectLink(api, tenant, integrationId, asked, actor)
  if (!made.ok) return made
  const { id } = made.value
  const ending = before === null ? [] : [endLink(db, tenant, before, clock.now())]
  const saved = await save(api, tenant, flow, { connectLinkId: id }, ending)
  if (saved.ok) return made
  await runBatch(db, [endLink(db, tenant, id, clock.now())])
  return saved
}
