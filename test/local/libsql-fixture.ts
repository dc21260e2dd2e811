// One libSQL server per test, on a file of its own, with the client Zetel uses.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient, LibsqlError } from '@libsql/client/web'
import { afterEach, beforeEach } from 'vitest'
import { type LibsqlServer, type LibsqlServerOptions, startLibsqlServer } from '../../local/libsql-server.ts'

type Result = { type: string; error: { code: string }; response: { result: BatchResult; is_autocommit: boolean } }
type BatchResult = { step_results: unknown[]; step_errors: unknown[]; rows: unknown[][] }
type Answer = { code: string; baton: string; results: [Result, Result, Result, Result, Result] }

/** A fresh server and client for each test of the file that calls this. */
export function useLibsqlServer() {
  const local = new LocalDatabase()
  beforeEach(() => {
    local.folder = mkdtempSync(join(tmpdir(), 'libsql-server-'))
    return local.start()
  })
  afterEach(() => local.remove())
  return local
}

class LocalDatabase {
  folder = ''
  #running: { server: LibsqlServer; client: Client } | undefined

  get file() {
    return join(this.folder, 'test.db')
  }

  get client(): Client {
    return this.#now.client
  }

  get server(): LibsqlServer {
    return this.#now.server
  }

  async start(options: Partial<LibsqlServerOptions> = {}) {
    const server = await startLibsqlServer({ file: this.file, ...options })
    this.#running = { server, client: createClient({ url: server.url }) }
  }

  async stop() {
    const { client, server } = this.#now
    this.#running = undefined
    client.close()
    await server.close()
  }

  async restart(options: Partial<LibsqlServerOptions>) {
    await this.stop()
    await this.start(options)
  }

  async remove() {
    if (this.#running) await this.stop()
    rmSync(this.folder, { recursive: true })
  }

  async count(table = 't') {
    return Number((await this.client.execute(`SELECT count(*) FROM ${table}`)).rows[0]?.[0])
  }

  /** Send a body as it is. */
  async post(body: string, version = 'v2') {
    const response = await fetch(`${this.server.url}/${version}/pipeline`, { method: 'POST', body })
    const answer: Answer = JSON.parse(await response.text())
    return { status: response.status, body: answer }
  }

  pipeline(requests: object[], baton?: string, version?: string) {
    return this.post(JSON.stringify({ baton, requests }), version)
  }

  get #now() {
    if (!this.#running) throw new Error('the server is not running')
    return this.#running
  }
}

/** What a call is refused with; fails when it is not refused by the database. */
export async function refusalOf(promise: Promise<unknown>): Promise<LibsqlError> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (outcome instanceof LibsqlError) return outcome
  throw new Error('expected a LibsqlError', { cause: outcome })
}

/** The Hrana request to execute one statement. */
export const execute = (sql: string) => ({ type: 'execute', stmt: { sql } })

/** 0 up to and without `size`. */
export const range = (size: number) => Array.from({ length: size }, (_, index) => index)
