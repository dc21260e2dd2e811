import { and, type Column, eq, or, type SQL, sql } from 'drizzle-orm'
import { connections } from '../../db/schema/connections.ts'
import { administrations } from '../../db/schema/providers.ts'
import { integrations } from '../../db/schema/seats.ts'
import { tenants } from '../../db/schema/tenants.ts'
import { transactions } from '../../db/schema/transactions.ts'
import { isId } from '../id.ts'

/** Nobody looks for more than this; SQLite refuses patterns of 50,000 bytes. */
const LONGEST_SEARCH = 200

/**
 * Make a condition on an integration and its connection of what somebody typed: an id pasted in full, or else a part of a
 * name (tenant, label, source, username, e-mail, administration and its number) or how the reference of a transaction
 * begins. Capitals and small letters are the same; nothing typed, no condition.
 */
export function matching(search: string | null): SQL | undefined {
  const typed = (search ?? '').normalize('NFC').trim().slice(0, LONGEST_SEARCH)
  return typed === '' ? undefined : (byId(typed.toLowerCase()) ?? byText(typed))
}

function byId(id: string): SQL | undefined {
  if (isId('ten', id)) return eq(integrations.tenantId, id)
  if (isId('int', id)) return eq(integrations.id, id)
  return isId('txn', id) ? hasTransaction(eq(transactions.id, id)) : undefined
}

function byText(text: string): SQL | undefined {
  const pattern = `*${Array.from(text, inEitherCase).join('')}*`
  const holds = (column: Column) => sql`${column} glob ${pattern}`
  const { tenantId, administrationId } = integrations
  return or(
    holds(integrations.label),
    holds(integrations.sourceRef),
    holds(connections.username),
    holds(connections.email),
    sql`${tenantId} in (select ${tenants.id} from ${tenants} where ${holds(tenants.name)})`,
    sql`(${tenantId}, ${administrationId}) in (select ${administrations.tenantId}, ${administrations.id}
      from ${administrations} where ${holds(administrations.externalId)} or ${holds(administrations.name)})`,
    hasTransaction(beginsWith(transactions.reference, text)),
  )
}

/** Write a letter for GLOB, of which it is told which letters will do: SQLite knows the capitals of ASCII only. */
function inEitherCase(letter: string): string {
  const forms = [letter, letter.toLowerCase(), letter.toUpperCase()].filter(form => Array.from(form).length === 1)
  const different = new Set(forms)
  return different.size > 1 || '*?['.includes(letter) ? `[${[...different].join('')}]` : letter
}

/** A range, so that the index is used that is in this collation, which knows the capitals of ASCII only. */
const beginsWith = (column: Column, text: string): SQL =>
  sql`${column} collate nocase >= ${text} and ${column} collate nocase < ${`${text}\u{10ffff}`}`

const hasTransaction = (which: SQL): SQL =>
  sql`exists (select 1 from ${transactions} where ${and(
    eq(transactions.tenantId, integrations.tenantId),
    eq(transactions.integrationId, integrations.id),
    which,
  )})`
