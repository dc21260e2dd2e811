import type { Table } from './store.ts'

export type Value = string | number | boolean | null | Line[]
export type Line = Record<string, string | number | boolean | null>
export type Data = Record<string, Value>

/** One entity of one company: master data and bookings alike. */
export interface DataRecord {
  division: number
  endpoint: string
  id: string
  /** Virtual time from which collections show it. */
  visible_at: number
  data: Data
}

/** Entities, found by company and endpoint. */
export class Records {
  readonly #table: Table<DataRecord>
  readonly #shelves = new Map<string, Map<string, DataRecord>>()

  constructor(table: Table<DataRecord>) {
    this.#table = table
    this.reindex()
  }

  /** Build the shelves again from the table. */
  reindex(): void {
    this.#shelves.clear()
    for (const record of this.#table.values()) this.#shelf(record.division, record.endpoint).set(record.id, record)
  }

  put(record: DataRecord): void {
    this.#table.put(key(record), record)
    this.#shelf(record.division, record.endpoint).set(record.id, record)
  }

  remove(record: DataRecord): void {
    this.#table.delete(key(record))
    this.#shelf(record.division, record.endpoint).delete(record.id)
  }

  find(division: number, endpoint: string, id: string): DataRecord | undefined {
    return this.#shelf(division, endpoint).get(id.toLowerCase())
  }

  all(division: number, endpoint: string): DataRecord[] {
    return [...this.#shelf(division, endpoint).values()]
  }

  /** Find by its Code, spaces around it aside. */
  byCode(division: number, endpoint: string, code: string): DataRecord | undefined {
    return this.all(division, endpoint).find(record => String(record.data.Code).trim() === code.trim())
  }

  #shelf(division: number, endpoint: string): Map<string, DataRecord> {
    const name = `${division}|${endpoint}`
    const shelf = this.#shelves.get(name) ?? new Map<string, DataRecord>()
    this.#shelves.set(name, shelf)
    return shelf
  }
}

function key(record: DataRecord): string {
  return `${record.division}|${record.endpoint}|${record.id}`
}
