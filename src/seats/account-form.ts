import { z } from '@hono/zod-openapi'
import { rfc3339 } from '../clock.ts'
import { distinct, given, id, line, moment } from '../http/fields.ts'
import { PROVIDER_NAMES, USER_KINDS } from '../providers/provider.ts'
import type { AccountChange, AccountRow } from './account-store.ts'

const changeable = {
  username: line(200),
  email: z.email().max(254),
  kind: z.enum(USER_KINDS),
  roles: distinct(line(200), 100),
  /** Numbers or codes at the provider. */
  administrations: distinct(line(100), 1_000),
}
const price = z.number().int().min(0).max(100_000_000).nullable()

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

export const AccountPatch = z
  .strictObject({ ...changeable, monthly_price_cents: price })
  .partial()
  .openapi('ServiceAccountPatch')

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
export const changeFrom = ({ monthly_price_cents: cents, ...patch }: z.infer<typeof AccountPatch>): AccountChange => ({
  ...given(patch),
  ...(cents === undefined ? {} : { monthlyPriceCents: cents }),
})
