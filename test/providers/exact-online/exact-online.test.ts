import { describe, expect, it } from 'vitest'
import { ALL_PROVIDERS, providerNamed } from '../../../src/providers/catalog.ts'
import { exactOnline } from '../../../src/providers/exact-online/exact-online.ts'
import { PROVIDER_NAMES } from '../../../src/providers/provider.ts'

describe('the catalogue of providers', () => {
  it('finds Exact Online by its name, and nothing by another', () => {
    expect(providerNamed('exact-online')).toBe(exactOnline)
    for (const name of ['Exact-Online', 'constructor', '']) expect(providerNamed(name)).toBeNull()
  })

  it('has one provider for every name', () => {
    expect(ALL_PROVIDERS.map(provider => provider.definition.name)).toEqual([...PROVIDER_NAMES])
  })

  it('P9 allows a refresh at 570 s and no earlier', () => {
    const { accessSeconds, refreshLeadSeconds } = exactOnline.definition.oauth
    expect(accessSeconds - refreshLeadSeconds).toBe(570)
  })
})
