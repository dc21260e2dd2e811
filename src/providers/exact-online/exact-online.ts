import type { Provider } from '../provider.ts'
import { administrationOf } from './administration.ts'
import { lookUp, reach, readLookUp, readReach, readRight, readWritten, right, write } from './api.ts'
import { prepare } from './bookings.ts'
import { checkBookkeeping } from './bookkeeping.ts'
import { definition } from './definition.ts'
import { fromDocument } from './document.ts'
import { diagnose } from './errors.ts'
import { readIdentity, whoAmI } from './identity.ts'
import { readRates } from './limits.ts'
import { needs } from './rights.ts'
import { diagnoseToken } from './token-errors.ts'

/** Speak Exact Online: the REST API below `/api/v1`, OData version 2 in JSON (providers/exact-online.md). */
export const exactOnline: Provider = {
  definition,
  needs,
  prepare,
  fromDocument,
  checkBookkeeping,
  whoAmI,
  readIdentity,
  reach,
  readReach,
  right,
  readRight,
  write,
  readWritten,
  lookUp,
  readLookUp,
  diagnose,
  diagnoseToken,
  readRates,
  administrationOf,
}
