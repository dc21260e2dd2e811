import type { Provider } from '../providers/provider.ts'
import type { BookingKind, Need } from './right.ts'

/** A right that bookings need, and which kinds of booking need it. */
export type Requirement = Need & { bookingKinds: BookingKind[] }

/** List every right that bookings of these kinds need, each once, in the order in which the kinds first ask for it. */
export function requirementsOf(provider: Provider, kinds: readonly BookingKind[]): Requirement[] {
  const found = new Map<string, Requirement>()
  for (const kind of kinds) {
    for (const need of provider.needs(kind) ?? []) {
      const key = `${need.action} ${need.resource} ${need.purpose}`
      const known = found.get(key)
      if (known === undefined) found.set(key, { ...need, bookingKinds: [kind] })
      else known.bookingKinds.push(kind)
    }
  }
  return [...found.values()]
}
