import type { FormState } from '../http/attempt.ts'
import { blank } from '../http/attempt.ts'
import { Choice, Form, Select, Submit, Text } from '../http/form.tsx'
import { Copyable, Moment, Table } from '../http/parts.tsx'
import type { View } from '../http/view.ts'
import { mayWrite, type Visit } from '../http/visit.ts'
import type { Invitation } from './member.ts'
import type { InvitationRow, listMembers } from './person-store.ts'
import type { Role } from './role.ts'

type MemberRow = Awaited<ReturnType<typeof listMembers>>[number]

/** Who may do what here, and who is invited. `base` is the address of the page; `made` an invitation just made. */
export type MembersProps = {
  visit: Pick<Visit, 'csrf' | 'formKey' | 'reader' | 'role' | 'person'>
  base: string
  members: readonly MemberRow[]
  open: readonly InvitationRow[]
  roles: readonly Role[]
  state: FormState
  made: Invitation | null
}

/** Show the members of a tenant, or the operator's own people. */
export function membersBody(props: MembersProps): View['body'] {
  const { visit, open, made } = props
  const { reader } = visit
  const say = reader.words.people.members
  return (
    <>
      <p>{say.lead}</p>
      {made !== null && <Made made={made} visit={visit} />}
      <Members {...props} />
      {mayWrite(visit) && (
        <>
          <h2>{say.open}</h2>
          {open.length === 0 ? <p class="muted">{say.openNone}</p> : <Open {...props} />}
          <h2>{say.invite}</h2>
          <Inviting {...props} />
        </>
      )}
    </>
  )
}

const Made = ({ made, visit: { reader } }: Pick<MembersProps, 'visit'> & { made: Invitation }) => {
  const say = reader.words.people.members
  return (
    <section class="told" role="status">
      <h2>{say.linkTitle}</h2>
      <p>{say.linkText}</p>
      <p>
        <Copyable text={made.url} reader={reader} label={say.linkTitle} />
      </p>
    </section>
  )
}

const Members = ({ visit, base, members, roles }: MembersProps) => {
  const { reader, person } = visit
  const { people, site } = reader.words
  const say = people.members
  return (
    <Table
      caption={say.title}
      rows={members}
      columns={[
        { head: say.name, cell: row => `${row.name}${row.id === person.id ? ` (${say.you})` : ''}` },
        { head: say.email, cell: row => row.email },
        {
          head: say.role,
          cell: row =>
            mayWrite(visit) && roles.length > 1 ? (
              <Form visit={visit} action={`${base}/${row.id}`} class="row">
                <Select
                  name={`role.${row.id}`}
                  label={`${say.role}: ${row.name}`}
                  state={blank({ [`role.${row.id}`]: row.role })}
                  options={roles.map(role => ({ value: role, label: site.roles[role] }))}
                />
                <Submit label={say.change} kind="quiet" />
              </Form>
            ) : (
              site.roles[row.role]
            ),
        },
        { head: say.since, cell: row => <Moment at={row.since} reader={reader} /> },
        ...(mayWrite(visit)
          ? [{ head: say.remove, cell: (row: MemberRow) => <Removing visit={visit} base={base} row={row} /> }]
          : []),
      ]}
    />
  )
}

const Removing = ({ visit, base, row }: Pick<MembersProps, 'visit' | 'base'> & { row: MemberRow }) => {
  const say = visit.reader.words.people.members
  return (
    <details>
      <summary>{say.remove}</summary>
      <p>{say.removeText(row.name)}</p>
      <Form visit={visit} action={`${base}/${row.id}/remove`}>
        <Submit label={`${say.remove}: ${row.name}`} kind="danger" />
      </Form>
    </details>
  )
}

const Open = ({ visit, base, open }: MembersProps) => {
  const { reader } = visit
  const { people, site, measures } = reader.words
  const say = people.members
  return (
    <Table
      caption={say.open}
      rows={open}
      columns={[
        { head: say.label, cell: row => row.label },
        { head: say.role, cell: row => site.roles[row.role] },
        { head: say.since, cell: row => say.expires(measures.moment(row.expiresAt, reader.zone)) },
        {
          head: say.withdraw,
          cell: row => (
            <Form visit={visit} action={`${base}/invitations/${row.id}/withdraw`}>
              <Submit label={`${say.withdraw}: ${row.label}`} kind="quiet" />
            </Form>
          ),
        },
      ]}
    />
  )
}

const Inviting = ({ visit, base, roles, state }: MembersProps) => {
  const { people, site } = visit.reader.words
  const say = people.members
  return (
    <Form visit={visit} action={base} state={state}>
      <p>{say.inviteText}</p>
      <Text name="label" label={say.label} hint={say.labelHint} state={state} required />
      <Choice
        name="role"
        label={say.role}
        state={state}
        options={roles.map(role => ({ value: role, label: site.roles[role], hint: site.roleTexts[role] }))}
      />
      <Submit label={say.makeLink} />
    </Form>
  )
}
