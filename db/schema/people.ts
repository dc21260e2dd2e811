import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { InvitationId, PersonId } from '../../src/id.ts'
import type { Owner, Role } from '../../src/people/role.ts'

/** Who has ever signed in; known by the issuer and its own name for them, never by e-mail address. */
export const people = sqliteTable(
  'people',
  {
    id: text().$type<PersonId>().primaryKey(),
    issuer: text().notNull(),
    subject: text().notNull(),
    name: text().notNull(),
    email: text().notNull(),
    createdAt: integer('created_at').notNull(),
  },
  table => [uniqueIndex('one_person_per_subject').on(table.issuer, table.subject)],
)

/** What a person may do, and where: in one tenant, or everywhere for those of the operator. */
export const members = sqliteTable(
  'members',
  {
    tenantId: text('tenant_id').$type<Owner>().notNull(),
    personId: text('person_id').$type<PersonId>().notNull(),
    role: text().$type<Role>().notNull(),
    createdAt: integer('created_at').notNull(),
  },
  table => [primaryKey({ columns: [table.tenantId, table.personId] }), index('members_by_person').on(table.personId)],
)

/** A link that makes whoever signs in through it a member, once. */
export const invitations = sqliteTable(
  'invitations',
  {
    tenantId: text('tenant_id').$type<Owner>().notNull(),
    id: text().$type<InvitationId>().notNull(),
    role: text().$type<Role>().notNull(),
    /** For whom it is meant, in the words of whoever made it. */
    label: text().notNull(),
    secretHash: text('secret_hash').notNull(),
    expiresAt: integer('expires_at').notNull(),
    usedAt: integer('used_at'),
    createdAt: integer('created_at').notNull(),
  },
  table => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('one_invitation_per_secret').on(table.secretHash),
  ],
)

/** Browsers that are signed in, by the hash of their cookie. */
export const sessions = sqliteTable(
  'sessions',
  {
    hash: text().primaryKey(),
    personId: text('person_id').$type<PersonId>().notNull(),
    createdAt: integer('created_at').notNull(),
    seenAt: integer('seen_at').notNull(),
  },
  table => [index('sessions_by_person').on(table.personId), index('sessions_by_age').on(table.createdAt)],
)

/** Sign-ins on their way to the issuer and back, by the hash of their `state`; each is taken once. */
export const signIns = sqliteTable(
  'sign_ins',
  {
    stateHash: text('state_hash').primaryKey(),
    browserHash: text('browser_hash').notNull(),
    returnTo: text('return_to').notNull(),
    invitationHash: text('invitation_hash'),
    expiresAt: integer('expires_at').notNull(),
  },
  table => [index('sign_ins_by_age').on(table.expiresAt)],
)
