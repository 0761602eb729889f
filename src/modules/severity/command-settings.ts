import { z } from 'zod'
import type { Kind } from '../documents/index.ts'

const target = z.union([z.strictObject({ person: z.string() }), z.strictObject({ team: z.string() })], {
  error: 'write { person: name } or { team: name }',
})
const audience = z.array(target).max(50)

/** How incidents are commanded in this installation: one document, called `default`. */
export const commandSettingsSpec = z.strictObject({
  /** The severity scheme where a team names none; sev1-sev4-sre unless said. */
  scheme: z.string().optional(),
  /** The phases that are played; four-phases unless said. */
  phases: z.string().optional(),
  /** Whom a bad incident pages that has no commander for long, and one whose update is late. */
  commanderPolicy: z.string().optional(),
  commsPolicy: z.string().optional(),
  /** Who is meant by a scheme that says leadership, management, executives or team-lead. */
  audiences: z
    .strictObject({ leadership: audience, management: audience, executives: audience, 'team-lead': audience })
    .partial()
    .optional(),
  /** When promises by office hours run. */
  businessHours: z
    .strictObject({
      timeZone: z.string(),
      days: z.array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])).min(1),
      from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'write a time such as 09:00' }),
      until: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, { error: 'write a time such as 17:00' }),
    })
    .optional(),
  /** How an incident is called: INC-{number}. */
  reference: z
    .string()
    .max(40)
    .regex(/\{(number|n3)\}/, { error: 'needs {number}, or {year} and {n3}' })
    .optional(),
  /** Where people talk about an incident declared from now on: an address with {number}, {slug}, {level} or {date} in it. */
  bridge: z
    .string()
    .max(500)
    .regex(/^https?:\/\/[^\s{}]+(\{(number|slug|level|date)\}[^\s{}]*)+$/, {
      error: 'write an address such as https://meet.example.org/{number}, with {number}, {slug}, {level} or {date} in it',
    })
    .optional(),
})

export type CommandSettings = z.infer<typeof commandSettingsSpec>

export const CommandSettingsKind: Kind<CommandSettings> = {
  name: 'Command',
  schema: commandSettingsSpec,
  references: (spec) => [
    ...(spec.commanderPolicy ? [{ path: ['commanderPolicy'], kind: 'EscalationPolicy', name: spec.commanderPolicy }] : []),
    ...(spec.commsPolicy ? [{ path: ['commsPolicy'], kind: 'EscalationPolicy', name: spec.commsPolicy }] : []),
    ...Object.entries(spec.audiences ?? {}).flatMap(([audienceName, all]) =>
      (all ?? []).map((one, i) =>
        'person' in one
          ? { path: ['audiences', audienceName, i, 'person'], kind: 'Person', name: one.person }
          : { path: ['audiences', audienceName, i, 'team'], kind: 'Team', name: one.team },
      ),
    ),
  ],
}
