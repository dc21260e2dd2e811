import { sweep } from '../src/connections/sweep.ts'
import { createApp } from '../src/http/app.ts'
import { deliverDue } from '../src/webhooks/deliver.ts'
import type { Env } from './env.ts'
import { httpPorts, seatOf } from './wire.ts'

export { SeatObject as Seat } from './seat.ts'

/** The app remembers keys, so an isolate makes it once; a value and not a promise, for requests must not wait on each other's. */
let app: ReturnType<typeof createApp> | null = null

export default {
  async fetch(request, env, ctx) {
    app ??= createApp(await httpPorts(env))
    return app.fetch(request, env, ctx)
  },

  async scheduled(_controller, env, ctx) {
    const ports = await httpPorts(env)
    const { db, clock } = ports
    ctx.waitUntil(deliverDue(ports, null))
    await sweep(db, clock.now(), ({ integrationId, tenantId }) => seatOf(env, integrationId).wake(tenantId))
  },
} satisfies ExportedHandler<Env>
