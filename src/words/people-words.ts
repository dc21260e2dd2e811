import type { Role } from '../people/role.ts'

/** What stands on the pages of signing in, of invitations and of one's own account. */
export type PeopleWords = {
  signIn: {
    title: string
    text: string
    action: string
    /** What an owner of a dedicated user has to know who strays here. */
    connectLink: string
    left: string
  }
  invitation: {
    title(where: string): string
    text(where: string, role: Role): string
    action: string
    ofOperator: string
  }
  nothingYet: { title: string; text(name: string): string; next: string }
  account: {
    title: string
    name: string
    email: string
    memberOf: string
    sessions(count: number): string
    everywhere: string
    everywhereText: string
    zone: string
    zoneText(zone: string): string
    zoneAction: string
  }
  members: {
    title: string
    lead: string
    name: string
    email: string
    role: string
    since: string
    change: string
    remove: string
    removeText(name: string): string
    you: string
    invite: string
    inviteText: string
    label: string
    labelHint: string
    makeLink: string
    linkTitle: string
    linkText: string
    open: string
    openNone: string
    expires(when: string): string
    withdraw: string
  }
}
