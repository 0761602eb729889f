import { z } from 'zod'
import { Service } from '../catalog/index.ts'
import type { Kind, Snapshot } from '../documents/index.ts'
import { secretReference } from '../people/index.ts'

export const WEB_ADDRESS = /^https?:\/\/\S+$/i

/** Who is told of what happens to incidents, by a program: where, of what, and signed with which secret. */
export const hookSpec = z
  .strictObject({
    displayName: z.string().min(1).max(200).optional(),
    url: z.string().max(2000).regex(WEB_ADDRESS, { error: 'write a web address such as https://hooks.example.org/tocsin' }),
    /** Names of events, or `incident.*` for all of a noun. Left out: every event. */
    events: z.array(z.string().min(1).max(100)).min(1, 'names an event; leave it out for all').max(100).optional(),
    /** Of incidents of these services only. */
    services: z.array(z.string().min(1)).min(1, 'names a service; leave it out for all').max(1000).optional(),
    /** Of incidents of services of these teams only. */
    teams: z.array(z.string().min(1)).min(1, 'names a team; leave it out for all').max(1000).optional(),
    secret: secretReference.optional(),
    /** The secret before, while the receiver is moved over: both sign. */
    olderSecret: secretReference.optional(),
  })
  .superRefine((hook, context) => {
    if (hook.services && hook.teams)
      context.addIssue({ code: 'custom', path: ['teams'], message: 'stands beside services; write one of the two' })
    if (hook.olderSecret && !hook.secret) context.addIssue({ code: 'custom', path: ['secret'], message: 'is required beside olderSecret' })
  })

export type HookSpec = z.infer<typeof hookSpec>

export const Hook: Kind<HookSpec> = {
  name: 'Hook',
  schema: hookSpec,
  references: ({ services = [], teams = [] }) => [
    ...services.map((name, i) => ({ path: ['services', i], kind: 'Service', name })),
    ...teams.map((name, i) => ({ path: ['teams', i], kind: 'Team', name })),
  ],
}

/** Whether a hook is told of events of this type. */
export function hearsType({ events }: HookSpec, type: string): boolean {
  return events === undefined || events.some((one) => one === type || (one.endsWith('.*') && type.startsWith(one.slice(0, -1))))
}

/** Whether a hook is told of incidents of this service. */
export function hearsService({ services, teams }: HookSpec, service: string | null, snapshot: Snapshot): boolean {
  if (services) return service !== null && services.includes(service)
  if (!teams) return true
  const team = service === null ? undefined : snapshot.get(Service, service)?.spec.team
  return team !== undefined && teams.includes(team)
}
