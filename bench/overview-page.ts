import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client/web'
import { migrate } from '../db/migrate.ts'
import { build } from '../local/build.ts'
import { startLibsqlServer } from '../local/libsql-server.ts'
import { startRuntime } from '../local/runtime.ts'
import { fill } from './overview-fill.ts'

// Measures the first byte of the overview page itself, out of the bundle in workerd, at 100 and at 10,000 connections.

const ROUNDS = 15
const SIZES = [100, 10_000]
const SESSION = 'a-session-of-this-bench'

const folder = await mkdtemp(join(tmpdir(), 'zetel-page-'))
try {
  const bundle = await build('workers/main.ts', join(folder, 'bundle'))
  for (const connections of SIZES) console.log(await measureAt(bundle, connections))
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function measureAt(bundle: string, connections: number): Promise<string> {
  const server = await startLibsqlServer({ file: join(folder, `${connections}.db`) })
  await migrate(server.url)
  const client = createClient({ url: server.url })
  const now = Date.now()
  await fill(client, { connections, delivered: 20 }, now)
  const hash = createHash('sha256').update(SESSION).digest('hex')
  await client.batch([
    `insert into people values ('per_1', 'bench', 'bench', 'Bench', 'bench@zetel.example', ${now})`,
    `insert into members values ('operator', 'per_1', 'operator', ${now})`,
    `insert into sessions values ('${hash}', 'per_1', ${now}, ${now})`,
  ])
  const runtime = await startRuntime({
    bundle,
    port: 0,
    storage: join(folder, `seats-${connections}`),
    bindings: {
      ZETEL_ORIGIN: 'http://localhost:8700',
      ZETEL_DATABASE_URL: server.url,
      ZETEL_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    },
  })
  try {
    const times: number[] = []
    let bytes = 0
    for (let round = 0; round <= ROUNDS; round++) {
      const start = performance.now()
      const answer = await fetch(`${runtime.url}/overview`, { headers: { cookie: `zetel_session=${SESSION}` } })
      if (round > 0) times.push(performance.now() - start) // The first one warms up.
      bytes = (await answer.text()).length
      if (answer.status !== 200) throw new Error(`The overview answered ${answer.status}`)
    }
    const [least = 0, median = 0, most = 0] = [0, ROUNDS >> 1, ROUNDS - 1].map(
      at => times.toSorted((a, b) => a - b)[at],
    )
    const ms = (time: number) => `${time.toFixed(0)} ms`
    return `${connections} connections: first byte ${ms(median)} (${ms(least)} to ${ms(most)}), ${bytes} characters`
  } finally {
    await runtime.stop()
    await server.close()
  }
}
