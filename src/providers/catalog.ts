import { exactOnline } from './exact-online/exact-online.ts'
import type { Provider } from './provider.ts'

/** Every provider Zetel can book into. */
export const ALL_PROVIDERS: readonly Provider[] = [exactOnline]

const BY_NAME: ReadonlyMap<string, Provider> = new Map(
  ALL_PROVIDERS.map(provider => [provider.definition.name, provider]),
)

/** Find a provider by the name apps and service accounts carry; null for a name nobody bears. */
export const providerNamed = (name: string): Provider | null => BY_NAME.get(name) ?? null
