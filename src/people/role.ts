import type { PersonId, TenantId } from '../id.ts'

/** The operator's own people are members of this owner and reach every tenant. */
export const OPERATOR_OWNER = 'operator'
export type Owner = TenantId | typeof OPERATOR_OWNER

/** What a person is: of the operator, or in one tenant its administrator or one who only looks. */
export const ROLES = ['operator', 'admin', 'viewer'] as const
export type Role = (typeof ROLES)[number]
export const TENANT_ROLES = ['viewer', 'admin'] as const satisfies readonly Role[]

/** What a page asks of who opens it: to look at a tenant, to change it, or to be of the operator. */
export type May = 'read' | 'write' | 'operate'

export type Membership = { owner: Owner; role: Role }

/** Someone who is signed in, with all they are a member of. */
export type Person = { id: PersonId; name: string; email: string; memberships: readonly Membership[] }

export const isOperator = ({ memberships }: Pick<Person, 'memberships'>): boolean =>
  memberships.some(({ owner, role }) => owner === OPERATOR_OWNER && role === 'operator')

/** Tell what a person is in a tenant; null for one who has nothing to do with it, to whom it does not exist (P34). */
export function roleIn(person: Pick<Person, 'memberships'>, tenant: TenantId): Role | null {
  if (isOperator(person)) return 'operator'
  return person.memberships.find(({ owner }) => owner === tenant)?.role ?? null
}

const ALLOWS: Record<Role, readonly May[]> = {
  operator: ['read', 'write', 'operate'],
  admin: ['read', 'write'],
  viewer: ['read'],
}

/** Tell whether a role is enough for what a page asks. */
export const mayAs = (role: Role, asked: May): boolean => ALLOWS[role].includes(asked)

/** Name the role that someone would need, to say so to who lacks it. */
export const roleFor = (asked: May): Role => (asked === 'operate' ? 'operator' : asked === 'write' ? 'admin' : 'viewer')
