import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { migrate } from '../db/migrate.ts'
import { makeOperatorKey } from '../db/operator-key.ts'
import { build } from './build.ts'
import { layDemoData } from './demo-data.ts'
import { type Identity, startIdentity } from './identity.ts'
import { startLibsqlServer } from './libsql-server.ts'
import { type Runtime, startRuntime } from './runtime.ts'
import { startExactSandbox } from './sandbox/exact-online.ts'
import { endStrayRuntime, noteRuntime } from './stray.ts'

export type LocalOptions = {
  data: string
  /** The API's port; the sandbox takes the next one, the sign-in the one after. */
  port: number
  demoData: boolean
}

export type LocalZetel = {
  url: string
  sandboxUrl: string
  identity: Identity
  operatorKey: string
  data: string
  runtime: Runtime
  stop(): Promise<void>
}

const SWEEP_EVERY_MS = 60_000
/** Who of the demo people is the operator's. */
const OPERATOR = 'anna@zetel.example'

/** Start all of Zetel on this machine: database, migrations, sandbox, Worker, with everything kept in one folder. */
export async function startZetel({ data, port, demoData }: LocalOptions): Promise<LocalZetel> {
  await mkdir(data, { recursive: true, mode: 0o700 })
  await endStrayRuntime(data)
  await portIsFree(port)
  const sandbox = await startExactSandbox({ port: port + 1, stateFile: join(data, 'exact-sandbox.db') })
  const authToken = await secretFile(join(data, 'database-token'), () => randomBytes(24).toString('base64url'))
  const [bundle, database] = await Promise.all([
    build('workers/main.ts', join(data, 'worker')),
    startLibsqlServer({ file: join(data, 'zetel.db'), authToken }),
  ])
  await migrate(database.url, authToken)
  const operatorKey = await secretFile(
    join(data, 'operator-key'),
    () => `zetel_${randomBytes(32).toString('base64url')}`,
  )
  await makeOperatorKey(database.url, authToken, operatorKey)
  const origin = `http://localhost:${port}`
  const identity = await startIdentity({
    port: port + 2,
    clientSecret: randomBytes(24).toString('base64url'),
    redirectUris: [`${origin}/sign-in/callback`],
  })
  const runtime = await startRuntime({
    bundle,
    port,
    storage: join(data, 'seats'),
    bindings: {
      ZETEL_ORIGIN: origin,
      ZETEL_DATABASE_URL: database.url,
      ZETEL_DATABASE_TOKEN: authToken,
      ZETEL_KEYS: await secretFile(join(data, 'keys'), () => `local:${randomBytes(32).toString('base64')}`),
      ZETEL_LOOPBACK_PROVIDERS: '1',
      ZETEL_ISSUER: identity.url,
      ZETEL_ISSUER_CLIENT_ID: identity.clientId,
      ZETEL_ISSUER_CLIENT_SECRET: identity.clientSecret,
      ZETEL_OPERATORS: OPERATOR,
      ...forwarded(),
    },
  })
  await noteRuntime(data)
  const sweeping = setInterval(() => void runtime.sweep().catch(console.error), SWEEP_EVERY_MS)
  await runtime.sweep()
  if (demoData)
    await layDemoData({
      url: origin,
      operatorKey,
      sandboxUrl: sandbox.url,
      issuer: identity.url,
      database: { url: database.url, authToken },
    })
  const stop = async () => {
    clearInterval(sweeping)
    await runtime.stop()
    await Promise.all([sandbox.close(), identity.close()])
    await database.close()
  }
  const sandboxUrl = sandbox.url.replace('127.0.0.1', 'localhost')
  return { url: origin, sandboxUrl, identity, operatorKey, data, runtime, stop }
}

/** Settings that may be given to a local run by its environment. */
function forwarded(): Record<string, string> {
  const { ZETEL_LOOK_UP_SETTLE_SECONDS: settle } = process.env
  return settle === undefined ? {} : { ZETEL_LOOK_UP_SETTLE_SECONDS: settle }
}

/** Read a secret kept beside the data, making it the first time; nobody else on the machine may read it. */
async function secretFile(path: string, make: () => string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    const secret = make()
    await writeFile(path, `${secret}\n`, { mode: 0o600 })
    return secret
  }
}

/** Fail as a server would if this port is taken, before anything is started. */
function portIsFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()))
  })
}
