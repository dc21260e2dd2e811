import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Locale } from '../words/words.ts'
import { ASSETS } from './asset-paths.ts'

/** A whole page, escaped and ready to be sent. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

export type DocumentProps = {
  locale: Locale
  title: string
  /** The same page in the other language, if there is one. */
  otherLanguage: { label: string; locale: Locale; url: string } | null
  /** Default narrow: one column, as a telephone shows it. */
  wide?: boolean
}

/** Make a whole page: language, title, stylesheet and heading; no script, no inline style, and nothing told to other sites. */
export const document = ({ locale, title, otherLanguage, wide = false }: DocumentProps, body: Child): Html =>
  html`<!doctype html>${(
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="referrer" content="no-referrer" />
        <title>{`${title} · Zetel`}</title>
        <link rel="stylesheet" href={ASSETS.stylesheet} />
        <link rel="icon" href="data:," />
      </head>
      <body class={wide ? 'wide' : 'narrow'}>
        <header>
          <span>Zetel</span>
          {otherLanguage && (
            <a href={otherLanguage.url} hreflang={otherLanguage.locale} lang={otherLanguage.locale}>
              {otherLanguage.label}
            </a>
          )}
        </header>
        <main>
          <h1>{title}</h1>
          {body}
        </main>
      </body>
    </html>
  )}`
