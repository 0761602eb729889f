import { z } from 'zod'
import { parseDuration } from '../../kernel/duration.ts'
import { instant, isNear, route, text } from '../../platform/contract.ts'
import { momentView } from '../documents/contract.ts'

const byId = z.object({ id: text.describe('inc_… or INC-142') })
const line = (max: number) => text.trim().min(1, 'is required').max(max)
const reason = line(1000)
const DURATION = 'is a duration such as 20m, from 1s to 30d'
const duration = text.refine((said) => isWithin(said, 1000, 30 * 86_400_000), { error: DURATION })
const due = text
  .refine((said) => isWithin(said, 1000, 30 * 86_400_000) || (instant.safeParse(said).success && isNear(said)), {
    error: 'is a duration such as 3m, or a moment such as 2026-01-05T08:00:00Z',
  })
  .describe('How long from now (3m), or a moment.')

function isWithin(said: string, least: number, most: number): boolean {
  const ms = parseDuration(said)
  return ms !== undefined && ms >= least && ms <= most
}

export const taskView = z.object({
  id: text,
  incidentId: text,
  kind: z.enum(['task', 'follow-up']),
  number: z.int().describe('Counted in one incident.'),
  text,
  person: text.nullable(),
  due: momentView.nullable(),
  handsOn: z.boolean().describe('Whoever does it changes something with their own hands.'),
  temporary: z.boolean().describe('What it brings about has to be taken back.'),
  state: z.enum(['open', 'done', 'dropped']),
  reason: text.nullable(),
  by: text,
  at: momentView,
  endedAt: momentView.nullable(),
})
const alike = z.array(taskView).describe('Open ones that say nearly the same.')

const given = {
  text: line(1000),
  person: text.max(100).optional(),
  due: due.optional(),
}
const who = { 'not-found': 404, 'not-declared': 409, 'not-from-here': 409 } as const

export const pollView = z.object({
  id: text,
  text,
  by: text,
  openedAt: momentView,
  until: momentView,
  objections: z.array(z.object({ by: text, text, at: momentView })),
  decidedAt: momentView.nullable(),
})

export const updateView = z.object({
  id: text,
  audience: z.enum(['internal', 'status-page']),
  text,
  by: text,
  at: momentView,
  nextBy: momentView.nullable(),
})

export const tasksContract = {
  listTasks: route({
    method: 'GET',
    path: '/incidents/{id}/tasks',
    permission: 'incident:read',
    summary: 'Tasks of an incident: open ones first, the soonest due first.',
    params: byId,
    query: z.strictObject({ like: text.max(1000).optional().describe('Open ones that say nearly this, and no others.') }),
    reply: z.object({ items: z.array(taskView) }),
    refusals: { 'not-found': 404 },
  }),
  addTask: route({
    method: 'POST',
    path: '/incidents/{id}/tasks',
    permission: 'incident:act',
    summary:
      'Gives somebody, or nobody yet, something to do while it lasts. In a bad incident whoever is in command is warned off work of the hands.',
    params: byId,
    body: z.strictObject({
      ...given,
      handsOn: z.boolean().optional(),
      temporary: z.boolean().optional(),
      confirm: z.boolean().optional().describe('Although whoever is in command should keep their hands off.'),
    }),
    status: 201,
    reply: taskView.extend({ alike }),
    refusals: { ...who, 'no-such-person': 422, 'hands-off': 409 },
  }),
  listFollowUps: route({
    method: 'GET',
    path: '/incidents/{id}/follow-ups',
    permission: 'incident:read',
    summary: 'What is to be done after it.',
    params: byId,
    reply: z.object({ items: z.array(taskView) }),
    refusals: { 'not-found': 404 },
  }),
  addFollowUp: route({
    method: 'POST',
    path: '/incidents/{id}/follow-ups',
    permission: 'incident:act',
    summary: 'Something to do that outlives the incident.',
    params: byId,
    body: z.strictObject(given),
    status: 201,
    reply: taskView,
    refusals: { 'not-found': 404, 'not-declared': 409, 'no-such-person': 422 },
  }),
  changeTask: route({
    method: 'PATCH',
    path: '/tasks/{id}',
    permission: 'incident:act',
    summary: 'A task or follow-up is done, dropped with a reason, opened again, given to somebody else, or moved.',
    params: z.object({ id: text.describe('tsk_…') }),
    body: z.strictObject({
      state: z.enum(['open', 'done', 'dropped']).optional(),
      reason: reason.optional(),
      text: line(1000).optional(),
      person: text.max(100).nullable().optional(),
      due: due.nullable().optional(),
    }),
    reply: taskView,
    refusals: { 'not-found': 404, 'no-such-person': 422, 'reason-wanted': 422 },
  }),
  listPolls: route({
    method: 'GET',
    path: '/incidents/{id}/polls',
    permission: 'incident:read',
    summary: 'What was asked of everybody, the latest first.',
    params: byId,
    reply: z.object({ items: z.array(pollView) }),
    refusals: { 'not-found': 404 },
  }),
  openPoll: route({
    method: 'POST',
    path: '/incidents/{id}/polls',
    permission: 'incident:act',
    summary: 'Proposes something: whoever objects says so within 60 seconds, then it is decided.',
    params: byId,
    body: z.strictObject({ text: line(1000) }),
    status: 201,
    reply: pollView,
    refusals: who,
  }),
  objectToPoll: route({
    method: 'POST',
    path: '/polls/{id}/objections',
    permission: 'incident:act',
    summary: 'Objects to what is proposed, while it is open.',
    params: z.object({ id: text.describe('pol_…') }),
    body: z.strictObject({ text: line(1000) }),
    status: 201,
    reply: pollView,
    refusals: { 'not-found': 404, 'poll-over': 409 },
  }),
  listUpdates: route({
    method: 'GET',
    path: '/incidents/{id}/updates',
    permission: 'incident:read',
    summary: 'What people were told, the latest first; at most 200.',
    params: byId,
    reply: z.object({ items: z.array(updateView) }),
    refusals: { 'not-found': 404 },
  }),
  postUpdate: route({
    method: 'POST',
    path: '/incidents/{id}/updates',
    permission: 'comms:publish',
    summary: 'Tells people how it stands, and when they hear more: by the level’s rhythm unless said.',
    params: byId,
    body: z.strictObject({
      text: line(10_000),
      audience: z.enum(['internal', 'status-page']).default('internal'),
      next: duration.optional().describe('In how long the next one comes: 20m.'),
    }),
    status: 201,
    reply: updateView,
    refusals: who,
  }),
  catchUp: route({
    method: 'GET',
    path: '/incidents/{id}/catch-up',
    permission: 'incident:read',
    summary: 'For whoever has just come: one sentence, who has what, what is so now, what happened last, and what is wanted of them.',
    params: byId,
    reply: z.object({
      sentence: text,
      level: text,
      status: text,
      roles: z.array(z.object({ role: text, name: text, people: z.array(text) })),
      now: z.object({
        heldBy: text.nullable(),
        cause: text.nullable(),
        tasks: z.array(z.object({ number: z.int(), text, person: text.nullable(), due: momentView.nullable() })),
        nextUpdateBy: momentView.nullable(),
        lastUpdate: text.nullable(),
      }),
      events: z.array(z.object({ at: momentView, text })).describe('The last five that matter most, the latest first.'),
      wanted: z.array(text).describe('Of whoever asks.'),
    }),
    refusals: { 'not-found': 404 },
  }),
}
