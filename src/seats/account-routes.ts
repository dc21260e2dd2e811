import type { z } from '@hono/zod-openapi'
import { isOutdated, orUndoAll } from '../../db/compare-and-set.ts'
import { isTaken, runBatch } from '../../db/open.ts'
import type { Failure } from '../failure.ts'
import type { Api } from '../http/api.ts'
import { listOf, PageQuery, pageOf, sliceOf } from '../http/page.ts'
import type { Call } from '../http/spec.ts'
import { newId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import { Account, AccountPatch, changeFrom, NewAccount, shown } from './account-form.ts'
import { accountById, insertAccount, listAccounts, updateAccount } from './account-store.ts'

const tag = 'Service accounts'
const collection = '/v1/tenants/{tenant}/service-accounts'
const one = `${collection}/{service_account}` as const

export function accountRoutes(api: Api): void {
  const { db } = api.ports

  api.route(
    {
      method: 'post',
      path: collection,
      scope: 'write',
      tag,
      summary: 'Add a service account',
      body: NewAccount,
      answer: [201, Account],
    },
    call => createAccount(api, call),
  )

  api.route(
    {
      method: 'get',
      path: collection,
      scope: 'read',
      tag,
      summary: 'List the service accounts',
      query: PageQuery,
      answer: [200, listOf(Account)],
    },
    async ({ params: { tenant }, query }) => {
      const slice = sliceOf(query)
      return ok(pageOf(await listAccounts(db, tenant, slice), slice, shown))
    },
  )

  api.route(
    { method: 'get', path: one, scope: 'read', tag, summary: 'Show a service account', answer: [200, Account] },
    async ({ params }) => {
      const account = await accountById(db, params.tenant, params.service_account)
      return account === null ? fail({ kind: 'not_found' }) : ok(shown(account))
    },
  )

  api.route(
    {
      method: 'patch',
      path: one,
      scope: 'write',
      tag,
      summary: 'Change a service account',
      body: AccountPatch,
      answer: [200, Account],
    },
    call => changeAccount(api, call),
  )
}

async function createAccount(
  api: Api,
  { params: { tenant }, body, actor }: Call<typeof collection, z.infer<typeof NewAccount>>,
): Promise<Result<Account, Failure>> {
  const { clock, random, db } = api.ports
  const { monthly_price_cents: monthlyPriceCents, ...fields } = body
  const account = {
    id: newId('sva', clock, random),
    ...fields,
    monthlyPriceCents,
    providerUserId: null,
    createdAt: clock.now(),
  }
  const audit = api.audit(tenant, actor, 'service_account.created', account.id, { username: body.username })
  try {
    await runBatch(db, [insertAccount(db, tenant, { ...account, rowVersion: 1 }), audit])
  } catch (error) {
    return refusal(error)
  }
  return ok(shown({ ...account, seat: null }))
}

async function changeAccount(
  api: Api,
  { params, body, actor }: Call<typeof one, z.infer<typeof AccountPatch>>,
): Promise<Result<Account, Failure>> {
  const { db } = api.ports
  const account = await accountById(db, params.tenant, params.service_account)
  if (account === null) return fail({ kind: 'not_found' })
  const change = changeFrom(body)
  if (Object.keys(change).length === 0) return ok(shown(account))
  const audit = api.audit(params.tenant, actor, 'service_account.changed', account.id, {
    fields: Object.keys(body).join(' '),
  })
  try {
    await runBatch(db, [updateAccount(db, params.tenant, account, change), orUndoAll(db), audit])
  } catch (error) {
    return refusal(error)
  }
  return ok(shown({ ...account, ...change }))
}

function refusal(error: unknown): { ok: false; failure: Failure } {
  if (isTaken(error, 'service_accounts.username')) return fail({ kind: 'already_exists', what: 'service_account' })
  if (isOutdated(error)) return fail({ kind: 'changed_meanwhile' })
  throw error
}
