/** Who did something, as it is written on timelines and versions. */
export type Actor = `person:${string}` | `token:${string}` | `integration:${string}` | 'system'

/** The bare name behind an actor: `person:ada` → `ada`. */
export function nameOf(actor: Actor): string {
  return actor.slice(actor.indexOf(':') + 1)
}
