import type { Random } from '../clock.ts'

/** Make a secret for an address or a cookie: 256 random bits as 43 characters of base64url. */
export const randomText = (random: Random): string =>
  btoa(String.fromCharCode(...random(32)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
