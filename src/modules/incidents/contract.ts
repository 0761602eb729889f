import { z } from 'zod'
import { route } from '../../platform/contract.ts'

export const instant = z.iso.datetime().describe('ISO 8601, UTC')
const nullableInstant = instant.nullable()
export const pageQuery = {
  limit: z.coerce
    .number({ error: 'is a number from 1 to 200' })
    .int()
    .min(1, 'is at least 1')
    .max(200, 'is at most 200')
    .default(50)
    .describe('How many; at most 200.'),
  cursor: z.string().optional().describe('`next` of the page before.'),
}
/** `a,b,c` in a query, or the parameter several times. */
export const commaList = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) =>
      typeof value === 'string' || Array.isArray(value)
        ? [value].flat().flatMap((one) => (typeof one === 'string' ? one.split(',').filter((part) => part !== '') : [one]))
        : value,
    z.array(item),
  )

/** The most common values of one field. */
export const facetView = z.object({
  values: z.array(z.object({ value: z.string(), count: z.int() })).describe('The most common first; at most 20.'),
  more: z.int().describe('How many further values there are.'),
})
export const countedView = {
  counted: z.int().describe('How many rows were counted: the newest that match what is no facet.'),
  complete: z.boolean().describe('False when older rows were left out of the count.'),
}

export const incidentView = z.object({
  id: z.string(),
  number: z.string().describe('INC-142'),
  title: z.string(),
  summary: z.string().nullable(),
  status: z.enum(['detected', 'acknowledged', 'resolved']),
  severity: z.int().describe('A rank, 1 worst.'),
  urgency: z.enum(['high', 'low']),
  service: z.string().nullable(),
  policy: z.string().nullable(),
  kind: z.string(),
  origin: z.enum(['alert', 'person', 'drill']),
  visibility: z.enum(['public', 'private']),
  demo: z.boolean(),
  grouping: z.array(z.object({ label: z.string(), value: z.string() })),
  startedAt: instant,
  impactStartedAt: nullableInstant,
  declaredAt: nullableInstant,
  declaredBy: z.string().nullable(),
  acknowledgedAt: nullableInstant,
  acknowledgedBy: z.string().nullable(),
  resolvedAt: nullableInstant,
  resolvedBy: z.string().nullable(),
})

/** An incident in a list, with what happens next if nobody acts. */
export const listedIncidentView = incidentView.extend({
  next: z
    .object({
      level: z.int().describe('One more than the levels stands for the catch-all.'),
      round: z.int(),
      catchAll: z.boolean(),
      people: z.array(z.object({ person: z.string(), displayName: z.string() })).describe('Empty where nobody is found there.'),
      dueAt: nullableInstant.describe('Null while the level before waits to be reached.'),
    })
    .nullable(),
})

const eventView = z.object({
  position: z.number(),
  seq: z.int(),
  incidentId: z.string(),
  type: z.string(),
  data: z.record(z.string(), z.unknown()),
  actor: z.string(),
  happenedAt: instant,
  recordedAt: instant,
})

export const pageView = z.object({
  id: z.string(),
  person: z.string(),
  contact: z.string(),
  channel: z.string(),
  round: z.int(),
  level: z.int(),
  urgency: z.enum(['high', 'low']),
  reason: z.string().describe('How this person was found.'),
  status: z.enum(['queued', 'retrying', 'sending', 'delivered', 'gave-up', 'withdrawn']),
  dueAt: instant,
  possiblyDuplicate: z.boolean(),
  endedAt: nullableInstant,
  endedReason: z.string().nullable(),
  attempts: z.array(
    z.object({
      attempt: z.int(),
      beganAt: instant,
      endedAt: instant,
      outcome: z.enum(['delivered', 'try-again', 'gave-up', 'unknown']),
      answer: z.string(),
      bundle: z.string().nullable(),
    }),
  ),
})

const escalationView = z.object({
  state: z.enum(['active', 'stopped', 'none']),
  policy: z.string().nullable(),
  run: z.int().nullable(),
  round: z.int().nullable(),
  /** 1 for the first; null before it; one more than the levels for the catch-all. */
  level: z.int().nullable(),
  /** What happens next if nobody acts. */
  next: z
    .object({
      at: nullableInstant.describe('Null while the level before waits to be reached.'),
      level: z.int(),
      round: z.int(),
      catchAll: z.boolean(),
      people: z.array(z.object({ person: z.string(), displayName: z.string(), through: z.string() })),
    })
    .nullable(),
  /** All levels of the policy version in use, for the ladder. */
  levels: z.array(
    z.object({ level: z.int(), after: z.string(), catchAll: z.boolean(), applies: z.boolean(), targets: z.array(z.string()) }),
  ),
})

const byId = z.object({ id: z.string().describe('inc_… or INC-142') })
const list = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() })

const rank = z.coerce.number().int().min(1).max(5)

const incidentFilters = {
  status: commaList(z.enum(['detected', 'acknowledged', 'resolved', 'open']))
    .optional()
    .describe('detected, acknowledged, resolved, or open for the first two.'),
  severity: commaList(rank).optional(),
  urgency: z.enum(['high', 'low']).optional(),
  service: commaList(z.string()).optional(),
  team: commaList(z.string()).optional().describe('Of services of these teams.'),
  acknowledgedBy: commaList(z.string()).optional().describe('Names of people; `me` is who asks.'),
  waitingFor: z
    .string()
    .max(200)
    .optional()
    .describe('A person, or `me`: open, not acknowledged, and this person has been paged for it or is about to be.'),
  since: instant.optional().describe('Opened at this moment or later.'),
  until: instant.optional().describe('Opened before this moment.'),
  q: z.string().max(200).optional().describe('Part of the title, the number, or the whole dedup key of one of its alerts.'),
  text: z.string().max(200).optional().describe('Part of the title.'),
}

export const incidentsContract = {
  listIncidents: route({
    method: 'GET',
    path: '/incidents',
    permission: 'incident:read',
    summary: 'Incidents, newest first. A page looks at a bounded stretch of history: it may be short, or empty, and still have a next one.',
    query: z.strictObject({ ...pageQuery, ...incidentFilters }),
    reply: list(listedIncidentView),
    refusals: { 'bad-cursor': 400, 'no-person': 422 },
  }),
  countIncidents: route({
    method: 'GET',
    path: '/incidents/facets',
    permission: 'incident:read',
    summary: 'How many incidents have which value, field by field; each field is counted as if it were not filtered by.',
    query: z.strictObject(incidentFilters),
    reply: z.object({
      ...countedView,
      status: facetView,
      severity: facetView,
      urgency: facetView,
      service: facetView,
      team: facetView,
      acknowledgedBy: facetView,
    }),
    refusals: { 'no-person': 422 },
  }),
  declareIncident: route({
    method: 'POST',
    path: '/incidents',
    permission: 'incident:act',
    summary: 'Declares an incident; follows its service’s escalation policy, or the one named.',
    body: z.strictObject({
      title: z
        .string({ error: 'is required: one line that says what is wrong' })
        .trim()
        .min(1, 'is required: one line that says what is wrong')
        .max(1024),
      severity: z.int().min(1).max(5).default(2).describe('A rank, 1 worst.'),
      service: z.string().optional(),
      policy: z.string().optional(),
      summary: z.string().max(10_000).optional(),
    }),
    status: 201,
    reply: incidentView.extend({ warnings: z.array(z.string()) }),
    refusals: { 'no-such-service': 422, 'no-such-policy': 422 },
  }),
  getIncident: route({
    method: 'GET',
    path: '/incidents/{id}',
    permission: 'incident:read',
    summary: 'One incident.',
    params: byId,
    reply: incidentView,
    refusals: { 'not-found': 404 },
  }),
  changeIncident: route({
    method: 'PATCH',
    path: '/incidents/{id}',
    permission: 'incident:act',
    summary: 'Changes title, summary or severity. A severity set by a person stays, whatever alerts say.',
    params: byId,
    body: z.strictObject({
      title: z.string().trim().min(1).max(1024).optional(),
      summary: z.string().max(10_000).optional(),
      severity: z.int().min(1).max(5).optional(),
      reason: z.string().max(1000).optional().describe('Why the severity was changed; kept on the timeline.'),
      expected: z
        .strictObject({ title: z.string().max(1024).optional(), summary: z.string().max(10_000).optional(), severity: z.int().optional() })
        .optional()
        .describe('What the caller saw. If it is something else by now, nothing is changed.'),
    }),
    reply: incidentView,
    refusals: { 'not-found': 404, 'changed-meanwhile': 409 },
  }),
  acknowledgeIncident: route({
    method: 'POST',
    path: '/incidents/{id}/acknowledgement',
    permission: 'incident:act',
    summary: 'Acknowledges: stops the escalation. Idempotent; answers who did it.',
    params: byId,
    body: z.strictObject({ via: z.enum(['api', 'cli', 'web']).default('api') }),
    reply: incidentView,
    refusals: { 'not-found': 404, 'already-resolved': 409 },
  }),
  resolveIncident: route({
    method: 'POST',
    path: '/incidents/{id}/resolution',
    permission: 'incident:act',
    summary: 'Resolves by hand; its open alerts end. Idempotent.',
    params: byId,
    body: z.strictObject({}),
    reply: incidentView,
    refusals: { 'not-found': 404 },
  }),
  escalateIncident: route({
    method: 'POST',
    path: '/incidents/{id}/escalation',
    permission: 'incident:act',
    summary: 'Pages the next level now and takes the incident back to detected.',
    params: byId,
    body: z.strictObject({}),
    reply: incidentView,
    refusals: { 'not-found': 404, 'already-resolved': 409, 'no-policy': 409 },
  }),
  getEscalation: route({
    method: 'GET',
    path: '/incidents/{id}/escalation',
    permission: 'incident:read',
    summary: 'Who is next, and when, if nobody acts.',
    params: byId,
    reply: escalationView,
    refusals: { 'not-found': 404 },
  }),
  addNote: route({
    method: 'POST',
    path: '/incidents/{id}/notes',
    permission: 'incident:act',
    summary: 'Writes a note on the timeline.',
    params: byId,
    body: z.strictObject({ text: z.string().trim().min(1, 'is required').max(10_000), happenedAt: instant.optional() }),
    status: 201,
    reply: z.object({}),
    refusals: { 'not-found': 404 },
  }),
  getTimeline: route({
    method: 'GET',
    path: '/incidents/{id}/timeline',
    permission: 'incident:read',
    summary: 'What happened, in order.',
    params: byId,
    query: z.strictObject(pageQuery),
    reply: list(eventView),
    refusals: { 'not-found': 404, 'bad-cursor': 400 },
  }),
  getPages: route({
    method: 'GET',
    path: '/incidents/{id}/pages',
    permission: 'incident:read',
    summary: 'The delivery log: every page, every attempt, what the provider answered.',
    params: byId,
    query: z.strictObject(pageQuery),
    reply: list(pageView),
    refusals: { 'not-found': 404, 'bad-cursor': 400 },
  }),
}
