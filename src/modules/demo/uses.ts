import type { Reference } from '../documents/index.ts'

/** An object and what it points to. */
export interface Pointing {
  kind: string
  name: string
  references: Pick<Reference, 'kind' | 'name'>[]
}

/** A demo object that a person's own objects use, and which ones do, whether at first or at second hand. */
export interface Staying {
  kind: string
  name: string
  usedBy: { kind: string; name: string }[]
}

/** What has to stay when the demo goes: everything that can be reached from a person's own objects. */
export function staying(demo: Pointing[], own: Pointing[]): Staying[] {
  const demoByKey = new Map(demo.map((one) => [keyOf(one), one]))
  const users = new Map<string, Staying>()
  for (const { kind, name, references } of own) {
    const seen = new Set<string>()
    const open = references.map(keyOf)
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      const used = demoByKey.get(key)
      if (!used || seen.has(key)) continue
      seen.add(key)
      open.push(...used.references.map(keyOf))
      const stays = users.get(key) ?? { kind: used.kind, name: used.name, usedBy: [] }
      stays.usedBy.push({ kind, name })
      users.set(key, stays)
    }
  }
  return demo.flatMap((one) => users.get(keyOf(one)) ?? [])
}

function keyOf({ kind, name }: { kind: string; name: string }): string {
  return `${kind}/${name}`
}
