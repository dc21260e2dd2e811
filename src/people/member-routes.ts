import { z } from '@hono/zod-openapi'
import { blank, type FormState } from '../http/attempt.ts'
import { line } from '../http/fields.ts'
import type { Site } from '../http/site.ts'
import type { View } from '../http/view.ts'
import type { Visit } from '../http/visit.ts'
import type { TenantId } from '../id.ts'
import { ok } from '../result.ts'
import { changeRole, type Invitation, invite, removeMember, withdraw } from './member.ts'
import { membersBody } from './member-page.tsx'
import { listMembers, openInvitations } from './person-store.ts'
import { OPERATOR_OWNER, type Owner, type Role, TENANT_ROLES } from './role.ts'

/** Whose members a page shows, where, and what they can be. */
type Circle = { owner: Owner; base: string; roles: readonly Role[]; frame: Pick<View, 'place' | 'setting'> }

const ofTenant = (tenant: TenantId): Circle => ({
  owner: tenant,
  base: `/t/${tenant}/settings/members`,
  roles: TENANT_ROLES,
  frame: { place: 'settings', setting: 'members' },
})

const TEAM: Circle = { owner: OPERATOR_OWNER, base: '/team', roles: ['operator'], frame: { place: 'team' } }

/** The form with the least that can be given. */
const asBefore = ({ roles }: Circle): FormState => blank({ role: roles[0] })

const Invited = <R extends Role>(roles: readonly [R, ...R[]]) =>
  z.strictObject({ label: line(200), role: z.enum(roles) })

type Here = Omit<Visit, 'tenant' | 'params' | 'query'>

/** Members of a tenant, below its settings; and the operator's own people. */
export function memberPages(site: Site): void {
  const { api } = site

  const show = async (visit: Here, circle: Circle, state = asBefore(circle), made: Invitation | null = null) => {
    const { db, clock } = site.ports
    const [members, open] = await Promise.all([
      listMembers(db, circle.owner),
      openInvitations(db, circle.owner, clock.now()),
    ])
    const { people, site: words } = visit.reader.words
    return ok<View>({
      title: circle.owner === OPERATOR_OWNER ? words.places.team : people.members.title,
      ...circle.frame,
      body: membersBody({ visit, ...circle, members, open, state, made }),
    })
  }

  const inviting = async (visit: Here & { body: { label: string; role: Role } }, circle: Circle) =>
    show(
      visit,
      circle,
      asBefore(circle),
      await invite(api, circle.owner, visit.body.role, visit.body.label, visit.actor),
    )

  site.page({ path: '/t/{tenant}/settings/members', may: 'read' }, visit => show(visit, ofTenant(visit.tenant.id)))
  site.form(
    { path: '/t/{tenant}/settings/members', may: 'write', body: Invited(TENANT_ROLES) },
    visit => inviting(visit, ofTenant(visit.tenant.id)),
    (visit, state) => show(visit, ofTenant(visit.tenant.id), state),
  )
  site.form(
    {
      path: '/t/{tenant}/settings/members/{person}',
      may: 'write',
      body: z.strictObject({ role: z.record(z.string(), z.enum(TENANT_ROLES)) }),
    },
    async ({ tenant, params, body, actor }) => {
      const role = body.role[params.person]
      if (role === undefined) return { ok: false, failure: { kind: 'not_found' } }
      const changed = await changeRole(api, tenant.id, params.person, role, actor)
      return changed.ok ? ok({ to: ofTenant(tenant.id).base, told: 'saved' }) : changed
    },
  )
  site.form(
    { path: '/t/{tenant}/settings/members/{person}/remove', may: 'write' },
    async ({ tenant, params, actor }) => {
      const removed = await removeMember(api, tenant.id, params.person, actor)
      return removed.ok ? ok({ to: ofTenant(tenant.id).base, told: 'removed' }) : removed
    },
  )
  site.form(
    { path: '/t/{tenant}/settings/members/invitations/{invitation}/withdraw', may: 'write' },
    async ({ tenant, params, actor }) => {
      const withdrawn = await withdraw(api, tenant.id, params.invitation, actor)
      return withdrawn.ok ? ok({ to: ofTenant(tenant.id).base, told: 'removed' }) : withdrawn
    },
  )

  site.page({ path: '/team', may: 'operate' }, visit => show(visit, TEAM))
  site.form(
    { path: '/team', may: 'operate', body: Invited(['operator']) },
    visit => inviting(visit, TEAM),
    (visit, state) => show(visit, TEAM, state),
  )
  site.form({ path: '/team/{person}/remove', may: 'operate' }, async ({ params, actor }) => {
    const removed = await removeMember(api, OPERATOR_OWNER, params.person, actor)
    return removed.ok ? ok({ to: TEAM.base, told: 'removed' }) : removed
  })
  site.form({ path: '/team/invitations/{invitation}/withdraw', may: 'operate' }, async ({ params, actor }) => {
    const withdrawn = await withdraw(api, OPERATOR_OWNER, params.invitation, actor)
    return withdrawn.ok ? ok({ to: TEAM.base, told: 'removed' }) : withdrawn
  })
}
