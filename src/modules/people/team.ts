import { z } from 'zod'
import type { Kind, Snapshot } from '../documents/index.ts'

export const teamSpec = z.strictObject({
  displayName: z.string().min(1).max(200).optional(),
  members: z.array(z.string()).max(1000),
  lead: z.string().optional(),
  /** The severity scheme of what is this team's; the installation's unless said. */
  scheme: z.string().optional(),
})

export type TeamSpec = z.infer<typeof teamSpec>

export const Team: Kind<TeamSpec> = {
  name: 'Team',
  schema: teamSpec,
  references: (team) => [
    ...team.members.map((name, i) => ({ path: ['members', i], kind: 'Person', name })),
    ...(team.lead ? [{ path: ['lead'], kind: 'Person', name: team.lead }] : []),
  ],
}

/** The teams a person is in. */
export function teamsOf(snapshot: Snapshot, person: string): string[] {
  return snapshot.all(Team).flatMap(({ name, spec }) => (spec.members.includes(person) ? [name] : []))
}
