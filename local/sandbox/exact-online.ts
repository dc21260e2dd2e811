import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { parseArgs } from 'node:util'
import { Control } from './exact-online/control.ts'
import { answerControl } from './exact-online/control-routes.ts'
import { type Call, html, json, readCall, send } from './exact-online/http.ts'
import { homePage, ledgerPage } from './exact-online/pages.ts'
import { Provider } from './exact-online/provider.ts'
import { World } from './exact-online/state.ts'

export type { Control } from './exact-online/control.ts'
export type { FaultInput } from './exact-online/faults.ts'
export type { LedgerRow } from './exact-online/model.ts'
export type { LogEntry } from './exact-online/request-log.ts'
export type { Settings, SettingsPatch } from './exact-online/settings.ts'

export interface SandboxOptions {
  /** 0, the default, takes any free port. */
  port?: number
  host?: string
  /** SQLite file that keeps everything over restarts; without it all is in memory. */
  stateFile?: string
}

export interface ExactSandbox {
  url: string
  port: number
  control: Control
  /** Stop listening, let go of held requests, and close the file. */
  close(): Promise<void>
}

/** Start the played Exact Online. Rejects with EADDRINUSE when the port is taken. */
export async function startExactSandbox(options: SandboxOptions = {}): Promise<ExactSandbox> {
  const { port = 0, host = '127.0.0.1', stateFile } = options
  const server = createServer()
  const bound = await listen(server, port, host)
  const world = opened(server, stateFile)
  const provider = new Provider(world)
  const control = new Control(provider)
  server.on('request', (request, response) => {
    void handle(provider, control, request, response)
  })
  const close = async () => {
    provider.faults.clear()
    await stop(server)
    world.store.close()
  }
  return { url: `http://${host}:${bound}`, port: bound, control, close }
}

function opened(server: Server, stateFile: string | undefined): World {
  try {
    return new World(stateFile)
  } catch (problem) {
    server.close()
    throw problem
  }
}

async function handle(provider: Provider, control: Control, request: IncomingMessage, response: ServerResponse) {
  try {
    const call = await readCall(request)
    if (call.path.startsWith('/api/')) return await provider.serve(call, request, response)
    send(response, call.path.startsWith('/_control/') ? await answerControl(control, call) : page(provider.world, call))
  } catch (problem) {
    if (request.destroyed && !request.complete) return
    console.error(problem)
    send(response, json(500, { error: 'the sandbox itself failed; see its output' }))
  }
}

function page(world: World, call: Call) {
  const bookings = world.ledger.values().filter(row => row.kind === 'booking')
  if (call.path === '/') return html(200, homePage(world.users.values(), world.divisions.values(), bookings.length))
  return call.path === '/ledger' ? html(200, ledgerPage(bookings)) : json(404, { error: 'nothing here' })
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function stop(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: 'string' }, data: { type: 'string' } } })
  const port = Number(values.port ?? 0)
  const sandbox = await startExactSandbox(values.data === undefined ? { port } : { port, stateFile: values.data })
  console.log(`Exact Online (sandbox) on ${sandbox.url}`)
}
