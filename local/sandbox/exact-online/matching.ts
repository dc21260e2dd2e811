import { z } from 'zod'

/** Which requests are meant; what is left out matches all. */
export const matchSchema = z.strictObject({
  method: z.string().optional(),
  /** Part of the path with its decoded query. */
  path: z.string().optional(),
  user: z.string().optional(),
  client_id: z.string().optional(),
  /** Part of the request body. */
  body: z.string().optional(),
})

export type Match = z.output<typeof matchSchema>

/** What of a request can be matched on. */
export interface Subject {
  method: string
  path: string
  query: string
  user: string | null
  client: string | null
  body: string
}

/** Whether a request is meant. */
export function matches(match: Match, subject: Subject): boolean {
  return (
    (match.method === undefined || match.method === subject.method) &&
    (match.path === undefined || `${subject.path}${subject.query}`.includes(match.path)) &&
    (match.user === undefined || match.user === subject.user) &&
    (match.client_id === undefined || match.client_id === subject.client) &&
    (match.body === undefined || subject.body.includes(match.body))
  )
}
