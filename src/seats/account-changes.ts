import { isOutdated, orUndoAll } from '../../db/compare-and-set.ts'
import { isTaken, runBatch, type Statement } from '../../db/open.ts'
import type { Actor } from '../audit/audit.ts'
import type { Failure } from '../failure.ts'
import type { Api } from '../http/api.ts'
import { invalid } from '../http/input.ts'
import { newId, type ServiceAccountId, type TenantId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import {
  type Account,
  type AccountPatch,
  changeFrom,
  type NewAccount,
  type SharedByAccounts,
  shown,
} from './account-form.ts'
import { type BadLine, MOST_LINES, nameKey, readLines } from './account-lines.ts'
import { accountById, insertAccount, seatsOfAccount, takenUsernames, updateAccount } from './account-store.ts'

/** Add a service account that sits nowhere yet. Refused when the provider's username is known already. */
export async function createAccount(
  api: Api,
  tenant: TenantId,
  body: NewAccount,
  actor: Actor,
): Promise<Result<Account, Failure>> {
  const account = newAccount(api, body)
  const saved = await save(api, adding(api, tenant, account, actor))
  return saved.ok ? ok(shown({ ...account, seat: null })) : saved
}

/**
 * Add up to 200 service accounts that are typed as `username; email`, one on a line: all of them or none. Each line that
 * cannot be taken is named with its number and its fault. Gives how many were made.
 */
export async function createAccounts(
  api: Api,
  tenant: TenantId,
  { text, shared }: { text: string; shared: SharedByAccounts },
  actor: Actor,
): Promise<Result<number, Failure>> {
  const { lines, bad } = readLines(text)
  if (lines.length + bad.length > MOST_LINES)
    return invalid({ pointer: '/lines', message: { kind: 'too_many_lines', atMost: MOST_LINES } })
  const names = lines.map(({ username }) => username)
  const taken = await takenUsernames(api.ports.db, tenant, shared.provider, names)
  const isKnown = new Set(taken.map(nameKey))
  const known = lines.filter(({ username }) => isKnown.has(nameKey(username)))
  const wrong: BadLine[] = [
    ...bad,
    ...known.map(({ line, username }) => ({ line, fault: { kind: 'exists' as const, username } })),
  ].toSorted((a, b) => a.line - b.line)
  if (wrong.length > 0)
    return invalid(...wrong.map(one => ({ pointer: '/lines', message: { kind: 'bad_line' as const, ...one } })))
  const accounts = lines.map(({ username, email }) =>
    newAccount(api, { ...shared, username, email, monthly_price_cents: null }),
  )
  const saved = await save(
    api,
    accounts.flatMap(account => adding(api, tenant, account, actor)),
  )
  return saved.ok ? ok(accounts.length) : saved
}

/**
 * Change the fields a patch names. `seen` is the row version it was decided on, where somebody looked at one: an account
 * that has changed since is left alone.
 */
export async function changeAccount(
  api: Api,
  tenant: TenantId,
  id: ServiceAccountId,
  patch: AccountPatch,
  actor: Actor,
  seen?: number,
): Promise<Result<Account, Failure>> {
  const { db } = api.ports
  const account = await accountById(db, tenant, id)
  if (account === null) return fail({ kind: 'not_found' })
  if (seen !== undefined && seen !== account.rowVersion) return fail({ kind: 'changed_meanwhile' })
  const change = changeFrom(patch)
  if (Object.keys(change).length === 0) return ok(shown(account))
  const saved = await save(api, [
    updateAccount(db, tenant, account, change),
    orUndoAll(db),
    api.audit(tenant, actor, 'service_account.changed', id, { fields: Object.keys(patch).join(' ') }),
  ])
  if (!saved.ok) return saved
  if (account.seat !== null && change.administrations !== undefined) await tellSeats(api, tenant, id)
  return ok(shown({ ...account, ...change }))
}

type Added = ReturnType<typeof newAccount>

function newAccount({ ports }: Api, { monthly_price_cents: monthlyPriceCents, ...fields }: NewAccount) {
  const { clock, random } = ports
  const id = newId('sva', clock, random)
  return { id, ...fields, monthlyPriceCents, providerUserId: null, createdAt: clock.now() }
}

const adding = (api: Api, tenant: TenantId, account: Added, actor: Actor): Statement[] => [
  insertAccount(api.ports.db, tenant, { ...account, rowVersion: 1 }),
  api.audit(tenant, actor, 'service_account.created', account.id, { username: account.username }),
]

async function save({ ports }: Api, statements: readonly Statement[]): Promise<Result<null, Failure>> {
  try {
    await runBatch(ports.db, statements)
    return ok(null)
  } catch (error) {
    if (isTaken(error, 'service_accounts.username')) return fail({ kind: 'already_exists', what: 'service_account' })
    if (isOutdated(error)) return fail({ kind: 'changed_meanwhile' })
    throw error
  }
}

/** A seat remembers which administrations its user should have (DIV-10). */
async function tellSeats({ ports }: Api, tenant: TenantId, id: ServiceAccountId): Promise<void> {
  for (const integration of await seatsOfAccount(ports.db, tenant, id)) {
    try {
      await ports.seatOf(integration).reload(tenant)
    } catch (error) {
      ports.report(`The seat of ${integration} did not hear of a change`, error)
    }
  }
}
