import type { StepKind } from '../health/next-step.ts'
import type { HealthVerdict } from '../health/verdict.ts'

/** What stands on the operator's overview. */
export type OverviewWords = {
  title: string
  /** A tile over the list: how many connections have a verdict. */
  tiles: Record<HealthVerdict, (count: number) => string>
  all(count: number): string
  counts: string
  today: string
  delivered(count: number): string
  held(count: number): string
  failed(count: number): string
  troubles(count: number): string
  rightsMissing(count: number): string
  filter: {
    label: string
    search: string
    searchHint: string
    verdict: string
    any: string
    provider: string
    go: string
    clear: string
  }
  list: string
  steps: Record<StepKind, string>
  /** The step with what it is about, for who hears one link after another. */
  stepFor(step: string, label: string): string
  empty: { text: string; action: string }
  nothing: { text: string; action: string }
}
