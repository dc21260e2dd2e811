import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type LocalZetel, startZetel } from './zetel.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: 'data' },
    port: { type: 'string', default: '8700' },
  },
})

const port = Number(values.port)
if (!Number.isInteger(port) || port < 1 || port > 65_533)
  refuse(`--port takes a number from 1 to 65533, not ${values.port}`)

try {
  const zetel = await startZetel({ data: resolve(values.data), port, demoData: true })
  console.log(welcome(zetel))
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await zetel.stop()
    process.exit(0)
  }
  process.on('SIGINT', () => void stop())
  process.on('SIGTERM', () => void stop())
} catch (error) {
  const taken = takenPort(error)
  if (taken === null) throw error
  refuse(`Port ${taken} is taken. Choose another: npm start -- --port ${port + 10}`)
}

function welcome({ url, sandboxUrl, identity, operatorKey, data }: LocalZetel): string {
  return `
Zetel runs. Stop it with Ctrl-C; what it knows stays in the data folder.

  Dashboard      ${url}            sign in as one of the demo people
  API            ${url}/docs       description: ${url}/v1/openapi.json
  Operator key   ${operatorKey}    also in ${join(data, 'operator-key')}
  Sandbox        ${sandboxUrl}            Exact Online, played; what was booked: ${sandboxUrl}/ledger
  Sign-in        ${identity.url}            an OpenID issuer, for local runs only
  Data folder    ${data}

Try it: npm run demo${port === 8700 && values.data === 'data' ? '' : ` -- --data ${values.data} --port ${port}`}
`
}

function takenPort(error: unknown): number | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && at.code === 'EADDRINUSE') return 'port' in at && typeof at.port === 'number' ? at.port : port
  }
  return null
}

function refuse(line: string): never {
  console.error(line)
  process.exit(1)
}
