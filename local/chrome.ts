import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium, type LaunchOptions } from 'playwright-core'
import manifest from '../package.json' with { type: 'json' }

const ROOT = join(import.meta.dirname, '..')
const FOLDER = join(ROOT, 'node_modules', '.cache', `chromium-${manifest.devDependencies['@sparticuz/chromium']}`)

const ARGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-proxy-server',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1', // A stray is seen, and gets nowhere.
]

/** Start a headless Chrome: the one that npm brought on Linux x64, the machine's own elsewhere. */
export const startChrome = async (): Promise<Browser> =>
  chromium.launch({ ...(await ourChrome()), chromiumSandbox: false, args: ARGS })

async function ourChrome(): Promise<LaunchOptions> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome' }
  if (!existsSync(FOLDER)) await unpack()
  const surroundings = {
    LD_LIBRARY_PATH: join(FOLDER, 'al2023', 'lib'), // NSS and expat, which a bare machine lacks.
    FONTCONFIG_FILE: join(FOLDER, 'fonts', 'fonts.conf'),
    XDG_CACHE_HOME: FOLDER,
  }
  return { executablePath: join(FOLDER, 'chromium'), env: { ...process.env, ...surroundings } }
}

/** Its own fonts only, so that every machine measures the same widths. */
const FONTS = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>`

/** Unpack beside the place and move it there whole, so that two workers at once cannot meet half a Chrome. */
async function unpack(): Promise<void> {
  await mkdir(dirname(FOLDER), { recursive: true })
  const staging = await mkdtemp(`${FOLDER}-`)
  const script = `import chromium from '@sparticuz/chromium'; await chromium.executablePath()`
  // The package unpacks into the temporary folder, and its shared libraries only where it takes this for Lambda.
  const env = { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' }
  try {
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { cwd: ROOT, env })
    await writeFile(join(staging, 'fonts', 'fonts.conf'), FONTS)
    await rename(staging, FOLDER).catch(error => {
      if (!existsSync(FOLDER)) throw error // Otherwise another worker was first.
    })
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}
