import type { FC } from 'hono/jsx'
import { document, type Html } from '../http/document.tsx'
import { Table } from '../http/parts.tsx'
import type { Reader } from '../http/reader.ts'
import type { ReferenceWords } from '../words/reference-words.ts'
import type { Call, Chapter } from './reference.ts'
import type { SchemaRow } from './schema-rows.ts'

type Props = { reader: Reader; chapters: readonly Chapter[]; origin: string }

const page = ({ reader }: Props, title: string, url: string, body: Parameters<typeof document>[1]): Html => {
  const other = reader.locale === 'nl' ? 'en' : 'nl'
  const otherLanguage = {
    label: reader.words.pages.otherLanguage,
    locale: other,
    url: `${url}?locale=${other}`,
  } as const
  return document({ locale: reader.locale, title, otherLanguage, wide: true }, body)
}

/** Tell how the API works, and where each resource is described. */
export function referenceIndex(props: Props): Html {
  const { reader, chapters, origin } = props
  const say = reader.words.reference
  return page(
    props,
    say.title,
    '/docs',
    <>
      <p>{say.lead}</p>
      <ul>
        {[say.key, say.errors, say.idempotency, say.lists].map(text => (
          <li>{text}</li>
        ))}
      </ul>
      <h2>{say.example}</h2>
      <pre class="scroll" tabindex={0}>
        <code>{`curl -H "Authorization: Bearer $ZETEL_KEY" ${origin}/v1/tenants/$TENANT/health`}</code>
      </pre>
      <p>
        <a href="/v1/openapi.json">{say.document}</a>
      </p>
      <h2>{say.resources}</h2>
      {chapters.map(({ tag, slug, calls }) => (
        <section>
          <h3 lang="en">
            <a href={`/docs/${slug}`}>{tag}</a>
          </h3>
          <ul lang="en">
            {calls.map(call => (
              <li>
                <a href={`/docs/${slug}#${call.id}`}>{call.summary}</a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>,
  )
}

/** Describe the calls of one resource. */
export function referenceChapter(props: Props, { tag, slug, calls }: Chapter): Html {
  const { reader, chapters } = props
  const say = reader.words.reference
  return page(
    props,
    `${tag} · API`,
    `/docs/${slug}`,
    <>
      <nav aria-label={say.resources} class="chapters">
        <a href="/docs">{say.start}</a>
        {chapters.map(chapter => (
          <a href={`/docs/${chapter.slug}`} aria-current={chapter.slug === slug ? 'page' : undefined} lang="en">
            {chapter.tag}
          </a>
        ))}
      </nav>
      {calls.map(call => (
        <Described call={call} say={say} />
      ))}
    </>,
  )
}

const Described: FC<{ call: Call; say: ReferenceWords }> = ({ call, say }) => (
  <section lang="en">
    <h2 id={call.id}>{call.summary}</h2>
    <p class="path">{`${call.method} ${call.path}`}</p>
    <p class="muted">{call.open ? say.open : call.description}</p>
    {call.parameters.length > 0 && (
      <>
        <h3>{say.parameters}</h3>
        <Table
          caption={`${say.parameters}: ${call.summary}`}
          rows={call.parameters}
          columns={[
            { head: say.field, cell: row => <Name name={row.name} required={row.required} say={say} /> },
            { head: say.where, cell: row => row.where },
            { head: say.notes, cell: row => row.note },
          ]}
        />
      </>
    )}
    {call.body.length > 0 && <Fields title={say.body} rows={call.body} call={call} say={say} />}
    {call.answer !== null && call.answer.rows.length > 0 && (
      <Fields title={say.answer(call.answer.status)} rows={call.answer.rows} call={call} say={say} />
    )}
    {call.answer !== null && call.answer.rows.length === 0 && (
      <p>{`${say.answer(call.answer.status)}: ${say.nothing}`}</p>
    )}
    <details>
      <summary>{say.refusals}</summary>
      <ul>
        {call.refusals.map(({ status, text }) => (
          <li>{`${status} ${text}`}</li>
        ))}
      </ul>
    </details>
  </section>
)

const Fields: FC<{ title: string; rows: readonly SchemaRow[]; call: Call; say: ReferenceWords }> = ({
  title,
  rows,
  call,
  say,
}) => (
  <>
    <h3>{title}</h3>
    <Table
      caption={`${title}: ${call.summary}`}
      rows={rows}
      columns={[
        { head: say.field, cell: row => <Name name={row.path} required={row.required} say={say} /> },
        { head: say.type, cell: row => row.type },
        { head: say.notes, cell: row => row.note },
      ]}
    />
  </>
)

const Name: FC<{ name: string; required: boolean; say: ReferenceWords }> = ({ name, required, say }) => (
  <>
    <code>{name}</code>
    {required && <span class="muted">{` ${say.required}`}</span>}
  </>
)
