/** An answer as plain data, so that it can be kept and given again. `text` is JSON; null for none. */
export type Answer = { status: number; headers: Record<string, string>; text: string | null }

export const jsonAnswer = (status: number, value: unknown): Answer =>
  status === 204
    ? { status, headers: {}, text: null }
    : { status, headers: { 'content-type': 'application/json' }, text: JSON.stringify(value) }

export const toResponse = ({ status, headers, text }: Answer): Response => new Response(text, { status, headers })
