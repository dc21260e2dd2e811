import type { TenantWords } from '../tenant-words.ts'

export const tenant: TenantWords = { title: 'Wie zit waar' }
