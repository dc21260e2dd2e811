import type { Context } from 'hono'
import type { Api } from './api.ts'
import { ASSETS, type AssetName } from './asset-paths.ts'
import type { HttpEnv } from './context.ts'

const TYPES: Record<AssetName, string> = {
  stylesheet: 'text/css; charset=utf-8',
  script: 'text/javascript; charset=utf-8',
  htmx: 'text/javascript; charset=utf-8',
}

const NAMES: readonly AssetName[] = ['stylesheet', 'script', 'htmx']

/** Serve stylesheet and scripts, packed; a browser that has one asks only whether it changed (RFC 9110 section 13.1.2). */
export function assetRoutes({ app, frame, ports }: Api): void {
  for (const name of NAMES) {
    const text = ports.assets[name]
    const tag = `"${ports.hash(text).slice(0, 32)}"`
    let packed: ArrayBuffer | null = null
    app.get(ASSETS[name], frame.around, async c => {
      const headers = {
        'content-type': TYPES[name],
        'cache-control': 'public, max-age=3600',
        etag: tag,
        vary: 'accept-encoding',
      }
      if (c.req.header('if-none-match') === tag) return c.body(null, 304, headers)
      if (!takesGzip(c)) return c.body(text, 200, headers)
      packed ??= await pack(text)
      return new Response(packed, { headers: { ...headers, 'content-encoding': 'gzip' }, encodeBody: 'manual' })
    })
  }
}

const takesGzip = (c: Context<HttpEnv>): boolean => /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')

const pack = (text: string): Promise<ArrayBuffer> =>
  new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer()
