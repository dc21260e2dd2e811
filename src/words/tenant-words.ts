/** What stands on the tenant pages. */
export type TenantWords = { title: string }
