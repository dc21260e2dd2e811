/** An answer of the API that was not what the caller needs. */
export class ApiProblem extends Error {
  readonly status: number
  readonly body: Record<string, unknown>

  constructor(call: string, status: number, body: Record<string, unknown>) {
    super(`${call} answered ${status}: ${body.detail ?? body.title ?? JSON.stringify(body)}`)
    this.status = status
    this.body = body
  }
}

/** A small client of Zetel's own API, for the demo: plain fetch with a key. */
export class Api {
  readonly url: string
  readonly #key: string

  constructor(url: string, key: string) {
    this.url = url
    this.#key = key
  }

  get = <T = Record<string, unknown>>(path: string): Promise<T> => this.#call('GET', path)
  post = <T = Record<string, unknown>>(path: string, body: unknown = {}, idempotencyKey?: string): Promise<T> =>
    this.#call('POST', path, body, idempotencyKey)

  delete = (path: string): Promise<unknown> => this.#call('DELETE', path)

  async #call<T>(method: string, path: string, body?: unknown, idempotencyKey?: string): Promise<T> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        'accept-language': 'en',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const read = text === '' ? {} : JSON.parse(text)
    if (!response.ok) throw new ApiProblem(`${method} ${path}`, response.status, read)
    return read
  }
}
