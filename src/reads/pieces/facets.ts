/** Rows that agree in every field, and how many they are. */
export interface Combination<Field extends string> {
  values: Record<Field, string | null>
  count: number
}

/** What a list is narrowed to, field by field; null where anything goes. */
export type Picked<Field extends string> = Record<Field, readonly string[] | null>

const VALUES_MAX = 20

/**
 * How many rows have which value of a field. What is picked in the field itself is left aside, so that the values beside
 * the picked ones say what picking them too would bring.
 */
export function facetOf<Field extends string>(combinations: Combination<Field>[], picked: Picked<Field>, field: Field) {
  const others = (Object.keys(picked) as Field[]).filter((one) => one !== field && picked[one] !== null)
  const counts = new Map<string, number>()
  for (const { values, count } of combinations) {
    const value = values[field]
    if (value === null || !others.every((other) => picked[other]!.includes(values[other] ?? ''))) continue
    counts.set(value, (counts.get(value) ?? 0) + count)
  }
  const all = [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  return { values: all.slice(0, VALUES_MAX), more: Math.max(0, all.length - VALUES_MAX) }
}
