import type { Registration } from '../providers/app-form.ts'
import type { Scope } from '../tenants/api-key.ts'
import type { LogWords } from './log-words.ts'
import type { Locale } from './words.ts'

/** What stands on the pages of tenants and their settings, of API keys, of the audit log, and of provider apps. */
export type SettingWords = {
  tenants: {
    lead: string
    search: string
    go: string
    clear: string
    name: string
    nameHint: string
    language: string
    languageHint: string
    languages: Record<Locale, string>
    integrations: string
    since: string
    none: string
    noApps: string
    registerApp: string
    notFound(search: string): string
    add: string
    addText: string
  }
  general: {
    lead: string
    save: string
    /** What follows from another language, said beside the button. */
    saveText: string
    administrations: string
    administrationsText: string
    number: string
    numberHint: string
    name: string
    nameHint: string
    provider: string
    since: string
    none: string
    add: string
    addText: string
  }
  keys: {
    lead: string
    none: string
    label: string
    labelHint: string
    prefix: string
    scopes: string
    scopeNames: Record<Scope, string>
    scopeTexts: Record<Scope, string>
    made: string
    lastUsed: string
    neverUsed: string
    state: string
    works: string
    revoked: string
    make: string
    makeText: string
    shownTitle: string
    shownText: string
    revoke: string
    revokeText(label: string): string
  }
  log: LogWords
  apps: {
    lead: string
    none: string
    provider: string
    baseUrl: string
    baseUrlHint: string
    clientId: string
    clientIdHint: string
    secret: string
    secretHint: string
    registration: string
    registrations: Record<Registration, string>
    /** DIV-02, DIV-03; DIV-12: the choice and its effect in one breath. */
    registrationTexts: Record<Registration, string>
    scopes: string
    scopesHint: string
    noScopes: string
    callsPerMinute: string
    /** `usual` says it per provider. */
    callsPerMinuteHint(usual: string): string
    usual(calls: string): string
    used: string
    integrations(count: number): string
    made: string
    redirect: string
    redirectText: string
    add: string
    addText: string
    addAction: string
    replace: string
    replaceText(count: number): string
    replaceAction: string
  }
}
