import { randomUUID } from 'node:crypto'
import type { Body } from './amounts.ts'
import { absent, badDate, strange } from './booking-checks.ts'
import { empty, type Reply } from './http.ts'
import { blankAccount, blankItem } from './master-data.ts'
import type { LedgerRow, User } from './model.ts'
import { decimal } from './money.ts'
import type { Data, DataRecord } from './records.ts'
import { contentRefusals } from './refusals.ts'
import type { World } from './state.ts'
import { ledgerKey, type Written } from './writing.ts'

export interface MasterWrite {
  world: World
  endpoint: string
  division: number
  user: User
  client_id: string
  body: Body
}

interface MasterKind {
  blank: Data
  mandatory: readonly string[]
}

const kinds: Record<string, MasterKind> = {
  'crm/Accounts': { blank: blankAccount, mandatory: ['Name'] },
  'logistics/Items': { blank: blankItem, mandatory: ['Code', 'Description'] },
}

/** Create a relation or an item. */
export function postMaster(write: MasterWrite): Reply | Written {
  const problem = problemWith(write, write.body)
  if (problem !== null) return problem
  const { world } = write
  const seq = world.nextSeq()
  const id = randomUUID()
  const created: Data = { Created: new Date(world.now()).toISOString(), Creator: write.user.user_id }
  const data = { ID: id, ...kinds[write.endpoint]?.blank, ...created, Division: write.division }
  const record = keep(write, { ...data, Code: codeFor(write, seq) }, id, world.settings.lookup_lag_ms)
  world.ledger.put(ledgerKey(write.division, write.endpoint, id), ledgerRow(write, seq, id))
  return { record, created: true }
}

/** Change a relation or an item. */
export function putMaster(write: MasterWrite, record: DataRecord): Reply | Written {
  const problem = problemWith(write, { ...record.data, ...write.body })
  return problem ?? { record: keep(write, record.data, record.id, 0), created: false }
}

/** Delete a relation or an item. */
export function deleteMaster(world: World, record: DataRecord): Reply {
  const key = ledgerKey(record.division, record.endpoint, record.id)
  const row = world.ledger.get(key)
  if (row !== undefined) world.ledger.put(key, { ...row, deleted_at: new Date(world.now()).toISOString() })
  world.records.remove(record)
  return empty(204)
}

function keep(write: MasterWrite, under: Data, id: string, lag: number): DataRecord {
  const { world, division, endpoint, body } = write
  const data: Data = { ...under, Modified: new Date(world.now()).toISOString() }
  for (const [name, value] of Object.entries(body)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null)
      data[name] = value
  }
  if (endpoint === 'crm/Accounts') data.Code = String(data.Code).trim().padStart(18)
  const record = { division, endpoint, id, visible_at: world.now() + lag, data: { ...data, ID: id } }
  world.records.put(record)
  return record
}

function codeFor({ endpoint, body }: MasterWrite, seq: number): string {
  return typeof body.Code === 'string' || endpoint === 'logistics/Items' ? String(body.Code) : String(1000 + seq)
}

function problemWith({ world, endpoint, user, body }: MasterWrite, whole: Body): Reply | null {
  const kind = kinds[endpoint]
  const say = contentRefusals(world, user)
  const unknown = strange(world, body, new Set(['ID', ...Object.keys(kind?.blank ?? {})]))
  if (unknown !== undefined) return say.unknownProperty(unknown)
  const missing = kind?.mandatory.find(property => absent(whole[property]))
  if (missing !== undefined) return say.mandatory(missing)
  const date = badDate(body)
  if (date !== undefined) return say.unreadable(date)
  const price = body.StandardSalesPrice
  return absent(price) || decimal(price) !== null ? null : say.unreadable('StandardSalesPrice')
}

function ledgerRow(write: MasterWrite, seq: number, id: string): LedgerRow {
  return {
    seq,
    kind: 'master',
    division: write.division,
    endpoint: write.endpoint,
    id,
    user: write.user.username,
    client_id: write.client_id,
    received_at: new Date(write.world.now()).toISOString(),
    your_ref: null,
    entry_number: null,
    journal: null,
    customer: null,
    currency: 'EUR',
    lines: [],
    excl_cents: 0,
    vat_cents: 0,
    incl_cents: 0,
    body: write.body,
    revision: 1,
    deleted_at: null,
  }
}
