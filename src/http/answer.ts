import { framed } from './context.ts'

/** An answer as plain data, so that it can be kept and given again. `text` is JSON; null for none. */
export type Answer = { status: number; headers: Record<string, string>; text: string | null }

export const jsonAnswer = (status: number, value: unknown): Answer =>
  status === 204
    ? { status, headers: {}, text: null }
    : { status, headers: { 'content-type': 'application/json' }, text: JSON.stringify(value) }

/** Make a Response of an answer, with what every answer says. */
export const toResponse = ({ status, headers, text }: Answer, requestId: string): Response =>
  new Response(text, { status, headers: framed(headers, requestId) })
