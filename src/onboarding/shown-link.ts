import { LOCALES, type Locale } from '../words/words.ts'

/** A link that has just been made, on its way to the one page that shows it; `expiresAt` is Unix ms. */
export type ShownLink = { id: string; locale: Locale; expiresAt: number; url: string }

const FORM = /^(lnk_[0-9a-z]{26})\.([a-z]{2})\.(\d{1,15})\.([\w-]{20,100})$/

/** Write a link down for the next page: only its secret part, for the rest of the address is ours. */
export const packLink = ({ id, locale, expiresAt, url }: ShownLink): string =>
  [id, locale, expiresAt, url.slice(url.lastIndexOf('/') + 1)].join('.')

/** Read such a note back; null for what is none. `base` is the address below which links live. */
export function unpackLink(text: string | null, base: string): ShownLink | null {
  const [, id, language, expiresAt, secret] = FORM.exec(text ?? '') ?? []
  const locale = LOCALES.find(one => one === language)
  if (id === undefined || locale === undefined || secret === undefined) return null
  return { id, locale, expiresAt: Number(expiresAt), url: `${base}/${secret}` }
}
