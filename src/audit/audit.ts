/** Everything that is written in the audit log: one entry for each sensitive operation. */
export const AUDIT_ACTIONS = [
  'tenant.created',
  'tenant.changed',
  'member.invited',
  'member.joined',
  'member.changed',
  'member.removed',
  'invitation.withdrawn',
  'price.set',
  'webhook.created',
  'webhook.deleted',
  'provider_app.created',
  'provider_app.secret_replaced',
  'api_key.created',
  'api_key.revoked',
  'administration.created',
  'service_account.created',
  'service_account.changed',
  'integration.created',
  'integration.changed',
  'integration.ended',
  'connect_link.created',
  'connection.active',
  'connection.refused',
  'connection.adopted',
  'connection.reconnect_required',
  'connection.ended',
  'connection.transferred',
  'proxy.called',
  'transaction.retried',
  'transaction.cancelled',
  'transaction.resolved',
  'transaction.tried_by_hand',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** Who acted: an API key by its id, someone who is signed in, a person by a connect link, or Zetel itself. */
export type Actor = `key:${string}` | `person:${string}` | `link:${string}` | 'zetel'
