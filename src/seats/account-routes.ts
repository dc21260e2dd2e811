import type { Api } from '../http/api.ts'
import { listOf, PageQuery, pageOf, sliceOf } from '../http/page.ts'
import { fail, ok } from '../result.ts'
import { changeAccount, createAccount } from './account-changes.ts'
import { Account, AccountPatch, NewAccount, shown } from './account-form.ts'
import { accountById, listAccounts } from './account-store.ts'

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
    ({ params, body, actor }) => createAccount(api, params.tenant, body, actor),
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
    ({ params, body, actor }) => changeAccount(api, params.tenant, params.service_account, body, actor),
  )
}
