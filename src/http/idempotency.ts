import { MINUTE } from '../clock.ts'
import type { Failure } from '../failure.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Answer } from './answer.ts'
import { type KeyRow, keepAnswer, keyRow, type Owner, releaseKey, takeKey, takeOver } from './idempotency-store.ts'
import { invalid } from './input.ts'
import type { HttpPorts } from './ports.ts'

/** A call that has not finished after this long has crashed. */
const CRASHED_AFTER = 2 * MINUTE

/** A call under a key: whose it is, and what exactly was asked. */
export type Keyed = { owner: Owner; key: string; requestHash: string }

type Ports = Pick<HttpPorts, 'clock' | 'db' | 'vault' | 'report'>

/** Read the `Idempotency-Key` header: 1 to 255 visible ASCII characters, null when there is none. */
export function idempotencyKeyIn(header: string | undefined): Result<string | null, Failure> {
  if (header === undefined) return ok(null)
  if (/^[\x21-\x7e]{1,255}$/.test(header)) return ok(header)
  return invalid({ pointer: '/Idempotency-Key', message: { kind: 'not_visible_ascii' } })
}

/**
 * Run a call once per key: who repeats it is given the first answer again, sealed as it is kept because it may hold a
 * secret that is shown once. An answer of 5xx, and a call that throws, are not kept: the caller may try again.
 */
export async function once(ports: Ports, keyed: Keyed, run: () => Promise<Answer>): Promise<Result<Answer, Failure>> {
  const { clock, db } = ports
  const now = clock.now()
  if (await takeKey(db, keyed.owner, keyed.key, keyed.requestHash, now))
    return ok(await runAndKeep(ports, keyed, now, run))
  const row = await keyRow(db, keyed.owner, keyed.key)
  if (row === null) return fail({ kind: 'idempotency_key_in_use' }) // It was let go in this very moment.
  if (row.requestHash !== keyed.requestHash) return fail({ kind: 'idempotency_key_reused' })
  if (row.status !== null) return ok(await kept(ports, keyed, row))
  const crashed = row.createdAt <= now - CRASHED_AFTER
  if (crashed && (await takeOver(db, keyed.owner, keyed.key, row.createdAt, now)))
    return ok(await runAndKeep(ports, keyed, now, run))
  return fail({ kind: 'idempotency_key_in_use' })
}

async function runAndKeep(ports: Ports, keyed: Keyed, at: number, run: () => Promise<Answer>): Promise<Answer> {
  const { db, vault } = ports
  const release = () => releaseKey(db, keyed.owner, keyed.key, at)
  try {
    const answer = await run()
    if (answer.status >= 500) await tried(ports, release)
    else
      await tried(ports, async () => {
        const sealed = await vault.seal(placeOf(keyed), JSON.stringify(answer))
        return keepAnswer(db, keyed.owner, keyed.key, at, answer.status, base64(sealed))
      })
    return answer
  } catch (error) {
    await tried(ports, release)
    throw error
  }
}

/** What was done is done: the caller hears of it, whatever becomes of the key. */
async function tried({ report }: Ports, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    report('An idempotency key could not be saved', error)
  }
}

async function kept({ vault }: Ports, keyed: Keyed, row: KeyRow): Promise<Answer> {
  const opened = await vault.open(placeOf(keyed), bytes(row.body ?? ''))
  if (!opened.ok) throw new Error('A kept answer cannot be opened')
  return JSON.parse(opened.value)
}

const placeOf = ({ owner, key }: Keyed) => ({
  tenant: owner,
  connection: key,
  provider: 'zetel',
  field: 'idempotent_answer',
  rowVersion: 1,
})

const base64 = (sealed: Uint8Array): string => btoa(Array.from(sealed, byte => String.fromCharCode(byte)).join(''))
const bytes = (text: string): Uint8Array => Uint8Array.from(atob(text), character => character.charCodeAt(0))
