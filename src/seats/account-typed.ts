import { z } from '@hono/zod-openapi'
import type { Failure } from '../failure.ts'
import { check, invalid } from '../http/input.ts'
import { centsOf } from '../prices/money.ts'
import type { Result } from '../result.ts'
import type { Locale } from '../words/words.ts'
import { type AccountPatch, NewAccount, SharedByAccounts, WholeAccount } from './account-form.ts'
import type { AccountRow } from './account-store.ts'

const Line = z.string().max(1_000).optional()
const Lines = z.string().max(100_000).optional()

/** What the forms of accounts send: texts, whose sense is checked as the API's is. A field left empty is not there. */
export const TypedAccount = z.strictObject({
  provider: Line,
  username: Line,
  email: Line,
  kind: Line,
  roles: Lines,
  administrations: Lines,
  price: Line,
})
export type TypedAccount = z.infer<typeof TypedAccount>

/** A change, with the row version that its form showed. */
export const TypedChange = TypedAccount.omit({ provider: true }).extend({ row_version: z.coerce.number().int() })

/** A list of accounts to be made, and what they have in common. */
export const TypedSeveral = TypedAccount.pick({
  provider: true,
  kind: true,
  roles: true,
  administrations: true,
}).extend({ lines: z.string().max(100_000) })

const listed = (text: string | undefined, separator: RegExp): string[] => [
  ...new Set((text ?? '').split(separator).flatMap(item => item.trim() || [])),
]

/** Nobody's role is called otherwise for a comma, but no administration's number has one. */
const shared = ({ roles, administrations }: Pick<TypedAccount, 'roles' | 'administrations'>) => ({
  roles: listed(roles, /[\r\n]+/),
  administrations: listed(administrations, /[\r\n,;]+/),
})

/** Read a new account as it was typed; every field that is wrong is named, in the reader's language. */
export const readNew = (typed: TypedAccount, locale: Locale): Result<NewAccount, Failure> =>
  withPrice(NewAccount, typed, locale)

/** Read all of an account as it was typed. */
export const readWhole = (
  { row_version: _, ...typed }: z.infer<typeof TypedChange>,
  locale: Locale,
): Result<WholeAccount, Failure> => withPrice(WholeAccount, typed, locale)

/** Read what several accounts have in common. */
export const readShared = (
  { lines: _, ...typed }: z.infer<typeof TypedSeveral>,
  locale: Locale,
): Result<SharedByAccounts, Failure> => check(SharedByAccounts, { ...typed, ...shared(typed) }, () => locale)

function withPrice<T>(schema: z.ZodType<T>, typed: TypedAccount, locale: Locale): Result<T, Failure> {
  const { price, ...fields } = typed
  const cents = price === undefined ? null : centsOf(price)
  const checked = check(schema, { ...fields, ...shared(typed), monthly_price_cents: cents }, () => locale)
  if (price === undefined || cents !== null) return checked
  const others = !checked.ok && checked.failure.kind === 'invalid' ? checked.failure.errors : []
  return invalid(...others, { pointer: '/price', message: { kind: 'not_money' } })
}

/** Keep of a whole account what differs from how it is, so that a change names what it changes. */
export function differing(account: AccountRow, whole: WholeAccount): AccountPatch {
  const now: WholeAccount = {
    username: account.username,
    email: account.email,
    kind: account.kind,
    roles: account.roles,
    administrations: account.administrations,
    monthly_price_cents: account.monthlyPriceCents,
  }
  const before = new Map(Object.entries(now).map(([name, value]) => [name, JSON.stringify(value)]))
  return Object.fromEntries(Object.entries(whole).filter(([name, value]) => before.get(name) !== JSON.stringify(value)))
}
