import type { Context } from 'hono'
import type { Actor } from '../audit/audit.ts'
import type { TenantId } from '../id.ts'
import type { May, Person, Role } from '../people/role.ts'
import type { TenantRow } from '../tenants/store.ts'
import type { HttpEnv } from './context.ts'
import type { ParamsOf } from './path.ts'
import type { Reader } from './reader.ts'

/** What a page asks of who opens it; `member` is anyone who has signed in, whatever they may do. */
export type Asked = May | 'member'

export type TenantIn<P extends string> = P extends `${string}{tenant}${string}` ? TenantRow : null

/** Someone who is signed in and may be here, on this path. */
export type Visit<P extends string = string, Q = unknown> = {
  c: Context<HttpEnv>
  person: Person
  /** What they are here: in this tenant, or at all where the path names none. */
  role: Role | null
  /** The tenants they are a member of, by name. */
  names: ReadonlyMap<TenantId, string>
  tenant: TenantIn<P>
  params: ParamsOf<P>
  query: Q
  actor: Actor
  reader: Reader
  /** What every form carries, so that only our own pages can send it. */
  csrf: string
  /** A fresh name for a form on this page: sent twice, it acts once. */
  formKey(): string
}

/** Tell whether who is here may change things. */
export const mayWrite = ({ role }: Pick<Visit, 'role'>): boolean => role === 'admin' || role === 'operator'

/** A visit as far as the frame of a page needs it, wherever it is. */
export type Anywhere = Pick<Visit, 'person' | 'role' | 'names' | 'reader' | 'csrf' | 'formKey'> & {
  tenant: TenantRow | null
  url: string
}
