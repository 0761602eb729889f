import { z } from 'zod'
import type { Kind } from '../documents/index.ts'
import { durationText, type Urgency } from '../people/index.ts'

export const serviceSpec = z.strictObject({
  displayName: z.string().min(1).max(200).optional(),
  description: z.string().max(4000).optional(),
  team: z.string().optional(),
  policy: z.string().optional(),
  /** Whose pages wake: `by-severity` (ranks 1 and 2 high) unless said. */
  urgency: z.enum(['high', 'low', 'by-severity']).optional(),
  /** `by: [labels]` folds alerts with equal values into one incident, `by: all` all of the service's. */
  grouping: z
    .strictObject({
      by: z.union([z.literal('all'), z.array(z.string().min(1)).min(1).max(20)]),
      /** How long an acknowledgement covers what joins: after it an alert of high urgency pages again. 24h unless said. */
      holds: durationText.optional(),
    })
    .optional(),
  autoResolve: z.boolean().optional(),
  /** An acknowledged incident that is not resolved pages again after this long. Off unless said. */
  ackTimeout: durationText.optional(),
  dependsOn: z.array(z.string()).max(200).optional(),
  /** What severity rules and filters may ask for, such as payments. */
  tags: z.array(z.string().min(1).max(100)).max(50).optional(),
  /** Who knows it best: whom a scheme calls the specialist. */
  experts: z.array(z.string()).max(50).optional(),
  links: z
    .array(z.strictObject({ href: z.url(), text: z.string().min(1).max(200) }))
    .max(50)
    .optional(),
  /** Whom to ask outside: the cloud, a vendor. */
  support: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(200),
        phone: z.string().min(1).max(100).optional(),
        /** Where a ticket is opened. */
        href: z.url().optional(),
        /** What they ask for: a contract, an account. */
        note: z.string().min(1).max(500).optional(),
      }),
    )
    .max(20)
    .optional(),
})

export type ServiceSpec = z.infer<typeof serviceSpec>

export const Service: Kind<ServiceSpec> = {
  name: 'Service',
  schema: serviceSpec,
  references: (service) => [
    ...(service.team ? [{ path: ['team'], kind: 'Team', name: service.team }] : []),
    ...(service.policy ? [{ path: ['policy'], kind: 'EscalationPolicy', name: service.policy }] : []),
    ...(service.dependsOn ?? []).map((name, i) => ({ path: ['dependsOn', i], kind: 'Service', name })),
    ...(service.experts ?? []).map((name, i) => ({ path: ['experts', i], kind: 'Person', name })),
  ],
}

/** The name of the built-in service that Tocsin's own alarms belong to; nobody can write a document of this name. */
export const OWN_SERVICE = 'tocsin'

/** Ranks 1 and 2 are high, the others low, unless the service says one word for all. */
export function urgencyOf(severity: number, service: ServiceSpec | undefined): Urgency {
  const said = service?.urgency ?? 'by-severity'
  return said === 'by-severity' ? (severity <= 2 ? 'high' : 'low') : said
}

/** How long an acknowledgement covers what joins. */
export function holdsOf(service: ServiceSpec | undefined): string {
  return service?.grouping?.holds ?? '24h'
}

/**
 * Which incident of the service an alert belongs to: equal keys share one. With none of the labels present, each
 * alert is on its own, under its identity.
 */
export function groupOf(
  service: ServiceSpec | undefined,
  labels: Record<string, string>,
  identity: string,
): { key: string; by: [label: string, value: string][] } {
  const by = service?.grouping?.by
  if (by === 'all') return { key: 'all', by: [] }
  const pairs = (by ?? []).map((label): [string, string] => [label, labels[label] ?? ''])
  if (pairs.every(([, value]) => value === '')) return { key: `alert:${identity}`, by: [] }
  return { key: `by:${JSON.stringify(pairs)}`, by: pairs }
}
