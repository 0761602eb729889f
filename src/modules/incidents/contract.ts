import { z } from 'zod'
import { isTimeZone } from '../../kernel/zone.ts'
import { instant, route, text, textOr } from '../../platform/contract.ts'
import { PAUSE_REASONS } from '../../platform/pause-reasons.ts'
import { momentView } from '../documents/contract.ts'
import { dayOf, IMPORT_FORMATS, SHOWS } from '../timeline/index.ts'
import { ACTS } from './lifecycle.ts'
import { INTERVALS, MOMENTS, type MomentName } from './moments.ts'
import { STATUSES } from './status.ts'

const nullableInstant = momentView.nullable()
export const act = z.enum(ACTS)
export const moment = z.enum(MOMENTS)
export const interval = z.enum(INTERVALS)
export const momentsView = z.object(
  Object.fromEntries(MOMENTS.map((name) => [name, nullableInstant])) as Record<MomentName, typeof nullableInstant>,
)
export const pageQuery = {
  limit: z.coerce
    .number({ error: 'is a number from 1 to 200' })
    .int()
    .min(1, 'is at least 1')
    .max(200, 'is at most 200')
    .default(50)
    .describe('How many; at most 200.'),
  cursor: text.optional().describe('`next` of the page before.'),
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

export const EXPORT_FORMATS = ['md', 'json', 'bundle'] as const

/** The most common values of one field. */
export const facetView = z.object({
  values: z.array(z.object({ value: text, count: z.int() })).describe('The most common first; at most 20.'),
  more: z.int().describe('How many further values there are.'),
})
export const countedView = {
  counted: z.int().describe('How many rows were counted: the newest that match what is no facet.'),
  complete: z.boolean().describe('False when older rows were left out of the count.'),
}

export const named = z.union([z.strictObject({ person: text }), z.strictObject({ team: text })], {
  error: 'is { person: name } or { team: name }',
})
const memberView = z.object({
  person: text.nullable(),
  team: text.nullable().describe('Everybody in it.'),
  how: z
    .enum(['declaring', 'page', 'role', 'hand', 'glass'])
    .describe('By declaring it, by a page, by a role, let in by hand, or by breaking the glass.'),
  by: text.describe('Who let them in.'),
  at: momentView,
})
const membersView = z.object({ members: z.array(memberView) })

export const incidentView = z.object({
  id: text,
  number: text.describe('INC-142'),
  title: text,
  summary: text.nullable(),
  status: z.enum(STATUSES).describe('How far the work is.'),
  held: z.boolean().describe('Whether somebody has it: pages go by this.'),
  declared: z.boolean().describe('A person made it theirs to work on; it never ends by itself.'),
  severity: z.int().describe('A rank, 1 worst.'),
  level: text.describe('SEV1: the key of that rank in its scheme.'),
  scheme: z.object({ name: text, version: z.int() }),
  parent: text.nullable().describe('The incident it is a part of.'),
  mergedInto: text.nullable(),
  urgency: z.enum(['high', 'low']),
  service: text.nullable(),
  policy: text.nullable(),
  kind: text,
  origin: z.enum(['alert', 'person', 'drill']),
  visibility: z.enum(['public', 'private']),
  demo: z.boolean(),
  grouping: z.array(z.object({ label: text, value: text })),
  startedAt: momentView,
  impactStartedAt: nullableInstant,
  declaredAt: nullableInstant,
  declaredBy: text.nullable(),
  acknowledgedAt: nullableInstant,
  acknowledgedBy: text.nullable(),
  resolvedAt: nullableInstant,
  resolvedBy: text.nullable(),
  members: z.array(memberView).optional().describe('Who sees a private one; told where it is asked for by itself.'),
})

/** An incident in a list, with what happens next if nobody acts. */
export const listedIncidentView = incidentView.extend({
  next: z
    .object({
      level: z.int().describe('One more than the levels stands for the catch-all.'),
      round: z.int(),
      catchAll: z.boolean(),
      people: z.array(z.object({ person: text, displayName: text })).describe('Empty where nobody is found there.'),
      dueAt: nullableInstant.describe('Null while the level before waits to be reached.'),
    })
    .nullable(),
})

const eventView = z.object({
  position: z.number(),
  seq: z.int(),
  incidentId: text,
  type: text,
  data: z.record(text, z.unknown()),
  actor: text,
  happenedAt: momentView,
  recordedAt: momentView,
  redacted: z.literal(true).optional().describe('What it said was taken away; its digest is still sealed.'),
})

export const pageView = z.object({
  id: text,
  person: text,
  contact: text,
  channel: text,
  round: z.int(),
  level: z.int(),
  urgency: z.enum(['high', 'low']),
  reason: text.describe('How this person was found.'),
  status: z.enum(['queued', 'retrying', 'sending', 'delivered', 'gave-up', 'withdrawn']),
  dueAt: momentView,
  possiblyDuplicate: z.boolean(),
  endedAt: nullableInstant,
  endedReason: text.nullable(),
  attempts: z.array(
    z.object({
      attempt: z.int(),
      beganAt: momentView,
      endedAt: momentView,
      outcome: z.enum(['delivered', 'try-again', 'gave-up', 'unknown']),
      answer: text,
      bundle: text.nullable(),
    }),
  ),
})

const escalationView = z.object({
  state: z.enum(['active', 'stopped', 'none']),
  policy: text.nullable(),
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
      people: z.array(z.object({ person: text, displayName: text, through: text })),
    })
    .nullable(),
  /** All levels of the policy version in use, for the ladder. */
  levels: z.array(z.object({ level: z.int(), after: text, catchAll: z.boolean(), applies: z.boolean(), targets: z.array(text) })),
})

const byId = z.object({ id: text.describe('inc_… or INC-142') })
const list = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: text.nullable() })

const noteText = text.trim().min(1, 'is required').max(10_000, 'is at most 10,000 letters')
const entry = byId.extend({
  seq: z.coerce.number({ error: 'is the number of an entry' }).int().min(1).describe('The number of the entry.'),
})
const reason = (why: string) => textOr(`is required: ${why}`).trim().min(1, `is required: ${why}`).max(1000)
const mended = z.object({ seq: z.int().nullable().describe('The entry that tells of it; null where it stood so already.') })

const rank = z.coerce.number().int().min(1).max(5)

const incidentFilters = {
  status: commaList(z.enum([...STATUSES, 'open']))
    .optional()
    .describe('How far the work is; `open` for all that is to be seen to.'),
  severity: commaList(rank).optional(),
  urgency: z.enum(['high', 'low']).optional(),
  service: commaList(text).optional(),
  team: commaList(text).optional().describe('Of services of these teams.'),
  acknowledgedBy: commaList(text).optional().describe('Names of people; `me` is who asks.'),
  waitingFor: text
    .max(200)
    .optional()
    .describe('A person, or `me`: open, not acknowledged, and this person has been paged for it or is about to be.'),
  since: instant.optional().describe('Opened at this moment or later.'),
  until: instant.optional().describe('Opened before this moment.'),
  q: text.max(200).optional().describe('Part of the title, the number, or the whole dedup key of one of its alerts.'),
  text: text.max(200).optional().describe('Part of the title.'),
}

export const pauseContract = {
  getPause: route({
    method: 'GET',
    path: '/pause',
    permission: 'incident:read',
    summary: 'Whether this installation holds every page back, because its data was copied, restored or moved, or by an operator’s wish.',
    reply: z.object({ paused: z.object({ since: momentView, reason: z.enum(PAUSE_REASONS), because: text }).nullable() }),
    refusals: {},
  }),
  resumePaging: route({
    method: 'DELETE',
    path: '/pause',
    permission: 'config:write',
    summary: 'Lets pages leave again. What is open and unacknowledged pages anew, from level 1; what has ended pages nobody.',
    reply: z.object({ pagedAfresh: z.int().describe('How many incidents page anew.') }),
    refusals: {},
  }),
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
  acknowledgeIncident: route({
    method: 'POST',
    path: '/incidents/{id}/acknowledgement',
    permission: 'incident:act',
    ofTeam: true,
    summary: 'Acknowledges: stops the escalation. Idempotent; answers who did it.',
    params: byId,
    body: z.strictObject({ via: z.enum(['api', 'cli', 'web']).default('api') }),
    reply: incidentView,
    refusals: { 'not-allowed': 403, 'not-found': 404, 'already-resolved': 409, merged: 409 },
  }),
  escalateIncident: route({
    method: 'POST',
    path: '/incidents/{id}/escalation',
    permission: 'incident:act',
    ofTeam: true,
    summary: 'Pages the next level now: nobody has it until somebody acknowledges anew.',
    params: byId,
    body: z.strictObject({}),
    reply: incidentView,
    refusals: { 'not-allowed': 403, 'not-found': 404, 'already-resolved': 409, merged: 409, 'no-policy': 409 },
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
  getResponsePlan: route({
    method: 'GET',
    path: '/incidents/{id}/plan',
    permission: 'incident:read',
    summary: 'One page to work by: what to do at once, where to look, how to stop it, whom to tell and to call, when it is over.',
    params: byId,
    reply: z.object({
      sections: z.array(
        z.object({
          section: z.enum(['now', 'investigate', 'mitigate', 'tell', 'call', 'over']),
          title: text,
          lines: z.array(
            z.object({
              text,
              who: text.nullable().describe('Whose it is.'),
              href: text.nullable(),
              state: z.enum(['open', 'done']).nullable().describe('Of what can be done; null: only to be known.'),
            }),
          ),
        }),
      ),
    }),
    refusals: { 'not-found': 404 },
  }),
  addMember: route({
    method: 'PUT',
    path: '/incidents/{id}/members/{person}',
    permission: 'incident:act',
    summary: 'Lets a person see a private incident. Idempotent.',
    params: byId.extend({ person: text }),
    reply: membersView,
    refusals: { 'not-found': 404, 'not-private': 409, 'no-such-person': 422 },
  }),
  removeMember: route({
    method: 'DELETE',
    path: '/incidents/{id}/members/{person}',
    permission: 'incident:act',
    summary: 'Takes a person off those who see a private incident; whoever is paged for it anew is in again. Idempotent.',
    params: byId.extend({ person: text }),
    reply: membersView,
    refusals: { 'not-found': 404, 'last-member': 409 },
  }),
  addMemberTeam: route({
    method: 'PUT',
    path: '/incidents/{id}/members/teams/{team}',
    permission: 'incident:act',
    summary: 'Lets everybody in a team see a private incident, as long as they are in it. Idempotent.',
    params: byId.extend({ team: text }),
    reply: membersView,
    refusals: { 'not-found': 404, 'not-private': 409, 'no-such-team': 422 },
  }),
  removeMemberTeam: route({
    method: 'DELETE',
    path: '/incidents/{id}/members/teams/{team}',
    permission: 'incident:act',
    summary: 'Takes a team off those who see a private incident. Idempotent.',
    params: byId.extend({ team: text }),
    reply: membersView,
    refusals: { 'not-found': 404, 'last-member': 409 },
  }),
  setVisibility: route({
    method: 'PUT',
    path: '/incidents/{id}/visibility',
    permission: 'incident:act',
    summary:
      'Makes an incident private, for whoever declared it, has it or was paged for it; or public, which only its commander or declarer may. Idempotent.',
    params: byId,
    body: z.strictObject({
      visibility: z.enum(['public', 'private']),
      confirm: z.boolean().optional().describe('`true` to make it public: all that was written is then seen by everybody.'),
    }),
    reply: incidentView,
    refusals: { 'not-found': 404, 'not-yours': 409, 'confirm-wanted': 422, 'no-members': 409 },
  }),
  breakGlass: route({
    method: 'POST',
    path: '/incidents/{id}/glass',
    permission: 'admin',
    summary: 'Looks into a private incident, by its number: whoever does becomes a member, and all members are told.',
    params: byId,
    body: z.strictObject({ reason: text.trim().max(1000).default('').describe('Why it must be seen; everybody in it reads this.') }),
    reply: incidentView,
    refusals: { 'not-found': 404, 'person-wanted': 403, 'reason-wanted': 422, 'not-private': 409 },
  }),
  addNote: route({
    method: 'POST',
    path: '/incidents/{id}/notes',
    permission: 'incident:declare',
    summary: 'Writes a note, a decision or an observation on the timeline, where it happened.',
    params: byId,
    body: z
      .strictObject({
        text: noteText,
        kind: z.enum(['note', 'decision', 'observation']).default('note'),
        happenedAt: instant.optional().describe('When it happened, if not now.'),
        at: instant.optional().describe('The same, shorter.'),
      })
      .refine(({ at, happenedAt }) => at === undefined || happenedAt === undefined, {
        error: 'is happenedAt said once more; leave one out',
        path: ['at'],
      }),
    status: 201,
    reply: z.object({ seq: z.int().describe('Its number on the timeline.') }),
    refusals: { 'not-found': 404, 'in-the-future': 422 },
  }),
  getTimeline: route({
    method: 'GET',
    path: '/incidents/{id}/timeline',
    permission: 'incident:read',
    summary: 'What happened, in order: as it was recorded, or as it happened. Entries that mend others are entries, too.',
    params: byId,
    query: z.strictObject({
      ...pageQuery,
      order: z.enum(['recorded', 'happened']).default('recorded').describe('Two of one moment stand as they were recorded.'),
      first: z.enum(['oldest', 'newest']).default('oldest').describe('From which end.'),
      show: commaList(z.enum(SHOWS)).optional().describe('Only these, together: `key,alerts`. Everything unless said.'),
    }),
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

/** What is done to a timeline beside writing on it. */
export const timelineContract = {
  editEntry: route({
    method: 'PATCH',
    path: '/incidents/{id}/timeline/{seq}',
    permission: 'incident:declare',
    summary: 'Says an entry of one’s own in other words; those of before stay on the timeline.',
    params: entry,
    body: z.strictObject({ text: noteText }),
    reply: mended,
    refusals: { 'not-found': 404, 'not-yours': 409, 'no-words': 409, 'already-deleted': 409, 'already-redacted': 409 },
  }),
  deleteEntry: route({
    method: 'DELETE',
    path: '/incidents/{id}/timeline/{seq}',
    permission: 'incident:declare',
    summary: 'Takes an entry of one’s own back. It stays on the timeline, as deleted.',
    params: entry,
    body: z.strictObject({ reason: text.trim().min(1).max(1000).optional() }),
    reply: mended,
    refusals: { 'not-found': 404, 'not-yours': 409 },
  }),
  redactEntry: route({
    method: 'POST',
    path: '/incidents/{id}/timeline/{seq}/redaction',
    permission: 'admin',
    summary: 'Takes away for good what an entry says, such as a password. Its digest stays, so that the timeline can still be verified.',
    params: entry,
    body: z.strictObject({ reason: reason('why what it says may not stay') }),
    reply: mended,
    refusals: { 'not-found': 404, 'older-seal': 409 },
  }),
  listGaps: route({
    method: 'GET',
    path: '/incidents/{id}/timeline/gaps',
    permission: 'incident:read',
    summary:
      'Stretches in which no person, alert, change or update is told of: over 10 minutes where the severity is 1 or 2, over 30 elsewhere.',
    params: byId,
    reply: z.object({ items: z.array(z.object({ from: momentView, until: momentView })) }),
    refusals: { 'not-found': 404 },
  }),
  importTimeline: route({
    method: 'POST',
    path: '/incidents/{id}/timeline/import',
    permission: 'incident:act',
    summary: 'Writes down what others wrote down, each at the moment it happened and once by its source and name. All of it, or nothing.',
    params: byId,
    body: z.strictObject({
      format: z.enum(IMPORT_FORMATS).describe('slack is the file of a day from an export of a channel.'),
      content: textOr('is required: the rows').min(1, 'is required: the rows'),
      source: text.trim().min(1).max(200).optional().describe('Where rows come from that do not say; the format unless said.'),
      date: text
        .refine((day) => dayOf(day) !== undefined, 'is a day such as 2026-03-14')
        .optional()
        .describe('The day of times that stand alone.'),
      zone: text
        .refine(isTimeZone, 'is the name of a time zone, such as Europe/Berlin')
        .default('UTC')
        .describe('Of times without an offset.'),
      dryRun: z.boolean().default(false).describe('Says what would be added, and adds nothing.'),
    }),
    reply: z.object({ added: z.int(), known: z.int() }),
    refusals: { 'not-found': 404, 'bad-rows': 422, 'too-many-rows': 422 },
  }),
  exportIncident: route({
    method: 'GET',
    path: '/incidents/{id}/export',
    permission: 'incident:read',
    summary:
      'The incident with its whole timeline: to read (md), for programs (json), or sealed and signed (bundle), for `tocsin incident verify`.',
    params: byId,
    query: z.strictObject({ format: z.enum(EXPORT_FORMATS).default('json') }),
    reply: z.unknown(),
    refusals: { 'not-found': 404 },
    raw: true,
  }),
  getSigningKey: route({
    method: 'GET',
    path: '/signing-key',
    permission: 'public',
    summary: 'The key by which bundles of this installation are checked. Compare it with the one in a bundle that came another way.',
    reply: z.object({ algorithm: z.literal('Ed25519'), key: text.describe('SPKI, in base64.') }),
    refusals: {},
  }),
}
