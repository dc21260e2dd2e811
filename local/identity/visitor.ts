/** Where a visitor ended: on a page of the issuer, or sent to an address elsewhere, which was not asked for. */
export type Visit = { url: string; isAway: boolean; status: number; html: string }

type Cookie = { value: string; path: string }

/** A person's browser as far as the issuer sees one: follows redirects within the issuer and keeps its cookies. */
export class Visitor {
  readonly #issuer: string
  readonly #cookies = new Map<string, Cookie>()

  constructor(issuer: string) {
    this.#issuer = issuer
  }

  /** Open an address of the issuer and follow where it leads; with a form, post that first. */
  async open(address: string, form?: Record<string, string>): Promise<Visit> {
    const url = new URL(address)
    if (url.origin !== this.#issuer) return { url: url.href, isAway: true, status: 0, html: '' }
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { accept: 'text/html', cookie: this.#cookiesFor(url.pathname) },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    })
    this.#keep(response.headers.getSetCookie())
    const html = await response.text()
    const next = response.headers.get('location')
    return next === null
      ? { url: url.href, isAway: false, status: response.status, html }
      : this.open(new URL(next, url).href)
  }

  /** Sign in as a person would and give the address the browser is then sent to. Fails when the issuer does not let go. */
  async choose(authorizeUrl: string, form: Record<string, string>): Promise<string> {
    const asked = await this.open(authorizeUrl)
    if (asked.isAway) return asked.url
    if (asked.status !== 200) throw refusal('The issuer does not take this sign-in', asked)
    const chosen = await this.open(asked.url, form)
    if (!chosen.isAway) throw refusal('The issuer does not take this choice', chosen)
    return chosen.url
  }

  #cookiesFor(path: string): string {
    const sent = [...this.#cookies].filter(([, cookie]) => `${path}/`.startsWith(cookie.path.replace(/\/*$/, '/')))
    return sent.map(([key, { value }]) => `${key.split(' ')[0]}=${value}`).join('; ')
  }

  #keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      const path = /;\s*path=([^;]*)/i.exec(line)?.[1] ?? '/'
      const expires = /;\s*expires=([^;]*)/i.exec(line)?.[1]
      const isGone = expires !== undefined && Date.parse(expires) <= Date.now()
      if (isGone) this.#cookies.delete(`${name} ${path}`)
      else this.#cookies.set(`${name} ${path}`, { value, path })
    }
  }
}

function refusal(what: string, { status, url, html }: Visit): Error {
  const said = html.replace(/<style>[\s\S]*?<\/style>|<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  return new Error(`${what}: ${url} answered ${status}: ${said.trim()}`)
}
