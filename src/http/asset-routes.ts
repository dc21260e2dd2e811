import type { Api } from './api.ts'
import { ASSETS, type AssetName } from './asset-paths.ts'

const TYPES: Record<AssetName, string> = {
  stylesheet: 'text/css; charset=utf-8',
  script: 'text/javascript; charset=utf-8',
  htmx: 'text/javascript; charset=utf-8',
}

const NAMES: readonly AssetName[] = ['stylesheet', 'script', 'htmx']

/** Serve stylesheet and scripts; a browser that has one asks only whether it changed (RFC 9110 section 13.1.2). */
export function assetRoutes({ app, frame, ports }: Api): void {
  for (const name of NAMES) {
    const text = ports.assets[name]
    const tag = `"${ports.hash(text).slice(0, 32)}"`
    const headers = { 'content-type': TYPES[name], 'cache-control': 'public, max-age=3600', etag: tag }
    app.get(ASSETS[name], frame.around, c =>
      c.req.header('if-none-match') === tag ? c.body(null, 304, headers) : c.body(text, 200, headers),
    )
  }
}
