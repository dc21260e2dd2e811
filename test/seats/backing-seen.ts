// The tenant page as a browser gets it, taken apart.

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&#39;': "'" }

/** The text of a piece of a page. */
export const plain = (html: string): string =>
  html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/&[#\w]+;/g, entity => ENTITIES[entity] ?? entity)

/** What stands above the picture, what it draws, and what its table says. */
export function parts(html: string): { above: string; picture: string; table: string } {
  const found =
    /<main[^>]*>([\s\S]*?)(<svg viewBox="0 0 960[\s\S]*?<\/svg>)(<div class="as-table">[\s\S]*?<\/table><\/div>)/.exec(
      html,
    )
  const [, above = '', picture = '', table = ''] = found ?? []
  if (picture === '') throw new Error(`No picture in ${html}`)
  return { above: plain(above).replaceAll(/\s+/g, ' '), picture, table }
}

/** The texts of all elements of a name. */
export const within = (html: string, element: string): string[] =>
  [...html.matchAll(new RegExp(`<${element}\\b[^>]*>([\\s\\S]*?)</${element}>`, 'g'))].map(([, text = '']) =>
    plain(text).trim(),
  )

/** The rows of a picture: the shapes that they use, and their texts. */
export const rowsOf = (picture: string): { uses: string; texts: string }[] =>
  picture
    .split(/<g transform="translate\(0 \d+\)">/)
    .slice(1)
    .map(row => ({
      uses: [...row.matchAll(/<use href="#([\w-]+)"/g)].map(([, id]) => id).join(' '),
      texts: within(row, 'text').join(' | '),
    }))

export const linksIn = (html: string): string[] =>
  [...html.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href = '']) => href)

/** What of a picture a screen reader meets besides its links. */
export function exposed(picture: string): string {
  const open: { name: string; hidden: boolean }[] = []
  let said = ''
  for (const [token, closes, name] of picture.matchAll(/<(\/?)(\w+)[^>]*>|[^<]+/g)) {
    const hidden = open.at(-1)?.hidden ?? false
    if (name === undefined) said += hidden ? '' : token
    else if (closes === '/') open.pop()
    else if (!token.endsWith('/>'))
      open.push({ name, hidden: hidden || name === 'a' || name === 'defs' || token.includes('aria-hidden="true"') })
  }
  if (open.length > 0) throw new Error(`Not closed: ${open.map(({ name }) => name).join()}`)
  return said
}
