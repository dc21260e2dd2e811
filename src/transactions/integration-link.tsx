import type { FC } from 'hono/jsx'
import type { IntegrationId } from '../id.ts'
import type { SeatRow } from './one-read.ts'

/** An integration by its label, with the way to it unless it has ended. */
export const IntegrationLink: FC<{ home: string; id: IntegrationId; seat: SeatRow | null }> = ({ home, id, seat }) =>
  seat === null || seat.endedAt !== null ? (
    <span>{seat?.label ?? id}</span>
  ) : (
    <a href={`${home}/integrations/${id}`}>{seat.label}</a>
  )
