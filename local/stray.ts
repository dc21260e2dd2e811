import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { workerdChildren } from './runtime.ts'

const file = (data: string): string => join(data, 'runtime.json')

type Noted = { parent: number; pids: number[] }

/** Note which workerd serves this data folder, for the start after a `kill -9` of this process. */
export async function noteRuntime(data: string): Promise<void> {
  await writeFile(file(data), JSON.stringify({ parent: process.pid, pids: await workerdChildren() } satisfies Noted))
}

/** End the workerd that a killed run left behind: it holds the port and the storage. A run that lives is left alone. */
export async function endStrayRuntime(data: string): Promise<void> {
  const text = await readFile(file(data), 'utf8').catch(() => null) // No earlier run.
  if (text === null) return
  const { parent, pids }: Noted = JSON.parse(text)
  if (isAlive(parent) && parent !== process.pid) return
  const orphans = [...(await workerdChildren(1)), ...(await workerdChildren(parent))].filter(pid => pids.includes(pid))
  for (const pid of orphans) process.kill(pid, 'SIGKILL')
  while (orphans.some(isAlive)) await delay(10)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false // No such process.
  }
}
