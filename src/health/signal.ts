/** What happens to a connection and is worth remembering: states are made of these, and so is its history. */
export const SIGNAL_KINDS = [
  'connected',
  'adopted',
  'refreshed',
  'refresh_unclear',
  'access_refused',
  'app_refused',
  'reconnect_required',
  'recovered',
  'probed',
  'rights_lost',
  'rights_restored',
  'disconnected',
  'transferred',
] as const
export type SignalKind = (typeof SIGNAL_KINDS)[number]
