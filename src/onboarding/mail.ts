export type Message = { to: string | null; subject: string; body: string }

/** Write the address that opens a message in the reader's own mail program (RFC 6068), whatever characters are in it. */
export function mailto({ to, subject, body }: Message): string {
  const lines = body.replaceAll(/\r\n|\r|\n/g, '\r\n')
  return `mailto:${to === null ? '' : address(to)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(lines)}`
}

/** Only the sign between name and host stays as it is. */
const address = (to: string): string => {
  const at = to.lastIndexOf('@')
  return at < 0
    ? encodeURIComponent(to)
    : `${encodeURIComponent(to.slice(0, at))}@${encodeURIComponent(to.slice(at + 1))}`
}
