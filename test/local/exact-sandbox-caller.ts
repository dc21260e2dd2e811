import { type ExactSandbox, startExactSandbox } from '../../local/sandbox/exact-online.ts'

export const redirect_uri = 'https://zetel.example/callback'
export const anna = 'a.shop@fietsenwinkel.example'
export const bram = 'b.shop@fietsenwinkel.example'
export const clara = 'client@fietsenwinkel.example'

/** Fixed ids of the seeded world. */
export const ids = {
  debtor: '00001001-0002-4000-8000-000000000001',
  revenueHigh: '00001001-0001-4000-8000-000000008000',
  revenueLow: '00001001-0001-4000-8000-000000008010',
  cash: '00001001-0001-4000-8000-000000001000',
  item: '00001001-0003-4000-8000-000000000001',
}

export interface Answer {
  status: number
  headers: Headers
  text: string
  /** The body as JSON; undefined when it is none. */
  body: Record<string, unknown>
}

export interface Tokens {
  access_token: string
  refresh_token: string
}

/** Read an answer over real HTTP. */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init })
  const text = await response.text()
  const body = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
  return { status: response.status, headers: response.headers, text, body }
}

/** One sandbox with a caller in front of it. */
export class Caller {
  readonly sandbox: ExactSandbox
  readonly client_id: string

  constructor(sandbox: ExactSandbox, client_id = 'zetel') {
    this.sandbox = sandbox
    this.client_id = client_id
  }

  static async start(): Promise<Caller> {
    return new Caller(await startExactSandbox())
  }

  get control() {
    return this.sandbox.control
  }

  token(fields: Record<string, string>): Promise<Answer> {
    const body = new URLSearchParams({ client_id: this.client_id, client_secret: 'secret', redirect_uri, ...fields })
    return ask(`${this.sandbox.url}/api/oauth2/token`, { method: 'POST', body })
  }

  code(username: string, divisions?: 'all' | number[]): string {
    const { location } = this.control.consent({
      username,
      client_id: this.client_id,
      redirect_uri,
      state: 's',
      divisions,
    })
    return new URL(location).searchParams.get('code') ?? ''
  }

  exchange(code: string): Promise<Answer> {
    return this.token({ grant_type: 'authorization_code', code })
  }

  refresh(refresh_token: string): Promise<Answer> {
    return this.token({ grant_type: 'refresh_token', refresh_token })
  }

  async signIn(username: string, divisions?: 'all' | number[]): Promise<Tokens> {
    return tokensIn(await this.exchange(this.code(username, divisions)))
  }

  /** Move the clock to where a refresh is allowed, and refresh. */
  refreshLater(refresh_token: string): Promise<Answer> {
    this.control.clock({ advance_ms: 570_000 })
    return this.refresh(refresh_token)
  }

  get(path: string, { access_token }: Tokens, headers: Record<string, string> = {}): Promise<Answer> {
    const own = { authorization: `Bearer ${access_token}`, accept: 'application/json' }
    return ask(`${this.sandbox.url}/api/v1/${path}`, { headers: { ...own, ...headers } })
  }

  send(method: string, path: string, { access_token }: Tokens, body: unknown, prefer?: string): Promise<Answer> {
    const headers = {
      authorization: `Bearer ${access_token}`,
      accept: 'application/json',
      ...(prefer ? { prefer } : {}),
    }
    return ask(`${this.sandbox.url}/api/v1/${path}`, { method, headers, body: JSON.stringify(body) })
  }

  /** Post a sales entry in company 1001. */
  book(tokens: Tokens, change: Record<string, unknown> = {}): Promise<Answer> {
    return this.send('POST', '1001/salesentry/SalesEntries', tokens, { ...salesEntry(), ...change })
  }
}

/** A sales entry Exact takes: one line of 100.00 excluding 21 % VAT. */
export function salesEntry(): Record<string, unknown> {
  return {
    Customer: ids.debtor,
    Journal: '70',
    YourRef: 'order-1',
    EntryDate: '2026-05-01',
    SalesEntryLines: [{ AmountFC: 100, GLAccount: ids.revenueHigh, VATCode: '2' }],
  }
}

export function tokensIn(answer: Answer): Tokens {
  return { access_token: String(answer.body.access_token), refresh_token: String(answer.body.refresh_token) }
}

/** The text in an OData error. */
export function message(answer: Answer): string {
  const { error } = answer.body as { error?: { message?: { value?: string } } }
  return error?.message?.value ?? '(no OData error)'
}

/** Rows of an OData list. */
export function rows(answer: Answer): Record<string, unknown>[] {
  const { d } = answer.body as { d?: { results?: Record<string, unknown>[] } }
  return d?.results ?? []
}
