import { z } from '@hono/zod-openapi'
import { rfc3339 } from '../clock.ts'
import { distinct, given, id, line, moment } from '../http/fields.ts'
import { MOST_CENTS } from '../prices/price.ts'
import { PROVIDER_NAMES, USER_KINDS } from '../providers/provider.ts'
import type { AccountChange, AccountRow } from './account-store.ts'

export const Username = line(200)
export const Email = z.email().max(254)

const changeable = {
  username: Username,
  email: Email,
  kind: z.enum(USER_KINDS),
  roles: distinct(line(200), 100),
  /** Numbers or codes at the provider. */
  administrations: distinct(line(100), 1_000),
}
const price = z.number().int().min(0).max(MOST_CENTS).nullable()

export const NewAccount = z
  .strictObject({
    provider: z.enum(PROVIDER_NAMES),
    ...changeable,
    kind: changeable.kind.default('unknown'),
    roles: changeable.roles.default([]),
    administrations: changeable.administrations.default([]),
    monthly_price_cents: price.default(null),
  })
  .openapi('NewServiceAccount')
export type NewAccount = z.infer<typeof NewAccount>

/** What several accounts of one list have in common. */
export const SharedByAccounts = z.strictObject({
  provider: z.enum(PROVIDER_NAMES),
  kind: changeable.kind,
  roles: changeable.roles,
  administrations: changeable.administrations,
})
export type SharedByAccounts = z.infer<typeof SharedByAccounts>

/** All that can be changed of an account, as a form sends it. */
export const WholeAccount = z.strictObject({ ...changeable, monthly_price_cents: price })
export type WholeAccount = z.infer<typeof WholeAccount>

export const AccountPatch = WholeAccount.partial().openapi('ServiceAccountPatch')
export type AccountPatch = z.infer<typeof AccountPatch>

export const Account = z
  .strictObject({
    id: id('sva'),
    provider: z.enum(PROVIDER_NAMES),
    ...changeable,
    email: z.string(),
    provider_user_id: z.string().nullable(),
    monthly_price_cents: z.number().int().nullable(),
    /** The integration whose seat it sits on. */
    seat: id('int').nullable(),
    created_at: moment,
  })
  .openapi('ServiceAccount')
export type Account = z.infer<typeof Account>

export const shown = (row: Omit<AccountRow, 'tenantId' | 'rowVersion'>): Account => ({
  id: row.id,
  provider: row.provider,
  username: row.username,
  email: row.email,
  kind: row.kind,
  roles: [...row.roles],
  administrations: [...row.administrations],
  provider_user_id: row.providerUserId,
  monthly_price_cents: row.monthlyPriceCents,
  seat: row.seat,
  created_at: rfc3339(row.createdAt),
})

/** What a patch changes, in the columns' names: the fields it names and no others. */
export const changeFrom = ({ monthly_price_cents: cents, ...patch }: AccountPatch): AccountChange => ({
  ...given(patch),
  ...(cents === undefined ? {} : { monthlyPriceCents: cents }),
})
