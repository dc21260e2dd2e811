import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { startChrome } from '../../local/chrome.ts'

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

/** Start a Chrome whose pages are watched. */
export async function launchChrome(): Promise<Chrome> {
  const browser = await startChrome()
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
