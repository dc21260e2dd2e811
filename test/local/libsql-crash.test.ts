import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createClient } from '@libsql/client/web'
import { afterEach, describe, expect, it } from 'vitest'
import { range, useLibsqlServer } from './libsql-fixture.ts'

const local = useLibsqlServer()

describe('kill -9', () => {
  const children: ChildProcess[] = []

  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
  })

  it('keeps every acknowledged row, five times over', async () => {
    const acknowledged = new Set<number>()
    await local.client.execute('CREATE TABLE acked (id INTEGER PRIMARY KEY)')
    await local.stop()
    for (const round of range(5)) {
      const child = await spawnServer()
      await writeUntilKilled(child, acknowledged, (round + 1) * 1_000_000, 40 + round * 35)
      const survivor = await spawnServer()
      expect(await missing(survivor.url, acknowledged)).toEqual([])
      await kill(survivor.process)
    }
    expect(acknowledged.size).toBeGreaterThan(500)
    await local.start()
  })

  type Child = { process: ChildProcess; url: string }

  async function spawnServer(): Promise<Child> {
    const args = ['local/libsql-server.ts', '--file', local.file, '--port', '0']
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(child)
    const [line] = await once(child.stdout, 'data')
    const url = /^libsql-server listening on (http:\S+)\n$/.exec(String(line))?.[1]
    if (!url) throw new Error(`unexpected first line: ${line}`)
    return { process: child, url }
  }

  async function kill(child: ChildProcess) {
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }

  async function writeUntilKilled(child: Child, acknowledged: Set<number>, from: number, enough: number) {
    const writer = createClient({ url: child.url })
    const target = acknowledged.size + enough
    let next = from
    let killed: Promise<void> | undefined
    const write = async () => {
      for (;;) {
        const id = next++
        const statement = { sql: 'INSERT INTO acked VALUES (?)', args: [id] }
        await (id % 2 ? writer.execute(statement) : writer.batch([statement], 'write'))
        acknowledged.add(id)
        if (acknowledged.size >= target) killed ??= kill(child.process)
      }
    }
    const ends = await Promise.allSettled(range(8).map(write))
    expect(ends.every(end => end.status === 'rejected')).toBe(true)
    await killed
  }

  async function missing(url: string, acknowledged: Set<number>): Promise<number[]> {
    const { rows } = await createClient({ url }).execute('SELECT id FROM acked')
    const stored = new Set(rows.map(row => Number(row.id)))
    return [...acknowledged].filter(id => !stored.has(id))
  }
})
