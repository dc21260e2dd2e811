import { Api } from './api.ts'
import { layDemoMembers } from './demo-people.ts'

/** Where the demo is laid out. */
export type Stage = {
  url: string
  operatorKey: string
  sandboxUrl: string
  issuer: string
  database: { url: string; authToken: string }
}

type Listed<T> = { data: T[] }
type Named = { id: string; name: string }

/** Give a fresh Zetel something to look at: a provider app on the sandbox, a customer and a till that waits for its user. */
export async function layDemoData({ url, operatorKey, sandboxUrl, issuer, database }: Stage): Promise<void> {
  const api = new Api(url, operatorKey)
  const tenants = await api.get<Listed<Named>>('/v1/tenants?limit=1')
  if (tenants.data.length > 0) return
  const app = await api.post<{ id: string }>('/v1/provider-apps', {
    provider: 'exact-online',
    base_url: sandboxUrl,
    client_id: 'zetel-local',
    client_secret: 'sandbox-secret',
    registration: 'published',
    scopes: [],
  })
  const tenant = await api.post<Named>('/v1/tenants', { name: 'Bakkerij Smit', locale: 'nl' })
  const administration = await api.post<Named>(`/v1/tenants/${tenant.id}/administrations`, {
    provider: 'exact-online',
    external_id: '2044',
    name: 'Bakkerij Smit',
  })
  await api.post(`/v1/tenants/${tenant.id}/integrations`, {
    label: 'Kassa Centrum',
    source: { kind: 'pos', provider: 'lightspeed-restaurant', ref: 'centrum' },
    target: { provider_app_id: app.id, administration_id: administration.id },
    booking_kinds: ['cash-entry', 'sales-entry'],
    strict: false,
  })
  await layDemoMembers(database, issuer, tenant.id, MEMBERS)
}

/** Two of the local issuer's people work at the bakery. */
const MEMBERS = [
  { subject: 'bas-smit', name: 'Bas Smit', email: 'bas@bakkerijsmit.example', role: 'admin' },
  { subject: 'vera-visser', name: 'Vera Visser', email: 'vera@bakkerijsmit.example', role: 'viewer' },
] as const
