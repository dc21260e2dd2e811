// The built bundle in workerd with a real issuer beside it: the dashboard as people meet it.
import { layDemoMembers } from '../../local/demo-people.ts'
import { type Identity, startIdentity } from '../../local/identity.ts'
import { freePort } from './chrome.ts'
import { Product } from './product.ts'

export const ANNA = 'anna@zetel.example'
export const BAS = 'bas@bakkerijsmit.example'
export const VERA = 'vera@bakkerijsmit.example'
export const NOOR = 'noor@studionoord.example'

export type Dashboard = { product: Product; identity: Identity; close(): Promise<void> }

/** Start all of it; Anna is the operator's. */
export async function startDashboard(settings: Record<string, string> = {}): Promise<Dashboard> {
  const port = await freePort()
  const redirectUris = [`http://localhost:${port}/sign-in/callback`]
  const identity = await startIdentity({ clientSecret: 'a-secret-of-this-test', redirectUris })
  const product = await Product.start(
    {
      ZETEL_ISSUER: identity.url,
      ZETEL_ISSUER_CLIENT_ID: identity.clientId,
      ZETEL_ISSUER_CLIENT_SECRET: identity.clientSecret,
      ZETEL_OPERATORS: ANNA,
      ...settings,
    },
    port,
  )
  return {
    product,
    identity,
    close: async () => {
      await product.close()
      await identity.close()
    },
  }
}

/** Make Bas administrator and Vera viewer of a tenant, before they ever sign in. */
export const addMembers = ({ product, identity }: Dashboard, tenant: string): Promise<void> =>
  layDemoMembers({ url: product.database.url, authToken: '' }, identity.url, tenant, [
    { subject: 'bas-smit', name: 'Bas Smit', email: BAS, role: 'admin' },
    { subject: 'vera-visser', name: 'Vera Visser', email: VERA, role: 'viewer' },
  ])
