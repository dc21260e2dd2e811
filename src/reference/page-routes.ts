import type { Context } from 'hono'
import { htmlResponse } from '../http/html.ts'
import { openApiDocument } from '../http/openapi.ts'
import { type Reader, readerOf } from '../http/reader.ts'
import type { Site } from '../http/site.ts'
import { LOCALES, wordsIn } from '../words/words.ts'
import { ApiDocument } from './api-document.ts'
import { type Chapter, chapters } from './reference.ts'
import { referenceChapter, referenceIndex } from './reference-page.tsx'

/** The API reference, made of the served document itself; open to all, as the document is. */
export function referencePages(site: Site): void {
  const { api, ports } = site
  const { app, frame } = api
  const { origin } = ports.settings
  let written: Chapter[] | null = null
  const all = (): Chapter[] => {
    written ??= chapters(ApiDocument.parse(openApiDocument(api)))
    return written
  }
  app.get('/docs', frame.around, c =>
    htmlResponse(200, referenceIndex({ reader: readerHere(c, ports.clock.now()), chapters: all(), origin })),
  )
  app.get('/docs/:slug', frame.around, c => {
    const chapter = all().find(({ slug }) => slug === c.req.param('slug'))
    if (chapter === undefined) return c.notFound()
    return htmlResponse(
      200,
      referenceChapter({ reader: readerHere(c, ports.clock.now()), chapters: all(), origin }, chapter),
    )
  })
}

/** The language asked for in the address counts first. */
function readerHere(c: Context, now: number): Reader {
  const reader = readerOf(c, now)
  const locale = LOCALES.find(one => one === c.req.query('locale')) ?? reader.locale
  return { ...reader, locale, words: wordsIn(locale) }
}
