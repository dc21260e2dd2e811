import { type IntegrationId, isId } from '../id.ts'

/** Where a row stands in the overview: rows are in the order of these three. `since` is Unix ms. */
export type OverviewCursor = { rank: number; since: number; integrationId: IntegrationId }

/** Write a place as it stands in an address. */
export const cursorText = ({ rank, since, integrationId }: OverviewCursor): string =>
  `${rank}.${since}.${integrationId}`

/** Read a place back; null for what is none. */
export function cursorOf(text: string): OverviewCursor | null {
  const [, rank, since, id = ''] = /^(\d{1,2})\.(\d{1,16})\.(\w+)$/.exec(text) ?? []
  return isId('int', id) ? { rank: Number(rank), since: Number(since), integrationId: id } : null
}
