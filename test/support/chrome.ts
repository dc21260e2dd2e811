import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, type BrowserContext, chromium, type LaunchOptions, type Page } from 'playwright-core'
import manifest from '../../package.json' with { type: 'json' }

export type OpenOptions = {
  /** In CSS pixels; default 1280. */
  width?: number
  /** In CSS pixels; default 800. */
  height?: number
  /** The language that the browser asks for; default nl-NL. */
  locale?: string
  /** Default light. */
  colorScheme?: 'light' | 'dark'
  /** Default true. Without scripts there is no `axe` either. */
  javaScriptEnabled?: boolean
  /** What may be asked, such as `http://localhost:8700`; a request to any other origin is a stray. Default: nothing. */
  origins?: readonly string[]
}

/** What a page did that nobody asked for, from its first load on. */
export type Watch = {
  /** Addresses asked for outside the allowed origins, blocked ones included. */
  readonly strays: readonly string[]
  /** What the Content-Security-Policy stopped, or would have: as the page's event and as the console say it. */
  readonly violations: readonly string[]
  /** Errors on the console and uncaught ones; that a page itself came with a 4xx or 5xx is none. */
  readonly errors: readonly string[]
  /** Give the bytes over the wire, headers and redirects included, since the last navigation; nothing comes from a cache. */
  transferred(): number
}

export type WatchedPage = Page & { readonly watch: Watch }

export type Chrome = {
  /** Open an empty page with cookies and storage of its own. */
  open(options?: OpenOptions): Promise<WatchedPage>
  close(): Promise<void>
}

/** Give a port that is free now, for what must know its own address before it starts. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('A TCP server has no port')
  return address.port
}

const ROOT = join(import.meta.dirname, '..', '..')
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
export async function launchChrome(): Promise<Chrome> {
  const browser = await chromium.launch({ ...(await ourChrome()), chromiumSandbox: false, args: ARGS })
  return { open: (options = {}) => openWatched(browser, options), close: () => browser.close() }
}

async function openWatched(browser: Browser, options: OpenOptions): Promise<WatchedPage> {
  const { width = 1280, height = 800, locale = 'nl-NL', colorScheme = 'light', javaScriptEnabled = true } = options
  const viewport = { width, height }
  const context = await browser.newContext({ viewport, locale, colorScheme, javaScriptEnabled })
  const page = await context.newPage()
  return Object.assign(page, { watch: await watchOver(context, page, options.origins ?? []) })
}

async function watchOver(context: BrowserContext, page: Page, origins: readonly string[]): Promise<Watch> {
  const strays = watchRequests(context, page, origins)
  const { violations, errors } = await watchConsole(context, page)
  return { strays, violations, errors, transferred: await countBytes(context, page) }
}

function watchRequests(context: BrowserContext, page: Page, origins: readonly string[]): string[] {
  const strays: string[] = []
  const see = (url: string) => {
    const { protocol, origin } = new URL(url.replace(/^ws/, 'http'))
    if (protocol !== 'data:' && !origins.includes(origin)) strays.push(url)
  }
  context.on('request', request => see(request.url()))
  page.on('websocket', socket => see(socket.url()))
  return strays
}

async function watchConsole(context: BrowserContext, page: Page): Promise<Pick<Watch, 'violations' | 'errors'>> {
  const violations: string[] = []
  const errors: string[] = []
  let address = ''
  page.on('request', request => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) address = request.url()
  })
  context.on('console', message => {
    const text = message.text()
    const ofPageItself = text.startsWith('Failed to load resource') && message.location().url === address
    if (text.includes('Content Security Policy')) violations.push(text)
    else if (message.type() === 'error' && !ofPageItself) errors.push(text)
  })
  context.on('weberror', error => errors.push(String(error.error())))
  await context.exposeBinding('tellViolation', (_, violation: string) => violations.push(violation))
  await context.addInitScript({
    content: `document.addEventListener('securitypolicyviolation', event =>
      tellViolation(event.effectiveDirective + ' stopped ' + event.blockedURI + ' on ' + event.documentURI))`,
  })
  return { violations, errors }
}

async function countBytes(context: BrowserContext, page: Page): Promise<() => number> {
  let bytes = 0
  const session = await context.newCDPSession(page)
  const { frameTree } = await session.send('Page.getFrameTree')
  session.on('Network.requestWillBeSent', ({ requestId, loaderId, frameId, redirectResponse }) => {
    if (redirectResponse !== undefined) bytes += redirectResponse.encodedDataLength
    else if (requestId === loaderId && frameId === frameTree.frame.id) bytes = 0
  })
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  return () => bytes
}

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
