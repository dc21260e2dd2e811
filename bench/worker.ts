import { DurableObject } from 'cloudflare:workers'
import { createClient } from '@libsql/client/web'
import type { Env } from '../workers/env.ts'
import main from '../workers/main.ts'

export { Seat } from '../workers/main.ts'

/** A Durable Object that does nothing: what any call to one costs. */
export class Ping extends DurableObject {
  ping(): number {
    return 1
  }
}

type BenchEnv = Env & { PING: DurableObjectNamespace<Ping> }

/** Zetel, and beside it in the same Worker the bare things it is measured against. */
export default {
  async fetch(request, env, ctx) {
    const { pathname } = new URL(request.url)
    if (pathname === '/bench/ping')
      return Response.json({ ping: await env.PING.get(env.PING.idFromName('ping')).ping() })
    if (pathname === '/bench/insert') return insert(request, env)
    return main.fetch(request as Parameters<typeof main.fetch>[0], env, ctx)
  },
} satisfies ExportedHandler<BenchEnv>

async function insert(request: Request, env: BenchEnv): Promise<Response> {
  const body = await request.text()
  const client = createClient({ url: env.ZETEL_DATABASE_URL })
  await client.execute({ sql: 'insert into bench (id, body) values (?, ?)', args: [crypto.randomUUID(), body] })
  return Response.json({ ok: true }, { status: 202 })
}
