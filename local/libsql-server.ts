// A libSQL server for one file, standing where Turso stands when Zetel runs locally and in its tests. It speaks Hrana
// over HTTP (v2 and v3, JSON) as @libsql/client and drizzle send it: execute, batch, sequence, describe, stored SQL and
// interactive transactions, each stream on a connection of its own. A write is answered only once it is on the disk.
// It is never deployed. Here stand HTTP and the life of the process; the rest is in libsql/, from engine.ts on.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { parseArgs } from 'node:util'
import { Engine } from './libsql/engine.ts'
import { HttpRefusal } from './libsql/protocol.ts'

export type LibsqlServerOptions = {
  /** The database file; made when it is not there. */
  file: string
  /** Default 0: any free port. */
  port?: number
  host?: '127.0.0.1'
  /** When given, every pipeline must bring it as `Authorization: Bearer`. */
  authToken?: string
  /** How long a stream may be idle before it is rolled back and closed. Default 10,000. */
  streamIdleMs?: number
  /** How long a statement waits for somebody else's lock before it is refused with SQLITE_BUSY. Default 5,000. */
  busyWaitMs?: number
  /** The largest request body taken. Default 16 MiB. */
  bodyLimitBytes?: number
}

export type LibsqlServer = {
  url: string
  port: number
  /** Refuse who waits, roll back open transactions, and let go of port and file. */
  close(): Promise<void>
}

type Desk = { engine: Engine; authToken: string | undefined; bodyLimitBytes: number }

/** Start a server on a file; rejects with Node's own error when the port is taken. */
export async function startLibsqlServer(options: LibsqlServerOptions): Promise<LibsqlServer> {
  const { file, host = '127.0.0.1', busyWaitMs = 5_000, streamIdleMs = 10_000 } = options
  // Never the first to hang up an idle connection: the client may be sending its next request on it.
  const http = createServer({ keepAliveTimeout: 0 })
  const port = await listen(http, options.port ?? 0, host)
  try {
    const engine = new Engine({ file, busyWaitMs, streamIdleMs })
    const desk = { engine, authToken: options.authToken, bodyLimitBytes: options.bodyLimitBytes ?? 16 * 1024 * 1024 }
    http.on('request', (request, response) => void serve(desk, request, response))
    let closing: Promise<void> | undefined
    const close = async () => {
      await engine.close()
      await closeHttp(http)
    }
    return { url: `http://${host}:${port}`, port, close: () => (closing ??= close()) }
  } catch (error) {
    await closeHttp(http)
    throw error
  }
}

async function serve(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    switch (`${request.method} ${request.url}`) {
      case 'GET /v2':
      case 'GET /v3':
        return send(response, 200, { protocol: 'Hrana over HTTP, JSON' })
      case 'POST /v2/pipeline':
      case 'POST /v3/pipeline':
        return send(response, 200, await answer(desk, request, response))
      default:
        // Also for /v3-protobuf: a 404 there is how a client learns to speak JSON.
        return send(response, 404, { error: 'Not found' })
    }
  } catch (error) {
    refuse(response, error)
  }
}

async function answer({ engine, authToken, bodyLimitBytes }: Desk, request: IncomingMessage, response: ServerResponse) {
  if (authToken !== undefined && request.headers.authorization !== `Bearer ${authToken}`)
    throw new HttpRefusal(401, 'The auth token is missing or wrong', 'AUTH_FAILED')
  return engine.answer(await readBody(request, bodyLimitBytes), () => response.destroyed)
}

async function readBody(request: IncomingMessage, limitBytes: number): Promise<string> {
  const tooLarge = () => new HttpRefusal(413, `The body is larger than ${limitBytes} bytes`, 'BODY_TOO_LARGE')
  if (Number(request.headers['content-length']) > limitBytes) throw tooLarge()
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > limitBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.destroyed) return
  if (!(error instanceof HttpRefusal)) console.error('libsql-server:', error)
  const { status, message, code } =
    error instanceof HttpRefusal ? error : new HttpRefusal(500, 'The local libSQL server failed', 'INTERNAL_ERROR')
  // A 401 says `error` and not `message`, as Turso does: the client then makes an HTTP error of it, with the status.
  send(response, status, status === 401 ? { error: message } : { message, code })
}

function listen(http: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject)
    http.listen(port, host, () => {
      const address = http.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

function closeHttp(http: Server): Promise<void> {
  return new Promise(resolve => {
    http.close(() => resolve())
    http.closeAllConnections()
  })
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { file: { type: 'string' }, port: { type: 'string', default: '0' }, token: { type: 'string' } },
  })
  if (!values.file) throw new Error('usage: node local/libsql-server.ts --file F [--port N] [--token T]')
  const authToken = values.token === undefined ? {} : { authToken: values.token }
  const server = await startLibsqlServer({ file: values.file, port: Number(values.port), ...authToken })
  console.log(`libsql-server listening on ${server.url}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close())
}

if (import.meta.main) await main()
