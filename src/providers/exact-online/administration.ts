const decode = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** One number in one form: the server reads `007` as 7. What is no number stays as it is and so fits no administration. */
const plain = (text: string): string => (/^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : text)

/** `/api/v1/{number}/…`; words in its place (`current`, `system`) work in no administration. */
const inRest = (segments: readonly string[]): string | null => {
  const place = segments[2]?.toLowerCase() === 'beta' ? segments[3] : segments[2]
  return place === undefined || /^[a-z]+$/i.test(place) ? null : plain(place)
}

/** `_Division_=n`. Several give a list that fits none. Without one Exact's XML pages use the company last opened: `''` fits none either. */
const inXml = (page: string, query: URLSearchParams): string | null => {
  const named = [...query]
    .filter(([name]) => name.toLowerCase() === '_division_')
    .map(([, value]) => plain(value.trim()))
  if (named.length > 0) return [...new Set(named)].join(',')
  return /^xml(up|down)load\.aspx$/i.test(page) ? '' : null
}

/**
 * Name the administration a raw path works in, REST or XML (DIV-06); null when it works in none.
 * Dot segments, percent-encoding, doubled slashes and letter case do not hide it, for DIV-13 refuses by this answer.
 */
export const administrationOf = (path: string): string | null => {
  const address = `http://any.invalid/${path}`
  if (!URL.canParse(address)) return null
  const { pathname, searchParams } = new URL(address)
  const segments = decode(pathname)
    .split(/[\\/]+/)
    .map(segment => segment.trim())
    .filter(Boolean)
  // Only a slash that was itself encoded leaves dots behind: who hides a path names an administration that nobody has.
  if (segments.includes('..') || segments.includes('.')) return ''
  if (segments[0]?.toLowerCase() === 'api') return inRest(segments)
  return inXml(segments.at(-1) ?? '', searchParams)
}
