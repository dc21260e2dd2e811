import type { Html } from './document.tsx'

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** What every page says besides itself: nothing inline, nothing from elsewhere, in nobody's frame. */
export const PAGE_HEADERS: Record<string, string> = {
  'content-security-policy': CSP,
  'content-type': 'text/html; charset=utf-8',
  'cross-origin-opener-policy': 'same-origin',
}

/** Answer with a page. */
export const htmlResponse = async (
  status: number,
  html: Html,
  headers: Record<string, string> = {},
): Promise<Response> => new Response(String(await html), { status, headers: { ...PAGE_HEADERS, ...headers } })
