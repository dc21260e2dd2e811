import type { FC } from 'hono/jsx'
import type { FormState } from '../http/attempt.ts'
import { Area, Choice, Select, Text } from '../http/form.tsx'
import type { Reader } from '../http/reader.ts'
import { typedCents } from '../prices/money.ts'
import { ALL_PROVIDERS } from '../providers/catalog.ts'
import { USER_KINDS } from '../providers/provider.ts'
import type { Locale } from '../words/words.ts'
import type { AccountRow } from './account-store.ts'

/** An administration as the provider numbers it and people call it. */
export type Known = { number: string; name: string }

export type FieldsProps = { reader: Reader; state: FormState; known: readonly Known[] }

/** The fields of an account, as its row is now. */
export const valuesOf = (account: AccountRow, locale: Locale) => ({
  username: account.username,
  email: account.email,
  kind: account.kind,
  roles: account.roles.join('\n'),
  administrations: account.administrations.join('\n'),
  price: account.monthlyPriceCents === null ? '' : typedCents(account.monthlyPriceCents, locale === 'nl' ? ',' : '.'),
  row_version: String(account.rowVersion),
})

export const ProviderField: FC<Pick<FieldsProps, 'reader' | 'state'>> = ({ reader, state }) => (
  <Select
    name="provider"
    label={reader.words.account.fields.provider}
    state={state}
    options={ALL_PROVIDERS.map(({ definition }) => ({ value: definition.name, label: definition.title }))}
  />
)

/** Who it is. */
export const NameFields: FC<Pick<FieldsProps, 'reader' | 'state'>> = ({ reader, state }) => {
  const { fields } = reader.words.account
  return (
    <>
      <Text name="username" label={fields.username} hint={fields.usernameHint} state={state} required />
      <Text name="email" type="email" label={fields.email} hint={fields.emailHint} state={state} required />
    </>
  )
}

/** What several may have in common; a client user is warned of before it is chosen (EOL-06). */
export const SharedFields: FC<FieldsProps> = ({ reader, state, known }) => {
  const { account, rights } = reader.words
  const { fields } = account
  const some = known.map(({ number, name }) => `${number} ${name}`).join(', ')
  return (
    <>
      <Choice
        name="kind"
        label={fields.kind}
        state={state}
        options={USER_KINDS.map(kind => ({
          value: kind,
          label: rights.userKinds[kind],
          hint: kind === 'client_user' ? account.clientUser.text : undefined,
        }))}
      />
      <Area name="roles" label={fields.roles} hint={fields.rolesHint} state={state} rows={3} />
      <Area
        name="administrations"
        label={fields.administrations}
        hint={[fields.administrationsHint, some === '' ? [] : fields.administrationsKnown(some)].flat().join(' ')}
        state={state}
        rows={3}
      />
    </>
  )
}

export const PriceField: FC<Pick<FieldsProps, 'reader' | 'state'>> = ({ reader, state }) => {
  const { fields } = reader.words.account
  return <Text name="price" label={fields.price} hint={fields.priceHint} state={state} />
}
