// An OpenID provider that stands where a company's own sign-in stands when Zetel runs locally and in its tests. It is a real
// one (oidc-provider) with demo people and without passwords. It is never deployed. Here stand HTTP and the life of the
// process; what it allows is in identity/provider.ts, and the page people meet in identity/choice.ts.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Provider } from 'oidc-provider'
import { answerChoice, CHOICE_PATH } from './identity/choice.ts'
import { DEMO_PEOPLE, type DemoPerson } from './identity/people.ts'
import { makeProvider, signingKey } from './identity/provider.ts'
import { Visitor } from './identity/visitor.ts'

export { DEMO_PEOPLE, type DemoPerson } from './identity/people.ts'

export type IdentityOptions = {
  /** Default 0: any free port. */
  port?: number
  /** Default 'zetel'. */
  clientId?: string
  /** Printable ASCII. */
  clientSecret: string
  /** Where a sign-in may end: absolute http or https addresses without a fragment, compared letter by letter. */
  redirectUris?: readonly string[]
  /** Default `DEMO_PEOPLE`. */
  people?: readonly DemoPerson[]
}

export type Identity = {
  /** The issuer, `http://localhost:PORT`, as discovery names it. */
  url: string
  clientId: string
  clientSecret: string
  people: readonly DemoPerson[]
  /** Let sign-ins end at this address too, from now on. */
  allowRedirect(uri: string): void
  /** Sign in as a person would; gives the callback address with its code, not yet asked for. Fails for who is unknown. */
  signIn(authorizeUrl: string, email: string): Promise<string>
  /** Cancel on the page; gives the callback address with its access_denied, not yet asked for. */
  deny(authorizeUrl: string): Promise<string>
  /** Stop listening and hang up on everybody. */
  close(): Promise<void>
}

/** Start an issuer on loopback. Its keys live as long as it does. Rejects with EADDRINUSE when the port is taken. */
export async function startIdentity(options: IdentityOptions): Promise<Identity> {
  const { clientId = 'zetel', clientSecret, people = DEMO_PEOPLE } = options
  const redirectUris = new Set(options.redirectUris)
  const key = await signingKey()
  // Never the first to hang up an idle connection: the client may be sending its next request on it.
  const server = createServer({ keepAliveTimeout: 0 })
  const url = `http://localhost:${await listen(server, options.port ?? 0)}`
  const provider = makeProvider(url, key, { clientId, clientSecret, redirectUris, people })
  const protocol = provider.callback()
  server.on('request', (request, response) => {
    if (request.url?.startsWith(CHOICE_PATH)) void choose(provider, people, request, response)
    else void protocol(request, response)
  })
  return {
    url,
    clientId,
    clientSecret,
    people,
    allowRedirect: uri => void redirectUris.add(uri),
    signIn: (authorizeUrl, email) => new Visitor(url).choose(authorizeUrl, { decision: 'allow', person: email }),
    deny: authorizeUrl => new Visitor(url).choose(authorizeUrl, { decision: 'deny' }),
    close: () => stop(server),
  }
}

async function choose(
  provider: Provider,
  people: readonly DemoPerson[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await answerChoice(provider, people, request, response)
  } catch (error) {
    if (request.destroyed && !request.complete) return
    console.error('identity:', error)
    if (!response.headersSent) response.writeHead(500)
    response.end()
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function stop(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
