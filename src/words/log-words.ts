import type { AuditAction } from '../audit/audit.ts'
import type { Fact } from '../audit/fact.ts'

/** What stands on the page of the audit log. */
export type LogWords = {
  lead: string
  when: string
  who: string
  what: string
  subject: string
  details: string
  /** What somebody did, as it follows their name. */
  actions: Record<AuditAction, string>
  facts: Record<Fact, string>
  yesNo: Record<'yes' | 'no', string>
  actors: {
    zetel: string
    link: string
    operator: string
    key(label: string): string
    unknownKey: string
    unknownPerson: string
  }
  filter: { action: string; any: string; subject: string; subjectHint: string; go: string; clear: string }
  none: string
  /** Names the way from an entry to all entries about the same thing. */
  allOf(subject: string): string
}
