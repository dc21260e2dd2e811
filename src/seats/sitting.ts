import type { IntegrationId } from '../id.ts'

/** What an account does on seats, by what the audit log calls it. */
export const SITTING_ACTIONS = ['connection.active', 'connection.ended', 'connection.transferred'] as const
export type SittingAction = (typeof SITTING_ACTIONS)[number]

type Place = { id: IntegrationId; label: string; endedAt: number | null }

/** What an account did on a seat, when (Unix ms), on which integration, and where it moved to. */
export type Sat = { at: number; action: SittingAction; where: Place | null; to: Place | null }
