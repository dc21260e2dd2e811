const LONGEST = 500

/**
 * Give where a browser may be sent back to: a path of our own, else the start (P17). A path begins with one slash, holds no
 * backslash, control character or user, and stays on this origin when a browser reads it.
 */
export function returnPath(asked: string | undefined): string {
  if (asked === undefined || asked.length > LONGEST || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(asked)) return '/'
  const here = 'https://zetel.invalid'
  const url = URL.canParse(asked, here) ? new URL(asked, here) : null
  if (url === null || url.origin !== here || url.pathname.startsWith('//')) return '/'
  return `${url.pathname}${url.search}`
}
