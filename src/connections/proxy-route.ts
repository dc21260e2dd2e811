import type { Api } from '../http/api.ts'
import { readBody } from '../http/body.ts'
import type { Action } from '../rights/right.ts'

const METHODS: Record<string, Action> = { GET: 'GET', POST: 'POST', PUT: 'PUT', DELETE: 'DELETE' }

/** One call to the provider with the seat's credential; the provider's own answer comes back, with its diagnosis in a header. */
export function proxyRoute(api: Api): void {
  api.raw(
    {
      methods: ['get', 'post', 'put', 'delete'],
      path: '/v1/tenants/{tenant}/integrations/{integration}/proxy/{path}',
      scope: 'token',
      tag: 'Connections',
      summary: 'Put one call to the provider with the credential, the rate budget and the diagnosis of the connection',
    },
    async ({ c, params, actor }) => {
      const body = await readBody(c.req.raw)
      if (!body.ok) return api.refuse(c, body.failure)
      const url = new URL(c.req.url)
      const path = url.pathname.slice(url.pathname.indexOf('/proxy/') + '/proxy/'.length) + url.search
      const reply = await api.ports.seatOf(params.integration).proxy(
        params.tenant,
        {
          method: METHODS[c.req.method] ?? 'GET',
          path,
          contentType: c.req.header('content-type') ?? null,
          body: body.value.byteLength === 0 ? null : new TextDecoder().decode(body.value),
        },
        actor,
      )
      if (!reply.ok) return api.refuse(c, reply.failure)
      const { status, contentType, body: text, diagnosis } = reply.value
      const headers = new Headers({ 'zetel-diagnosis': diagnosis })
      if (contentType !== null) headers.set('content-type', contentType)
      return new Response(status === 204 || status === 304 ? null : text, { status, headers })
    },
  )
}
