import { ALL_PROVIDERS } from '../providers/catalog.ts'
import { BOOKING_KINDS, type NeedPurpose } from './right.ts'

const PURPOSES: ReadonlyMap<string, NeedPurpose> = new Map(
  ALL_PROVIDERS.flatMap(provider => BOOKING_KINDS.flatMap(kind => provider.needs(kind) ?? [])).map(need => [
    need.resource,
    need.purpose,
  ]),
)

/** Tell what a resource is for, as the catalogue has it (EOL-01); null for one that no booking needs. */
export const purposeOf = (resource: string): NeedPurpose | null => PURPOSES.get(resource) ?? null
