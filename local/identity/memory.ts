import type { Adapter, AdapterFactory, AdapterPayload, ClientMetadata } from 'oidc-provider'

/**
 * Keep what the issuer remembers in memory, a shelf for each kind of record. Clients are asked for each time, so that one may
 * change while the issuer runs. Sessions are not kept: whoever comes back chooses again who signs in.
 */
export function memory(clientWith: (id: string) => ClientMetadata | undefined): AdapterFactory {
  return kind => {
    if (kind === 'Client') return new Clients(clientWith)
    return kind === 'Session' ? new Forgetful() : new Shelf()
  }
}

class Shelf implements Adapter {
  readonly #records = new Map<string, AdapterPayload>()

  async upsert(id: string, payload: AdapterPayload): Promise<void> {
    this.#drop(record => record.exp !== undefined && record.exp < seconds())
    this.#records.set(id, payload)
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.#records.get(id)
  }

  async consume(id: string): Promise<void> {
    const record = this.#records.get(id)
    if (record) record.consumed = seconds()
  }

  async destroy(id: string): Promise<void> {
    this.#records.delete(id)
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    this.#drop(record => record.grantId === grantId)
  }

  // Only sessions are looked for by uid, and only the device flow, which is off, knows user codes.
  async findByUid(): Promise<undefined> {}
  async findByUserCode(): Promise<undefined> {}

  #drop(isOver: (record: AdapterPayload) => boolean): void {
    for (const [id, record] of this.#records) if (isOver(record)) this.#records.delete(id)
  }
}

class Forgetful extends Shelf {
  override async upsert(): Promise<void> {}
}

class Clients extends Shelf {
  readonly #clientWith: (id: string) => ClientMetadata | undefined

  constructor(clientWith: (id: string) => ClientMetadata | undefined) {
    super()
    this.#clientWith = clientWith
  }

  override async find(id: string): Promise<ClientMetadata | undefined> {
    return this.#clientWith(id)
  }
}

const seconds = (): number => Math.floor(Date.now() / 1000)
