import { z } from '@hono/zod-openapi'
import { isOutdated } from '../../db/compare-and-set.ts'
import { isTaken, runBatch, type Statement } from '../../db/open.ts'
import type { Actor } from '../audit/audit.ts'
import type { Failure } from '../failure.ts'
import type { Api } from '../http/api.ts'
import { reference } from '../http/fields.ts'
import { invalid } from '../http/input.ts'
import { newId, type ServiceAccountId, type TenantId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import { Email, Username } from '../seats/account-form.ts'
import { insertAccount } from '../seats/account-store.ts'
import { createIntegration } from '../seats/integration-changes.ts'
import type { NewIntegration } from '../seats/integration-form.ts'
import type { OnboardingWords } from '../words/onboarding-words.ts'
import type { Draft } from './onboarding.ts'
import { endLink, type Flow } from './onboarding-store.ts'
import { changing } from './save.ts'
import { type Target, targetOf } from './target-read.ts'
import { decideUser, type UserChosen } from './user-choice.ts'
import { readUsers } from './user-read.ts'

/** Who is to sign in; name and address are those of a new user. */
export const UserForm = z.strictObject({
  account: reference('sva'),
  username: Username.optional(),
  email: Email.optional(),
})

/**
 * Answer who will sit on the seat, before any log-in starts: a user that is used already is refused (EOL-11). The first
 * answer makes the integration, in the same batch; a later one takes the link away that named somebody else.
 */
export async function chooseUser(
  api: Api,
  tenant: TenantId,
  flow: Flow,
  asked: z.infer<typeof UserForm>,
  actor: Actor,
  words: OnboardingWords,
): Promise<Result<null, Failure>> {
  const { clock, db } = api.ports
  const target = await targetOf(db, tenant, flow.draft)
  const { users } = await readUsers(db, tenant, flow, target, clock.now())
  const chosen = decideUser(asked, users, words)
  if (!chosen.ok) return chosen
  const { account, statements } = naming(api, tenant, chosen.value, target, actor)
  try {
    if (flow.integrationId !== null) return await rename(api, tenant, flow, account, statements)
    const made = await createIntegration(api, tenant, integrationOf(flow.draft), actor, id => [
      ...statements,
      ...changing(api, tenant, flow, { integrationId: id, serviceAccountId: account }),
    ])
    return made.ok ? ok(null) : made
  } catch (error) {
    if (isTaken(error, 'service_accounts.username'))
      return invalid({ pointer: '/username', message: words.user.nameTaken(asked.username ?? '') })
    if (isOutdated(error)) return fail({ kind: 'changed_meanwhile' })
    throw error
  }
}

async function rename(
  api: Api,
  tenant: TenantId,
  flow: Flow,
  account: ServiceAccountId | null,
  statements: readonly Statement[],
): Promise<Result<null, Failure>> {
  if (account === flow.serviceAccountId) return ok(null)
  const { db, clock } = api.ports
  const link = flow.connectLinkId
  await runBatch(db, [
    ...statements,
    ...changing(api, tenant, flow, { serviceAccountId: account, connectLinkId: null }),
    ...(link === null ? [] : [endLink(db, tenant, link, clock.now())]),
  ])
  return ok(null)
}

type Named = { account: ServiceAccountId | null; statements: Statement[] }

/** Name the account that the link will ask for, with what makes it if it is new. */
function naming(api: Api, tenant: TenantId, chosen: UserChosen, target: Target, actor: Actor): Named {
  if (chosen.kind === 'anyone') return { account: null, statements: [] }
  if (chosen.kind === 'existing') return { account: chosen.id, statements: [] }
  const { clock, random, db } = api.ports
  const { username, email } = chosen
  const id = newId('sva', clock, random)
  const account = {
    id,
    provider: target.app.provider,
    username,
    email,
    kind: 'unknown' as const,
    roles: [],
    administrations: [target.administration.externalId],
    providerUserId: null,
    monthlyPriceCents: null,
    createdAt: clock.now(),
    rowVersion: 1,
  }
  const audit = api.audit(tenant, actor, 'service_account.created', id, { username })
  return { account: id, statements: [insertAccount(db, tenant, account), audit] }
}

/** Make of the answers what an integration is made of. */
function integrationOf({ source, target, bookings }: Draft): NewIntegration {
  if (source === null || target === null || bookings === null) throw new Error('Not everything has been answered')
  const { label, ...from } = source
  return {
    label,
    source: from,
    target: { provider_app_id: target.providerAppId, administration_id: target.administrationId },
    booking_kinds: bookings.kinds,
    strict: bookings.strict,
    bookkeeping: null,
  }
}
