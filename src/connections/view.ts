import { z } from '@hono/zod-openapi'
import { rfc3339 } from '../clock.ts'
import type { HealthRow } from '../health/read.ts'
import { HEALTH_VERDICTS } from '../health/verdict.ts'
import { id, moment } from '../http/fields.ts'
import { USER_KINDS } from '../providers/provider.ts'
import { explainWarning } from '../rights/remedy.ts'
import { quotable } from '../words/quotable.ts'
import { sayHealth } from '../words/state-words.ts'
import type { Words } from '../words/words.ts'
import { CONNECTION_STATES, type Connection } from './connection.ts'

export const HealthView = z.strictObject({
  verdict: z.enum(HEALTH_VERDICTS),
  code: z.string(),
  reason: z.string(),
  next_step: z.string(),
})

export const WarningView = z.strictObject({
  code: z.string(),
  text: z.string(),
  remedy: z.string(),
  administration: z.string().nullable(),
  at: moment,
})

export const ConnectionView = z
  .strictObject({
    id: id('con'),
    state: z.enum(CONNECTION_STATES),
    trouble: z
      .strictObject({
        code: z.string(),
        text: z.string(),
        next_step: z.string(),
        provider_words: z.string(),
        since: moment,
      })
      .nullable(),
    service_account: z
      .strictObject({
        username: z.string().nullable(),
        email: z.string().nullable(),
        provider_user_id: z.string().nullable(),
        kind: z.enum(USER_KINDS),
      })
      .nullable(),
    consent: z
      .strictObject({ at: moment, scopes: z.array(z.string()), administrations: z.array(z.string()).nullable() })
      .nullable()
      .openapi({ description: 'What the user consented to, and when (who: `service_account`)' }),
    connected_at: moment.nullable(),
    access_expires_at: moment.nullable(),
    last_refresh_at: moment.nullable(),
    last_probe_at: moment.nullable(),
    last_delivery_at: moment.nullable(),
    administrations: z
      .array(z.string())
      .nullable()
      .openapi({ description: 'Administrations that user and app reach together; null while unknown' }),
    warnings: z.array(WarningView),
    health: HealthView,
  })
  .openapi('Connection')

/** Say a health verdict: word, reason, and what to do next. */
export function healthView({ health }: HealthRow, words: Words): z.output<typeof HealthView> {
  const said = sayHealth(words.states, health.reason)
  return { verdict: health.verdict, code: health.reason.kind, reason: said.text, next_step: said.next }
}

const at = (time: number | null): string | null => (time === null ? null : rfc3339(time))

/** Show a connection as people and programs may see it: no secrets, every warning explained. */
export function connectionView(
  connection: Connection,
  health: HealthRow,
  words: Words,
): z.output<typeof ConnectionView> {
  const { trouble, username, email, providerUserId, userKind } = connection
  return {
    id: connection.id,
    state: connection.state,
    trouble:
      trouble === null
        ? null
        : {
            code: trouble.kind,
            text: words.states.troubles[trouble.kind].text,
            next_step: words.states.troubles[trouble.kind].next,
            provider_words: quotable(trouble.words) ?? '',
            since: rfc3339(trouble.since),
          },
    service_account:
      providerUserId === null
        ? null
        : { username, email, provider_user_id: providerUserId, kind: userKind ?? 'unknown' },
    consent: consentOf(connection),
    connected_at: at(connection.connectedAt),
    access_expires_at: at(connection.accessExpiresAt),
    last_refresh_at: at(connection.lastRefreshAt),
    last_probe_at: at(connection.lastProbeAt),
    last_delivery_at: at(connection.lastDeliveryAt),
    administrations: connection.reach === null ? null : [...connection.reach],
    warnings: connection.warnings.map(warning => {
      const said = explainWarning(warning, { username, accountancy: null }, words)
      return {
        code: warning.kind,
        text: said.reason,
        remedy: said.remedy.text,
        administration: 'administration' in warning ? warning.administration : null,
        at: rfc3339(warning.at),
      }
    }),
    health: healthView(health, words),
  }
}

function consentOf({ connectedAt, consentedScopes, reach }: Connection): z.output<typeof ConnectionView>['consent'] {
  if (connectedAt === null || consentedScopes === null) return null
  return { at: rfc3339(connectedAt), scopes: [...consentedScopes], administrations: reach === null ? null : [...reach] }
}
