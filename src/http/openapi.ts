import { z } from '@hono/zod-openapi'
import type { Api } from './api.ts'
import { refusalsOf } from './describe.ts'

const Health = z.strictObject({ status: z.literal('ok') }).openapi('Health')

export type OpenApiDocument = ReturnType<Api['app']['getOpenAPI31Document']>

/** Make the OpenAPI 3.1 document of all routes declared. */
export const openApiDocument = ({ app, ports }: Api): OpenApiDocument =>
  app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Zetel',
      version: '1',
      description:
        'A seat for every bookkeeping integration: connections, rights and delivery for accounting packages.',
    },
    servers: [{ url: ports.settings.origin }],
  })

/** Serve that document without a key; made once, when first asked for. */
export function openApiRoute(api: Api): void {
  const { app, frame } = api
  app.openAPIRegistry.registerComponent('securitySchemes', 'api_key', { type: 'http', scheme: 'bearer' })
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/healthz',
    operationId: 'get_healthz',
    summary: 'Tell whether Zetel works',
    tags: ['Operation'],
    security: [],
    responses: {
      200: { description: 'Works', content: { 'application/json': { schema: Health } } },
      ...refusalsOf([503]),
    },
  })
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/openapi.json',
    operationId: 'get_openapi',
    summary: 'Give this document',
    tags: ['Operation'],
    security: [],
    responses: { 200: { description: 'OpenAPI 3.1', content: { 'application/json': { schema: z.looseObject({}) } } } },
  })
  let text: string | null = null
  app.get('/v1/openapi.json', frame.around, () => {
    text ??= JSON.stringify(openApiDocument(api))
    return new Response(text, { headers: { 'content-type': 'application/json' } })
  })
}
