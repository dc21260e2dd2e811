/** What entries tell beside who, what and when; an entry may tell more, which is then shown under its own name. */
export const FACTS = [
  'name',
  'label',
  'role',
  'scopes',
  'fields',
  'username',
  'provider',
  'provider_user_id',
  'external_id',
  'client_id',
  'cause',
  'method',
  'path',
  'transaction_id',
  'to_integration_id',
  'invitation_id',
  'user_kind',
  'valid_from',
  'monthly_cents',
] as const
export type Fact = (typeof FACTS)[number]

export const isFact = (name: string): name is Fact => FACTS.some(fact => fact === name)
