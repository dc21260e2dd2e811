import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '..')

/** Bundle a Worker entry as wrangler would deploy it, without a network, and give the bundle's path. */
export async function build(entry = 'workers/main.ts', outdir = join(root, 'dist')): Promise<string> {
  const wrangler = join(root, 'node_modules', 'wrangler', 'bin', 'wrangler.js')
  const args = [wrangler, 'deploy', entry, '--dry-run', '--outdir', outdir]
  await promisify(execFile)(process.execPath, args, {
    cwd: root,
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1', FORCE_COLOR: '0' },
  })
  return join(outdir, entry.replace(/^.*\//, '').replace(/\.ts$/, '.js'))
}

if (process.argv[1] === import.meta.filename) console.log(await build())
