/** The value at `service`, `next.people.0.person`: as it stands, nothing where there is nothing, lists and groups as JSON. */
export function fieldOf(value: unknown, path: string): string {
  let here = value
  for (const step of path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return ''
    here = (here as Record<string, unknown>)[step]
  }
  if (here === null || here === undefined) return ''
  // One line each, whatever stands in a title.
  return (typeof here === 'object' ? JSON.stringify(here) : String(here)).replace(/[\t\r\n]+/g, ' ')
}

/** A line for each item: what was asked for, a tab between. */
export function fieldLines(items: readonly unknown[], paths: readonly string[]): string {
  return items.map((item) => `${paths.map((path) => fieldOf(item, path)).join('\t')}\n`).join('')
}

/** Paths that lead somewhere in a value, for whoever mistyped one: `next.people.0.person` and all that stand on the way. */
export function pathsIn(value: unknown, depth = 3): string[] {
  if (depth === 0 || typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [name, ...pathsIn(inner, depth - 1).map((below) => `${name}.${below}`)])
}
