import type { Chain, RefreshToken } from './model.ts'
import type { Settings } from './settings.ts'

export type ReuseVerdict = 'overlap' | 'refuse' | 'kill'

/** What becomes of a refresh token that was used before, or that lost its place to a sibling. */
export function judgeReuse(settings: Settings, chain: Chain, token: RefreshToken, now: number): ReuseVerdict {
  switch (settings.reuse_model) {
    case 'A':
      return 'kill'
    case 'B':
      return 'refuse'
    case 'C':
      return !token.dead && chain.confirmed <= token.generation ? 'overlap' : 'refuse'
    case 'D':
      return now < (token.used_at ?? now) + settings.overlap_seconds * 1000 ? 'overlap' : 'refuse'
    case 'E':
      return 'overlap'
  }
}
