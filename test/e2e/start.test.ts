import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Api } from '../../local/api.ts'

const root = join(import.meta.dirname, '..', '..')
const running = new Set<ChildProcess>()
let data = ''

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'zetel-start-'))
})
afterEach(async () => {
  await Promise.all([...running].map(child => end(child, 'SIGTERM')))
  await rm(data, { recursive: true, force: true })
})

type Run = { child: ChildProcess; output: () => string }

function run(script: string, port: number): Run {
  const child = spawn(process.execPath, [join(root, 'local', script), '--data', data, '--port', String(port)], {
    cwd: root,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk))
  running.add(child)
  child.once('exit', () => running.delete(child))
  return { child, output: () => output }
}

async function started({ child, output }: Run): Promise<void> {
  while (!output().includes('Zetel runs.')) {
    if (child.exitCode !== null) throw new Error(output())
    await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'exit')])
  }
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill(signal)
  await exit
}

const names = async (port: number): Promise<string[]> => {
  const key = (await readFile(join(data, 'operator-key'), 'utf8')).trim()
  const { data: tenants } = await new Api(`http://localhost:${port}`, key).get<{ data: { name: string }[] }>(
    '/v1/tenants',
  )
  return tenants.map(tenant => tenant.name)
}

it('starts with demo data, and keeps what it knows over kill -9 and a second start', async () => {
  const port = await freePort()
  const first = run('start.ts', port)
  await started(first)
  expect(first.output()).toContain(`http://localhost:${port}`)
  expect(first.output()).toContain(data)
  expect((await stat(join(data, 'operator-key'))).mode & 0o777).toBe(0o600)
  expect(await names(port)).toEqual(['Bakkerij Smit'])
  const key = (await readFile(join(data, 'operator-key'), 'utf8')).trim()
  await new Api(`http://localhost:${port}`, key).post('/v1/tenants', { name: 'Kept', locale: 'nl' })
  await end(first.child, 'SIGKILL')

  const second = run('start.ts', port)
  await started(second)
  expect(await names(port)).toEqual(['Bakkerij Smit', 'Kept'])
  await end(second.child, 'SIGTERM')
}, 90_000)

it('plays the whole main job through the public API with npm run demo', async () => {
  const port = await freePort()
  await started(run('start.ts', port))
  const demo = run('demo.ts', port)
  await once(demo.child, 'exit')
  expect(demo.output()).toContain('refused: 409 user_already_seated')
  expect(demo.output()).toContain('went by themselves')
  expect(demo.output().match(/b\.shop@fietsenwinkel\.example' │/g)).toHaveLength(4)
  for (const trouble of ['Appmachtigingen', 'client user', 'only "Forbidden"', 'consent was withdrawn', 'expired'])
    expect(demo.output()).toContain(trouble)
}, 90_000)

it('says in one line that a port is taken', async () => {
  const port = await freePort()
  const other = createServer().listen(port, '127.0.0.1')
  await once(other, 'listening')
  const { child, output } = run('start.ts', port)
  const [code] = await once(child, 'exit')
  other.close()
  expect(code).toBe(1)
  expect(output().trim()).toBe(`Port ${port} is taken. Choose another: npm start -- --port ${port + 10}`)
})

/** A port whose next one is free as well. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}
