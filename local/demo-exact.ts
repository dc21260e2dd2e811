type Row = {
  client_id: string
  user: string
  your_ref: string | null
  excl_cents: number
  vat_cents: number
  incl_cents: number
}

/** The sandbox as the demo uses it: what a person would do or read in Exact Online itself. */
export class Exact {
  readonly url: string

  constructor(url: string) {
    this.url = url
  }

  /** Give or take the right to create sales entries. */
  async setRight(username: string, allowed: boolean): Promise<void> {
    await this.#control('POST', 'rights', {
      username,
      division: 1001,
      endpoint: 'salesentry/SalesEntries',
      action: 'POST',
      allowed,
    })
  }

  /** Let the app reach these companies for a user, or all. */
  grantScope = (username: string, client_id: string, divisions: 'all' | number[]): Promise<unknown> =>
    this.#control('POST', 'grant-scope', { username, client_id, divisions })

  /** Say which modules the licence has. */
  modules = (modules: string[]): Promise<unknown> => this.#control('POST', 'modules', { modules })

  /** Take back a user's consent. */
  revoke = (username: string, client_id: string): Promise<unknown> =>
    this.#control('POST', 'revoke', { username, client_id })

  /** Let access tokens that are handed out from now on live so many seconds. */
  tokensLive = (token_seconds: number): Promise<unknown> => this.#control('PATCH', 'settings', { token_seconds })

  /** Allow so many calls a minute; null for any number. */
  minuteLimit = (minute_limit: number | null): Promise<unknown> => this.#control('PATCH', 'settings', { minute_limit })

  /** Move the provider's clock. */
  moveClock = (advance_ms: number): Promise<unknown> => this.#control('POST', 'clock', { advance_ms })

  /** The mapping from VAT categories and rates to this company's accounts, as its bookkeeper would fill it in. */
  async bookkeeping(division: string) {
    const account = (code: number) => `0000${division}-0001-4000-8000-${String(code).padStart(12, '0')}`
    const line = (vat_category: string, vat_rate: string, code: number, vat_code: string) => ({
      vat_category,
      vat_rate,
      gl_account: account(code),
      vat_code,
    })
    return {
      journal: '70',
      default_customer: `0000${division}-0002-4000-8000-000000000001`,
      lines: [
        line('S', '21', 8000, '2'),
        line('S', '9', 8010, '1'),
        line('S', '25', 8000, '25'),
        line('S', '15', 8000, '15'),
        line('E', '0', 8020, '0'),
        line('Z', '0', 8020, '0'),
      ],
    }
  }

  /** What one client has booked, in cents, as a table for people. */
  async ledger(clientId: string) {
    const booked = await this.#control<Row[]>('GET', 'ledger?kind=booking')
    return booked
      .filter(row => row.client_id === clientId)
      .map(row => ({
        'booked by': row.user,
        reference: row.your_ref,
        excl: euros(row.excl_cents),
        VAT: euros(row.vat_cents),
        incl: euros(row.incl_cents),
      }))
  }

  async #control<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}/_control/${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response.json() as Promise<T>
  }
}

const euros = (cents: number): string => (cents / 100).toFixed(2)

/** Do in a browser what the owner of a user does: open the link, go on to the provider, sign in there, and come back. */
export async function consentAs(linkUrl: string, username: string): Promise<{ status: number; code: string }> {
  const cookies = new Map<string, string>()
  const open = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { redirect: 'manual', ...init, headers: { ...init.headers, cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return response
  }
  const page = await (await open(linkUrl)).text()
  const start = await open(new URL(primaryHref(page), linkUrl).href)
  const authorize = new URL(start.headers.get('location') ?? '')
  const consent = new URLSearchParams([
    ...authorize.searchParams,
    ['username', username],
    ['divisions', 'all'],
    ['decision', 'allow'],
  ])
  const consented = await open(`${authorize.origin}${authorize.pathname}`, { method: 'POST', body: consent })
  const back = await open(consented.headers.get('location') ?? '')
  return { status: back.status, code: /<code[^>]*>([a-z_]+)<\/code>/.exec(await back.text())?.[1] ?? 'connected' }
}

function primaryHref(html: string): string {
  const [tag = ''] = /<a[^>]*\bdata-primary\b[^>]*>/.exec(html) ?? []
  return (/href="([^"]*)"/.exec(tag)?.[1] ?? '').replaceAll('&amp;', '&')
}
