import type { Body } from './amounts.ts'
import { type Call, empty, json, type Reply } from './http.ts'
import { wire } from './odata.ts'
import type { DataRecord } from './records.ts'

/** A write that took place. */
export interface Written {
  record: DataRecord
  created: boolean
}

/** Key of a ledger row. */
export function ledgerKey(division: number, endpoint: string, id: string): string {
  return `${division}|${endpoint}|${id}`
}

/** Read a body that must be one JSON object; null when it is not. */
export function objectBody(call: Call): Body | null {
  try {
    const parsed: unknown = JSON.parse(call.body)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Body) : null
  } catch {
    return null
  }
}

/** Answer a write: 201 with the key alone unless the caller prefers the representation, 204 for a change. */
export function written(call: Call, { record, created }: Written, key: string): Reply {
  if (!created) return empty(204)
  const uri = `${call.origin}/api/v1/${record.division}/${record.endpoint}(guid'${record.id}')`
  const full = wire(record.data, uri)
  if ((call.headers.prefer ?? '').includes('return=representation')) return json(201, { d: full }, { Location: uri })
  const bare = Object.fromEntries(
    Object.keys(full).map(name => [name, name === key || name === '__metadata' ? full[name] : null]),
  )
  return json(201, { d: bare }, { Location: uri })
}
