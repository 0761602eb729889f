import { type Instant, MINUTE } from '../../kernel/time.ts'

/** Whoever was not heard of for so long has gone. */
export const HERE_MS = MINUTE

export interface Here {
  person: string
  since: Instant
  writing: boolean
}

/** Who looks at which incident just now, as far as this process has heard. It is in memory alone: after a start nobody is here until they say so. */
export function newPresence() {
  const all = new Map<string, Map<string, Here & { seenAt: Instant }>>()
  let sweptAt = 0

  function here(incident: string, now: Instant): Here[] {
    const people = [...(all.get(incident)?.values() ?? [])].filter(({ seenAt }) => now - seenAt < HERE_MS)
    return people.map(({ seenAt: _, ...one }) => one).sort((a, b) => a.since - b.since)
  }

  function seen(incident: string, person: string, writing: boolean, now: Instant): void {
    if (now - sweptAt >= HERE_MS) {
      sweptAt = now
      for (const [other, people] of all) {
        for (const [name, { seenAt }] of people) if (now - seenAt >= HERE_MS) people.delete(name)
        if (people.size === 0) all.delete(other)
      }
    }
    const people = all.get(incident) ?? new Map<string, Here & { seenAt: Instant }>()
    const before = people.get(person)
    const since = before !== undefined && now - before.seenAt < HERE_MS ? before.since : now
    people.set(person, { person, since, writing, seenAt: now })
    all.set(incident, people)
  }

  return { here, seen }
}
