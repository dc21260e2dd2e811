const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Bring a provider app's base URL to its origin; null for one that is not: with a path, query or user, over anything but
 * https. Plain http is taken on loopback only, and only where that is allowed.
 */
export function baseUrlFrom(text: string, loopbackAllowed: boolean): string | null {
  const url = URL.parse(text)
  if (url === null || url.pathname !== '/' || url.search !== '' || url.hash !== '') return null
  if (url.username !== '' || url.password !== '' || url.hostname === '') return null
  if (url.protocol === 'https:') return url.origin
  return url.protocol === 'http:' && loopbackAllowed && LOOPBACK.test(url.hostname) ? url.origin : null
}
