// A system that receives webhooks, on loopback: it keeps what came as it came, and answers as a test says.
import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

export type Got = {
  path: string
  id: string
  timestamp: string
  signature: string
  headers: Record<string, string>
  body: Buffer
  event: { type: string; timestamp: string; data: Record<string, string | null> }
}

export type Reply = { status: number; headers?: Record<string, string>; body?: string } | 'hang up'

const Event = z.strictObject({
  type: z.string(),
  timestamp: z.iso.datetime(),
  data: z.record(z.string(), z.string().nullable()),
})

export class Receiver {
  readonly got: Got[] = []
  /** What to answer; 204 unless a test says otherwise. */
  reply: (got: Got) => Reply | Promise<Reply> = () => ({ status: 204 })
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
  }

  static async start(): Promise<Receiver> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', chunk => chunks.push(chunk))
      request.on('end', async () => {
        const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, `${value}`]))
        const got = receiver.#keep(request.url ?? '', headers, Buffer.concat(chunks))
        const reply = await receiver.reply(got)
        if (reply === 'hang up') return void request.socket.destroy()
        response.writeHead(reply.status, reply.headers)
        response.end(reply.body)
      })
    })
    const receiver = new Receiver(server)
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    return receiver
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/zetel`
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** The names of what came, in the order in which it happened. */
  events(): string[] {
    return this.got
      .toSorted((a, b) => a.event.timestamp.localeCompare(b.event.timestamp))
      .map(({ event }) => event.type)
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(resolve => this.#server.close(resolve))
  }

  #keep(path: string, headers: Record<string, string>, body: Buffer): Got {
    const got = {
      path,
      id: headers['webhook-id'] ?? '',
      timestamp: headers['webhook-timestamp'] ?? '',
      signature: headers['webhook-signature'] ?? '',
      headers,
      body,
      event: Event.parse(JSON.parse(body.toString('utf8'))),
    }
    this.got.push(got)
    return got
  }
}

/** The signature that Standard Webhooks 1.0.0 asks for, by Node's own HMAC over the very bytes that came. */
export const signatureOf = (secret: string, { id, timestamp, body }: Pick<Got, 'id' | 'timestamp' | 'body'>): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
    .update(Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]))
    .digest('base64')}`
