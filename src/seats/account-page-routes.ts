import { z } from '@hono/zod-openapi'
import type { Failure } from '../failure.ts'
import { blank, type FormState } from '../http/attempt.ts'
import { pageFields, pageOf, sliceOf } from '../http/page.ts'
import type { Site } from '../http/site.ts'
import type { View } from '../http/view.ts'
import type { Visit } from '../http/visit.ts'
import { dayOf, type PriceOf, pricing } from '../prices/price.ts'
import { pricesInForce } from '../prices/store.ts'
import { PROVIDER_NAMES, USER_KINDS } from '../providers/provider.ts'
import { fail, ok, type Result } from '../result.ts'
import { changeAccount, createAccount, createAccounts } from './account-changes.ts'
import { accountsBody } from './account-list-page.tsx'
import { accountBody } from './account-page.tsx'
import { accountInFull, listSeen, someAdministrations } from './account-read.ts'
import { accountById } from './account-store.ts'
import { differing, readNew, readShared, readWhole, TypedAccount, TypedChange, TypedSeveral } from './account-typed.ts'
import { newAccountBody, severalAccountsBody } from './new-account-page.tsx'

const list = '/t/{tenant}/service-accounts'
const one = `${list}/{service_account}` as const

/** A filter that makes no sense is no filter; the others stay. */
const Query = z.object({
  seat: z.enum(['free', 'seated']).optional().catch(undefined),
  kind: z.enum(USER_KINDS).optional().catch(undefined),
  provider: z.enum(PROVIDER_NAMES).optional().catch(undefined),
  q: z
    .string()
    .transform(text => text.trim().slice(0, 200).toWellFormed())
    .optional(),
  cursor: pageFields.cursor.catch(undefined),
})

const LONGEST_PAGE = 50
/** As many administrations as a hint can name. */
const MOST_NAMED = 10
/** Who is added was most likely made for this, as it should be: a full user (EOL-06). */
const USUAL = { kind: 'full_user' } as const

type Here = Visit<typeof list>
type Shown = Promise<Result<View, Failure>>

/** Pages of service accounts. */
export function accountPages(site: Site): void {
  const { api } = site

  site.page({ path: list, may: 'read', query: Query }, visit => showList(site, visit))

  site.page({ path: `${list}/new`, may: 'write' }, visit => showNew(site, visit, blank(USUAL)))
  site.form(
    { path: `${list}/new`, may: 'write', body: TypedAccount },
    async ({ tenant, body, actor, reader }) => {
      const typed = readNew(body, reader.locale)
      const made = typed.ok ? await createAccount(api, tenant.id, typed.value, actor) : typed
      return made.ok ? ok({ to: `${urlOf(tenant.id)}/${made.value.id}`, told: 'made' }) : made
    },
    (visit, state) => showNew(site, visit, state),
  )

  site.page({ path: `${list}/several`, may: 'write' }, visit => showSeveral(site, visit, blank(USUAL)))
  site.form(
    { path: `${list}/several`, may: 'write', body: TypedSeveral },
    async ({ tenant, body, actor, reader }) => {
      const shared = readShared(body, reader.locale)
      if (!shared.ok) return shared
      const made = await createAccounts(api, tenant.id, { text: body.lines, shared: shared.value }, actor)
      return made.ok ? ok({ to: urlOf(tenant.id), told: 'made' }) : made
    },
    (visit, state) => showSeveral(site, visit, state),
  )

  site.page({ path: one, may: 'read' }, visit => showOne(site, visit, null))
  site.form(
    { path: one, may: 'write', body: TypedChange },
    async ({ tenant, params: { service_account: id }, body, actor, reader }) => {
      const account = await accountById(api.ports.db, tenant.id, id)
      if (account === null) return fail({ kind: 'not_found' })
      const typed = readWhole(body, reader.locale)
      if (!typed.ok) return typed
      const patch = differing(account, typed.value)
      const changed = await changeAccount(api, tenant.id, id, patch, actor, body.row_version)
      return changed.ok ? ok({ to: `${urlOf(tenant.id)}/${id}`, told: 'saved' }) : changed
    },
    (visit, state) => showOne(site, visit, state),
  )
}

const urlOf = (tenant: string): string => `/t/${tenant}/service-accounts`

async function pricesToday({ ports }: Site, { tenant }: Here): Promise<PriceOf> {
  const today = dayOf(ports.clock.now())
  return pricing(await pricesInForce(ports.db, tenant.id, today), today)
}

async function showList(site: Site, visit: Visit<typeof list, z.infer<typeof Query>>): Shown {
  const { cursor, ...filter } = visit.query
  const slice = sliceOf({ limit: LONGEST_PAGE, cursor })
  const [rows, priceOf] = await Promise.all([
    listSeen(site.ports.db, visit.tenant.id, filter, slice),
    pricesToday(site, visit),
  ])
  const { data: accounts, next_cursor: next } = pageOf(rows, slice, row => row)
  const base = `/t/${visit.tenant.id}`
  const body = accountsBody({ visit, base, filter, accounts, priceOf, next, further: slice.after !== null })
  return ok({ title: visit.reader.words.account.title, place: 'accounts', body })
}

const below = ({ tenant, reader }: Here): Pick<View, 'place' | 'trail'> => ({
  place: 'accounts',
  trail: [{ label: reader.words.account.title, url: urlOf(tenant.id) }],
})

async function showNew({ ports }: Site, visit: Here, state: FormState): Shown {
  const known = await someAdministrations(ports.db, visit.tenant.id, MOST_NAMED)
  const body = newAccountBody({ visit, base: `/t/${visit.tenant.id}`, known, state })
  return ok({ title: visit.reader.words.account.add.title, ...below(visit), body })
}

async function showSeveral({ ports }: Site, visit: Here, state: FormState): Shown {
  const known = await someAdministrations(ports.db, visit.tenant.id, MOST_NAMED)
  const body = severalAccountsBody({ visit, base: `/t/${visit.tenant.id}`, known, state })
  return ok({ title: visit.reader.words.account.several.title, ...below(visit), body })
}

async function showOne(site: Site, visit: Visit<typeof one>, state: FormState | null): Shown {
  const { db } = site.ports
  const [found, priceOf, known] = await Promise.all([
    accountInFull(db, visit.tenant.id, visit.params.service_account),
    pricesToday(site, visit),
    someAdministrations(db, visit.tenant.id, MOST_NAMED),
  ])
  if (found === null) return fail({ kind: 'not_found' })
  const body = accountBody({ visit, base: `/t/${visit.tenant.id}`, ...found, priceOf, known, state })
  return ok({ title: found.account.username, ...below(visit), body })
}
