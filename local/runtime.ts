import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { Miniflare } from 'miniflare'

export type RuntimeOptions = {
  /** The bundle to run. */
  bundle: string
  /** 0 takes any free port. */
  port: number
  /** Folder for the Durable Objects' storage. */
  storage: string
  bindings: Record<string, string>
  /** Classes beside `Seat`, for measuring. */
  classes?: Record<string, string>
}

/** The Worker running in a workerd of its own. */
export type Runtime = {
  url: string
  /** Fire the scheduled handler once. */
  sweep(): Promise<void>
  stop(): Promise<void>
  /** Kill workerd at once, as a power cut would, and give up the rest of it. */
  kill(): Promise<void>
}

/** Run a bundle in workerd with its Durable Objects on disk, as production would. */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const before = await workerdChildren()
  const miniflare = new Miniflare({
    // Named one by one: left to itself Miniflare parses the whole bundle in search of imports, at every start.
    modules: await modulesOf(options.bundle),
    modulesRoot: dirname(options.bundle),
    compatibilityDate: '2026-07-01',
    compatibilityFlags: ['nodejs_compat'],
    bindings: options.bindings,
    durableObjects: Object.fromEntries(
      Object.entries({ SEAT: 'Seat', ...options.classes }).map(([binding, className]) => [
        binding,
        { className, useSQLite: true },
      ]),
    ),
    durableObjectsPersist: options.storage,
    host: '127.0.0.1',
    port: options.port,
  })
  const url = await miniflare.ready
  const worker = await miniflare.getWorker()
  const pids = (await workerdChildren()).filter(pid => !before.includes(pid))
  return {
    url: `http://localhost:${url.port}`,
    sweep: async () => {
      await worker.scheduled({ cron: '* * * * *' })
    },
    stop: () => miniflare.dispose(),
    kill: async () => {
      for (const pid of pids) process.kill(pid, 'SIGKILL')
      await miniflare.dispose()
    },
  }
}

/** The bundle, and the texts that it imports from beside it. */
async function modulesOf(bundle: string): Promise<{ type: 'ESModule' | 'Text'; path: string }[]> {
  const folder = dirname(bundle)
  const code = await readFile(bundle, 'utf8')
  const texts = (await readdir(folder)).filter(name => /\.(css|js)$/.test(name) && code.includes(`"./${name}"`))
  return [
    { type: 'ESModule', path: bundle },
    ...texts.map(name => ({ type: 'Text' as const, path: join(folder, name) })),
  ]
}

/** The workerd processes that this process started. */
export async function workerdChildren(parent = process.pid): Promise<number[]> {
  const listed = process.platform === 'linux' ? await fromProc(parent) : await fromPs(parent)
  return listed.toSorted((a, b) => a - b)
}

async function fromProc(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async pid => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '') // Gone since it was listed.
      const [, name = '', ppid = ''] = /^\d+ \((.*)\) \S (\d+)/.exec(stat) ?? []
      return name.startsWith('workerd') && Number(ppid) === parent ? [Number(pid)] : []
    }),
  )
  return found.flat()
}

async function fromPs(parent: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axo', 'pid=,ppid=,comm='])
  return stdout.split('\n').flatMap(line => {
    const [pid, ppid, ...command] = line.trim().split(/\s+/)
    return Number(ppid) === parent && command.join(' ').includes('workerd') ? [Number(pid)] : []
  })
}
