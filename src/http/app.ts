import type { OpenAPIHono } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import { isDatabaseDown } from '../../db/open.ts'
import { auditPages } from '../audit/page-routes.ts'
import { auditRoutes } from '../audit/routes.ts'
import { connectRoutes } from '../connections/connect-routes.ts'
import { connectionPages } from '../connections/page-routes.ts'
import { proxyRoute } from '../connections/proxy-route.ts'
import { connectionRoutes } from '../connections/routes.ts'
import type { Failure } from '../failure.ts'
import { overviewPages } from '../health/page-routes.ts'
import { healthRoutes } from '../health/routes.ts'
import { onboardingPages } from '../onboarding/page-routes.ts'
import { memberPages } from '../people/member-routes.ts'
import { ownPages } from '../people/own-routes.tsx'
import { signInRoutes } from '../people/sign-in-routes.tsx'
import { pricePages } from '../prices/page-routes.ts'
import { priceRoutes } from '../prices/routes.ts'
import { administrationRoutes } from '../providers/administration-routes.ts'
import { appPages } from '../providers/app-page-routes.ts'
import { appRoutes } from '../providers/app-routes.ts'
import { referencePages } from '../reference/page-routes.ts'
import { preflightRoute } from '../rights/routes.ts'
import { accountPages } from '../seats/account-page-routes.ts'
import { accountRoutes } from '../seats/account-routes.ts'
import { backingPages } from '../seats/backing-page-routes.ts'
import { integrationRoutes } from '../seats/integration-routes.ts'
import { planRoute } from '../seats/plan-routes.ts'
import { keyPages } from '../tenants/key-page-routes.ts'
import { keyRoutes } from '../tenants/key-routes.ts'
import { tenantPages } from '../tenants/page-routes.ts'
import { tenantRoutes } from '../tenants/routes.ts'
import { transactionPages } from '../transactions/page-routes.ts'
import { transactionRoutes } from '../transactions/routes.ts'
import { webhookPages } from '../webhooks/page-routes.ts'
import { webhookRoutes } from '../webhooks/routes.ts'
import { Api } from './api.ts'
import { assetRoutes } from './asset-routes.ts'
import type { HttpEnv } from './context.ts'
import { openApiRoute } from './openapi.ts'
import { matches } from './path.ts'
import type { HttpPorts } from './ports.ts'
import { Site } from './site.ts'

/** Every domain's routes, in the order in which the document names them. */
const ROUTES: readonly ((api: Api) => void)[] = [
  tenantRoutes,
  keyRoutes,
  appRoutes,
  administrationRoutes,
  accountRoutes,
  priceRoutes,
  integrationRoutes,
  connectionRoutes,
  proxyRoute,
  preflightRoute,
  transactionRoutes,
  planRoute,
  healthRoutes,
  webhookRoutes,
  auditRoutes,
  connectRoutes,
]

/** Every domain's pages. */
const PAGES: readonly ((site: Site) => void)[] = [
  signInRoutes,
  ownPages,
  overviewPages,
  backingPages,
  onboardingPages,
  connectionPages,
  transactionPages,
  accountPages,
  tenantPages,
  memberPages,
  keyPages,
  webhookPages,
  pricePages,
  auditPages,
  appPages,
  referencePages,
]

/** Make the HTTP side; once per isolate, for it remembers keys. */
export const createApp = (ports: HttpPorts): OpenAPIHono<HttpEnv> => createSite(ports).api.app

/** The same with its routes and pages as they were declared: what tests walk. */
export function createSite(ports: HttpPorts): { api: Api; site: Site } {
  const api = new Api(ports)
  const { app } = api
  app.onError((error, c) => api.refuse(c, failureOf(api, error, c)))
  app.notFound(c => api.refuse(c, elsewhere(api, c)))
  app.get('/healthz', api.frame.around, async c => {
    await ports.db.run(sql`select 1`)
    return c.json({ status: 'ok' })
  })
  for (const register of ROUTES) register(api)
  openApiRoute(api)
  assetRoutes(api)
  const site = new Site(api)
  for (const register of PAGES) register(site)
  return { api, site }
}

/** What the outside sees of something thrown. The report names the route and never the path: paths hold secrets. */
function failureOf({ ports, frame }: Api, error: Error, c: Context<HttpEnv>): Failure {
  const requestId = frame.identify(c)
  if (error instanceof HTTPException && error.status === 400) return { kind: 'malformed_json' }
  ports.report(`${c.req.method} ${routePath(c)} ${requestId}`, error)
  return isDatabaseDown(error) ? { kind: 'database_unreachable' } : { kind: 'unexpected', requestId }
}

/** No route: either the path exists with other methods, or nothing does. */
function elsewhere({ described }: Api, c: Context<HttpEnv>): Failure {
  const methods = described.filter(({ path }) => matches(path, c.req.path)).map(({ method }) => method.toUpperCase())
  return methods.length === 0
    ? { kind: 'not_found' }
    : { kind: 'method_not_allowed', allowed: [...new Set(methods)].sort() }
}
