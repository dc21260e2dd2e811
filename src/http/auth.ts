import { SECOND } from '../clock.ts'
import type { Failure } from '../failure.ts'
import type { ApiKeyId, TenantId } from '../id.ts'
import { fail, ok, type Result } from '../result.ts'
import { type Caller, keyIn, mayDo, type Scope } from '../tenants/api-key.ts'
import { callerByHash } from '../tenants/key-store.ts'
import { tenantById } from '../tenants/store.ts'
import { Memory } from './memory.ts'
import type { HttpPorts } from './ports.ts'

/** A revoked key may go on for this long elsewhere than where it was revoked. */
const KNOWN_FOR = 10 * SECOND
const UNKNOWN_FOR = SECOND
const TENANT_FOR = 3_600 * SECOND
const MOST = 10_000

/** What a route asks of its caller. */
export type Entry = { scope: Scope; operator?: true }

/**
 * The door: tells who calls and whether they may. It remembers for seconds, by the key itself, for hashing it at every call
 * costs a tenth of a token call; and it remembers plain data only, for an isolate serves many requests and
 * none may wait for another's promise.
 */
export class Gate {
  readonly #ports: HttpPorts
  readonly #known = new Memory<Caller>({ lifeMs: KNOWN_FOR, most: MOST })
  readonly #unknown = new Memory<true>({ lifeMs: UNKNOWN_FOR, most: MOST })
  readonly #tenants = new Memory<true>({ lifeMs: TENANT_FOR, most: MOST })

  constructor(ports: HttpPorts) {
    this.#ports = ports
  }

  /**
   * Let a caller in. `tenant` is the one named by the path: undefined on a path that names none, null where the path
   * holds no such id. Another tenant is refused before anything else is told, exactly as one that does not exist (P34).
   */
  async enter(
    authorization: string | undefined,
    tenant: TenantId | null | undefined,
    { scope, operator }: Entry,
  ): Promise<Result<Caller, Failure>> {
    const caller = await this.#callerOf(authorization)
    if (caller === null) return fail({ kind: 'unauthenticated' })
    if (tenant === null || (tenant !== undefined && !(await this.#reaches(caller, tenant))))
      return fail({ kind: 'not_found' })
    if (operator && caller.tenant !== null) return fail({ kind: 'scope_missing', scope: 'operator' })
    return mayDo(caller, scope) ? ok(caller) : fail({ kind: 'scope_missing', scope })
  }

  /** Forget a key that has just been revoked. */
  forget(key: ApiKeyId): void {
    this.#known.forget(caller => caller.keyId === key)
  }

  async #callerOf(authorization: string | undefined): Promise<Caller | null> {
    const key = keyIn(authorization)
    if (key === null) return null
    const { hash, clock, db } = this.#ports
    const now = clock.now()
    const known = this.#known.get(key, now)
    if (known !== undefined) return known
    if (this.#unknown.get(key, now)) return null
    const caller = await callerByHash(db, hash(key), now)
    if (caller === null) this.#unknown.put(key, true, now)
    else this.#known.put(key, caller, now)
    return caller
  }

  async #reaches(caller: Caller, tenant: TenantId): Promise<boolean> {
    if (caller.tenant !== null) return caller.tenant === tenant
    const { clock, db } = this.#ports
    if (this.#tenants.get(tenant, clock.now())) return true
    const exists = (await tenantById(db, tenant)) !== null
    if (exists) this.#tenants.put(tenant, true, clock.now())
    return exists
  }
}
