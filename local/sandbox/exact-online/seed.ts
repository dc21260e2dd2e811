import { masterData } from './master-data.ts'
import type { Division, User } from './model.ts'
import type { World } from './state.ts'

const divisions: Division[] = [
  { code: 1001, name: 'De Fietsenwinkel BV', country: 'NL', vat_number: 'NL001234567B01', main: true },
  { code: 1002, name: 'De Fietsenwinkel België', country: 'BE', vat_number: 'BE0123456789', main: false },
  { code: 2044, name: 'Bakkerij Smit', country: 'NL', vat_number: 'NL007654321B01', main: false },
]

interface SeededUser {
  name: string
  full_name: string
  divisions: number[]
  kind?: User['kind']
  lacks?: string
}

const people: SeededUser[] = [
  { name: 'a.shop', full_name: 'Anna Shop', divisions: [1001, 1002, 2044] },
  { name: 'b.shop', full_name: 'Bram Shop', divisions: [1001], lacks: '1001|salesentry/SalesEntries|POST' },
  { name: 'kassa1', full_name: 'Kassa Eén', divisions: [1001, 1002] },
  { name: 'psp', full_name: 'Betaaldienst', divisions: [1001] },
  { name: 'client', full_name: 'Clara Client', divisions: [1001], kind: 'client' },
]

/** Fill an empty world: one subscription, three companies, four full users and one client user. */
export function seed(world: World): void {
  for (const division of divisions) addDivision(world, division)
  people.forEach((person, index) => {
    const user = seededUser(person, index + 1)
    world.users.put(user.username, user)
  })
}

/** Add a company with the master data every company here starts with. */
export function addDivision(world: World, division: Division): void {
  world.divisions.put(String(division.code), division)
  for (const record of masterData(division.code)) world.records.put(record)
}

function seededUser(person: SeededUser, number: number): User {
  return {
    user_id: `e0a1c0de-0007-4000-8000-00000000000${number}`,
    username: `${person.name}@fietsenwinkel.example`,
    full_name: person.full_name,
    language: 'nl',
    kind: person.kind ?? 'full',
    current_division: 1001,
    divisions: person.divisions,
    rights: person.lacks === undefined ? {} : { [person.lacks]: false },
    block_reason: null,
  }
}
