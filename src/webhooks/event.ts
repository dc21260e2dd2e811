/** What the outside can be told of, by the names of the contract. */
export const EVENTS = [
  'connection.active',
  'connection.degraded',
  'connection.reconnect_required',
  'connection.ended',
  'connection.adopted',
  'rights.lost',
  'rights.restored',
  'transaction.held',
  'transaction.released',
  'transaction.delivered',
  'transaction.uncertain',
  'transaction.failed',
] as const
export type EventName = (typeof EVENTS)[number]
