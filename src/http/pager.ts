import { pageFields } from './page.ts'

/** Where the links around a part of a list lead; null where there is nothing to lead to. */
export type Ways = { next: string | null; first: string | null }

/** How a page of the dashboard is asked for a part of its list; a cursor that makes no sense is the start. */
export const cursorField = pageFields.cursor.catch(undefined)

/** Lead around a list below its address, with its filter kept; a filter that is null or empty is left out. */
export function waysAround(
  base: string,
  { cursor, ...filter }: { cursor?: string | undefined; [name: string]: string | null | undefined },
  next: string | null,
): Ways {
  const kept = Object.entries(filter).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []))
  const to = (more: [string, string][]): string => {
    const search = new URLSearchParams([...kept, ...more]).toString()
    return search === '' ? base : `${base}?${search}`
  }
  return { next: next === null ? null : to([['cursor', next]]), first: cursor === undefined ? null : to([]) }
}
