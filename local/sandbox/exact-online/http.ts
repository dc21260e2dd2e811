import type { IncomingMessage, ServerResponse } from 'node:http'

/** One request as the sandbox's handlers see it; the body is read in full beforehand. */
export interface Call {
  method: string
  /** Decoded path without query. */
  path: string
  query: URLSearchParams
  rawQuery: string
  headers: Record<string, string>
  body: string
  /** `http://host:port` as the caller addressed it; absolute links in answers start with it. */
  origin: string
}

export interface Reply {
  status: number
  headers: Record<string, string>
  body: string
}

/** Answer with JSON. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  }
}

/** Answer with a page. */
export function html(status: number, body: string): Reply {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }, body }
}

/** Answer without a body. */
export function empty(status: number, headers: Record<string, string> = {}): Reply {
  return { status, headers, body: '' }
}

/** Read a request in full. */
export async function readCall(message: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(Buffer.from(chunk))
  const origin = `http://${message.headers.host ?? 'localhost'}`
  const url = new URL(message.url ?? '/', origin)
  return {
    method: message.method ?? 'GET',
    path: decodedPath(url.pathname),
    query: url.searchParams,
    rawQuery: url.search,
    headers: flat(message),
    body: Buffer.concat(chunks).toString('utf8'),
    origin,
  }
}

/** Send a reply; does nothing when the caller has gone. */
export function send(response: ServerResponse, reply: Reply): void {
  if (response.destroyed) return
  const length = reply.status === 204 ? {} : { 'content-length': String(Buffer.byteLength(reply.body)) }
  response.writeHead(reply.status, { ...reply.headers, ...length })
  response.end(reply.status === 204 ? undefined : reply.body)
}

function flat(message: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return headers
}

function decodedPath(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return pathname
  }
}
