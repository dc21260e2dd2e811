import type { Client } from '@libsql/client/web'
import { DAY, HOUR } from '../src/clock.ts'

/** How large a database is made: `delivered` is per connection. */
export type Size = { connections: number; delivered: number }

const TENANT = `'ten_' || printf('%026d', n / 4)`
const INTEGRATION = `'int_' || printf('%026d', n)`

/** Scattered over 0…999 and the same in every run, so that troubles do not stand side by side. */
const LOT = 'n * 7919 % 1000'
const NOTHING = `json('{"kind":"fine"}')`

/**
 * Fill an empty database: four connections to a tenant, 3 % broken, 10 % in need of attention (most of them with 1 to 300
 * held transactions), 3 % unknown; the hours of three days for a tenth. The database makes the rows itself.
 */
export async function fill(client: Client, { connections, delivered }: Size, now: number): Promise<void> {
  const each = (count: number) =>
    `with recursive counted(n) as (select 0 union all select n + 1 from counted where n < ${count - 1})`
  await client.execute(`${each(Math.ceil(connections / 4))} insert into tenants (id, name, locale, created_at)
    select 'ten_' || printf('%026d', n), 'Bakkerij ' || n || ' BV', 'nl', ${now} from counted`)
  await client.execute(`insert into provider_apps values ('app_1', 'exact-online', 'https://exact.example', 'bench', x'00',
    'published', '[]', null, ${now})`)
  await client.execute(`${each(Math.ceil(connections / 4))} insert into administrations
    select 'ten_' || printf('%026d', n), 'adm_' || printf('%026d', n), 'exact-online', 1000 + n, 'Boeken ' || n, ${now} from counted`)
  await client.execute(`${each(connections)} insert into integrations
    select ${TENANT}, ${INTEGRATION}, 'Kassa ' || n, 'pos', 'lightspeed', 'till-' || n, 'app_1', 'adm_' || printf('%026d', n / 4),
      '["sales-entry"]', 0, null, ${now}, 1, null from counted`)
  await client.execute(`${each(connections)} insert into connections select ${TENANT}, 'con_' || printf('%026d', n), ${INTEGRATION},
    'target', ${STATE}, ${TROUBLE(now)}, ${WARNINGS(now)}, 'user-' || n, 'kassa' || n || '@shop.example', 'kassa' || n || '@shop.example',
    'full_user', randomblob(1700), randomblob(1700), 1, '["1001"]', '[]', ${now}, ${now}, ${now},
    iif(${LOT} between 140 and 149, null, ${now}), ${now}, ${now}, 1 from counted`)
  for (const [at, { state, count, where, daysAgo }] of KINDS(delivered).entries())
    await client.execute(`${each(connections)}, many(n, k) as (
        select n, ${count} from counted where ${where} and ${count} > 0 union all select n, k - 1 from many where k > 1)
      insert into transactions select ${TENANT}, 'txn_' || printf('%d%015d%010d', ${at}, n, k), ${INTEGRATION}, k * 10 + ${at},
        'sales-entry', '1001', '2026-' || n || '-' || k, ${PAYLOAD}, null, '${state}', ${NOTHING},
        ${state === 'held' ? MISSING : `'[]'`}, '[]', ${ACCEPTANCE}, '${at}-' || n || '-' || k, printf('%064d', n), null, 0, 0,
        ${now - daysAgo * DAY} + k * 1000, null, null, ${now - daysAgo * DAY} + k * 1000, 1 from many`)
  await client.execute(`${each(connections)}, hours(n, hour) as (
      select n, ${Math.floor(now / HOUR)} from counted where n % 10 = 0
      union all select n, hour - 1 from hours where hour > ${Math.floor((now - 3 * DAY) / HOUR)} + 1)
    insert into timeline select ${TENANT}, ${INTEGRATION}, hour, 3, 0, ${LOT} between 30 and 109, 0 from hours`)
}

type Kind = { state: 'held' | 'uncertain' | 'failed' | 'delivered'; count: string; where: string; daysAgo: number }

const KINDS = (delivered: number): Kind[] => [
  { state: 'held', count: '1 + n * 31 % 300', where: `${LOT} between 30 and 109`, daysAgo: 1 },
  { state: 'uncertain', count: '1 + n % 3', where: `${LOT} between 100 and 113`, daysAgo: 1 },
  { state: 'failed', count: '1 + n % 5', where: `${LOT} between 110 and 119`, daysAgo: 1 },
  // Long forgiven, and still there.
  { state: 'failed', count: '2', where: 'n % 3 = 0', daysAgo: 60 },
  { state: 'delivered', count: String(delivered), where: 'true', daysAgo: 30 },
]

const STATE = `case when ${LOT} < 30 then 'reconnect_required' when ${LOT} between 120 and 124 then 'degraded'
  when ${LOT} between 150 and 169 then 'pending' else 'active' end`
const TROUBLE = (now: number) =>
  `iif(${LOT} < 30 or ${LOT} between 120 and 124, json_object('kind', 'consent_revoked', 'words', '', 'since', ${now} - n * 1000), null)`
const WARNINGS = (
  now: number,
) => `iif(${LOT} between 125 and 129, json_array(json_object('kind', 'rights_missing', 'at', ${now})),
  iif(${LOT} between 200 and 239, json_array(json_object('kind', 'administrations_picked_by_hand', 'at', ${now})), '[]'))`
const RIGHT = `json_object('layer', 'right', 'resource', 'salesentry/SalesEntries', 'action', 'POST', 'administration', '1001',
  'cause', 'right_missing', 'words', 'Forbidden - You are not authorised to access this endpoint')`
const MISSING = `json_array(${RIGHT})`
const ACCEPTANCE = `json_object('id', 'txn', 'state', 'queued', 'verdict', 'allowed', 'missing', json('[]'), 'doubts', json('[]'))`
const PAYLOAD = `json_object('Customer', '3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'Journal', '70', 'YourRef', '2026-' || n || '-' || k,
  'SalesEntryLines', json_array(json_object('AmountFC', 100, 'GLAccount', '3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'VATCode', '2')))`
