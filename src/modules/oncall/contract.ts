import { z } from 'zod'
import { instant, route, text, textOr } from '../../platform/contract.ts'
import { listOf, listQuery, momentView, originView } from '../documents/contract.ts'
import { REACHES } from '../people/index.ts'

const moment = text.describe('ISO 8601 with an offset, or as the clocks in the schedule’s zone show it: 2026-01-05T09:00.')

const contactView = z.object({
  contact: text,
  channel: text,
  reaches: z.enum(REACHES).describe('What hears it first.'),
  state: z
    .enum(['works', 'failing', 'untried'])
    .describe('By the last page that went this way since the contact was written as it is now.'),
  lastDeliveredAt: momentView.nullable(),
})

/** First handoffs of layers. */
export const startsView = z.array(z.object({ layer: z.string(), start: z.string() }))

/** Whom a change of a schedule puts on call, and whom it takes off. */
export const handoverView = z.object({
  now: z.object({ from: z.string().nullable(), to: z.string().nullable() }).describe('People by name; null: nobody.'),
  shifts: z.object({ changed: z.int(), of: z.int() }).describe('Of the next shifts, those that somebody else has, wholly or in part.'),
  keepTurn: startsView.describe('What to write so that whoever has the turn keeps it; empty where nothing is to be kept.'),
})

/** What put somebody on call. */
const shiftOrigin = z.object({
  kind: z.enum(['layer', 'override']),
  layer: text.nullable(),
  override: text.nullable().describe('The override’s id; null for one that stands in the schedule itself.'),
  reason: text.nullable(),
  madeBy: text.nullable().describe('Who made the override.'),
  madeAt: momentView.nullable(),
  until: momentView.nullable().describe('When the layer’s or override’s stretch ends; null when no end is in sight.'),
})

/** Who comes after; nobody for a gap. */
const nextView = z.object({
  person: text.nullable(),
  displayName: text.nullable(),
  from: momentView,
  until: momentView.nullable(),
})

/** Somebody on call, or that nobody is, with the way that leads there. */
export const onCallView = z.object({
  schedule: text.nullable(),
  scheduleName: text.nullable(),
  /** Null for a schedule by itself. */
  policy: text.nullable(),
  policyName: text.nullable(),
  level: z.int().nullable().describe('1 for the first; one more than the levels for the catch-all.'),
  catchAll: z.boolean(),
  team: text.nullable(),
  teamName: text.nullable(),
  person: text.nullable().describe('Null: nobody.'),
  displayName: text.nullable(),
  timeZone: text.nullable().describe('The person’s own.'),
  from: momentView.nullable(),
  until: momentView.nullable().describe('Null: no end is in sight. Where nobody is on call: when somebody will be.'),
  why: text.describe('A sentence.'),
  whyKind: z.enum(['layer', 'override', 'member', 'named', 'admin', 'nobody']),
  absence: z
    .enum(['gap', 'outside-hours', 'left-empty', 'missing'])
    .nullable()
    .describe(
      'Why there is nobody: somebody is missing, the schedule is not written for this hour, the level pages nobody as it is written, or what it names does not exist.',
    ),
  origin: shiftOrigin.nullable().describe('What put the person on call; null where no schedule did.'),
  next: nextView.nullable().describe('Who comes after, for schedules; null when nothing changes within 60 days.'),
  reachable: z.array(contactView).describe('The contacts that are paged at high urgency, in order.'),
})

const whyKind = z.enum(['layer', 'override'])

const shiftView = z.object({
  gap: z.boolean().describe('Nobody is on call.'),
  person: text.nullable(),
  displayName: text.nullable(),
  from: momentView,
  until: momentView,
  whyKind: whyKind.nullable(),
  layer: text.nullable(),
  override: text.nullable().describe('The override’s id; null for one that stands in the schedule itself.'),
  reason: text.nullable(),
})

const onDutyView = z.object({
  person: text,
  displayName: text,
  from: momentView,
  until: momentView.nullable(),
  whyKind,
  layer: text.nullable(),
  reason: text.nullable(),
})

const scheduleView = z.object({
  name: text,
  displayName: text,
  timeZone: text,
  people: z.array(z.object({ name: text, displayName: text })).describe('Everybody with turns.'),
  onCall: onDutyView.nullable().describe('Now; null when nobody is.'),
  nextGap: z.object({ from: momentView, until: momentView }).nullable().describe('The next time without anybody, within 14 days.'),
  origin: originView,
})

const overrideView = z.object({
  id: text,
  schedule: text,
  person: text,
  displayName: text,
  from: momentView,
  until: momentView,
  reason: text.nullable(),
  madeBy: text,
  madeAt: momentView,
})

const coverView = z.object({
  schedule: text,
  displayName: text,
  timeZone: text,
  days: z
    .array(
      z.object({
        date: z.iso.date().describe('In the schedule’s zone.'),
        cover: z
          .enum(['whole', 'part', 'none', 'gap', 'unknown'])
          .describe('`part` and `none` leave out hours the schedule is not written for; in a `gap` somebody is missing.'),
        people: z.array(text),
      }),
    )
    .describe('Today first.'),
  gaps: z.array(z.object({ from: momentView, until: momentView })).describe('When somebody is missing; the first ten.'),
})

const zoneData = text.describe('The version of the time zone data it was reckoned with.')

const byName = z.object({ name: text })

export const onCallContract = {
  listOnCall: route({
    method: 'GET',
    path: '/on-call',
    permission: 'incident:read',
    summary: 'Who is on call, per schedule and per level of each escalation policy, until when, and why.',
    query: z.strictObject({
      ...listQuery,
      at: instant.optional().describe('Now unless said.'),
      person: text.optional(),
      schedule: text.optional(),
      service: text.optional().describe('Levels of this service’s policy only.'),
    }),
    reply: listOf(onCallView),
    refusals: { 'bad-cursor': 400, 'not-found': 404 },
  }),
  listCover: route({
    method: 'GET',
    path: '/on-call/cover',
    permission: 'incident:read',
    summary: 'Whether somebody is on call on each of the next days, per schedule, and when somebody is missing.',
    query: z.strictObject({
      ...listQuery,
      days: z.coerce.number({ error: 'is a number from 1 to 60' }).int().min(1).max(60).default(60),
    }),
    reply: listOf(coverView),
    refusals: { 'bad-cursor': 400 },
  }),
  listSchedules: route({
    method: 'GET',
    path: '/schedules',
    permission: 'incident:read',
    summary: 'Schedules by name, each with who is on call now and its next gap.',
    query: z.strictObject(listQuery),
    reply: listOf(scheduleView),
    refusals: { 'bad-cursor': 400 },
  }),
  listShifts: route({
    method: 'GET',
    path: '/schedules/{name}/shifts',
    permission: 'incident:read',
    summary: 'Shifts and gaps in order, without a hole or an overlap; the first and last are cut off at the window.',
    params: byName,
    query: z.strictObject({
      ...listQuery,
      since: instant.optional().describe('Now unless said.'),
      until: instant.optional().describe('14 days after `since` unless said; 400 at most.'),
    }),
    reply: listOf(shiftView).extend({ zoneData }),
    refusals: { 'not-found': 404, 'bad-window': 422, 'bad-cursor': 400 },
  }),
  previewSchedule: route({
    method: 'POST',
    looks: true,
    path: '/schedules/preview',
    permission: 'config:read',
    summary: 'Who would be on call by a schedule that is not saved, such as one that is being written: all of it, and each layer alone.',
    body: z.strictObject({
      spec: z.record(text, z.unknown()).describe('As in a document of kind Schedule.'),
      name: text.optional().describe('The schedule it is a draft of: the overrides made here count too.'),
      since: instant.optional().describe('Now unless said.'),
      until: instant.optional().describe('14 days after `since` unless said; 400 at most.'),
    }),
    reply: z.object({
      since: momentView,
      until: momentView,
      shifts: z
        .array(
          shiftView.extend({ outsideHours: z.boolean().describe('A gap that is left on purpose: the schedule is not written for it.') }),
        )
        .describe('After every rule; in order, without a hole or an overlap.'),
      layers: z.array(z.object({ name: text, shifts: z.array(shiftView) })).describe('Each as if it were alone.'),
      more: z.boolean().describe('There are more than 400 shifts; those after them are left out.'),
      zoneData,
      handover: handoverView.nullable().describe('Who is put on call, and who is taken off, by saving it; null where nobody is.'),
    }),
    refusals: { 'invalid-schedule': 422, 'bad-window': 422 },
  }),
  listOverrides: route({
    method: 'GET',
    path: '/schedules/{name}/overrides',
    permission: 'incident:read',
    summary: 'Overrides made here, that are not over; those of the schedule’s document stand in it.',
    params: byName,
    query: z.strictObject(listQuery),
    reply: listOf(overrideView),
    refusals: { 'not-found': 404, 'bad-cursor': 400 },
  }),
  makeOverride: route({
    method: 'POST',
    path: '/schedules/{name}/overrides',
    permission: 'incident:act',
    ofTeam: true,
    summary: 'Puts a person on call for a while, instead of whoever the rotation has.',
    params: byName,
    body: z.strictObject({
      person: textOr('is required: the name of a person'),
      from: moment.optional().describe('Now unless said.'),
      until: moment,
      reason: text.trim().min(1).max(500).optional(),
    }),
    status: 201,
    reply: overrideView,
    refusals: {
      'not-allowed': 403,
      'not-found': 404,
      'no-such-person': 422,
      'bad-moment': 422,
      'ends-before-start': 422,
      'already-over': 422,
    },
  }),
  endOverride: route({
    method: 'DELETE',
    path: '/schedules/{name}/overrides/{id}',
    permission: 'incident:act',
    ofTeam: true,
    summary: 'Takes an override away: the rotation decides again.',
    params: z.object({ name: text, id: text }),
    reply: z.object({}),
    refusals: { 'not-allowed': 403, 'not-found': 404, 'from-file': 409 },
  }),
}
