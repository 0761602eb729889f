import { z } from 'zod'
import { parseDuration } from '../../kernel/duration.ts'
import { instant, route, text } from '../../platform/contract.ts'
import { momentView } from '../documents/contract.ts'
import { REMINDER_RULES } from './reminders.ts'

const HOUR = 3_600_000
const snooze = text.refine((said) => isBetween(parseDuration(said)), { error: 'is a duration of at most 60m, such as 10m' })

function isBetween(ms: number | undefined): boolean {
  return ms !== undefined && ms >= 1000 && ms <= HOUR
}

const rule = z.enum(REMINDER_RULES)
export const needView = z.object({
  need: rule,
  subject: text.describe('A role, an audience, a task; empty where there is only one.'),
  since: momentView,
  act: text.describe('What ends it.'),
})

export const reminderView = z.object({
  id: text,
  rule,
  subject: text,
  text: text.describe('In words.'),
  since: momentView.describe('From when it counts.'),
  dueAt: momentView.nullable().describe('When it is said next; null: not any more.'),
  promisedAt: momentView.nullable(),
  snoozedUntil: momentView.nullable(),
  snoozes: z.int(),
  sent: z.int().describe('How often it was said.'),
  how: z.enum(['say', 'run']).describe('run: somebody else is paged.'),
  stoppedBecause: text.nullable(),
})

export const clocksContract = {
  listReminders: route({
    method: 'GET',
    path: '/incidents/{id}/reminders',
    permission: 'incident:read',
    summary: 'What people will be reminded of unless it is done before, the soonest first.',
    params: z.object({ id: text.describe('inc_… or INC-142') }),
    reply: z.object({ items: z.array(reminderView) }),
    refusals: { 'not-found': 404 },
  }),
  changeReminder: route({
    method: 'PATCH',
    path: '/reminders/{id}',
    permission: 'incident:act',
    summary: 'Puts a reminder off, three times at most, or says that it is not needed, and why.',
    params: z.object({ id: text.describe('rem_…') }),
    body: z.union(
      [z.strictObject({ snooze }), z.strictObject({ stop: text.trim().min(1, 'is required: why it is not needed').max(1000) })],
      {
        error: 'write { snooze: 10m } or { stop: why }',
      },
    ),
    reply: reminderView,
    refusals: { 'not-found': 404, 'snoozed-enough': 409, 'already-paging': 409 },
  }),
  listNotices: route({
    method: 'GET',
    path: '/people/{name}/notices',
    permission: 'incident:read',
    summary: 'What somebody was told beside pages, the latest first; one’s own.',
    params: z.object({ name: text }),
    reply: z.object({
      items: z.array(
        z.object({
          id: text,
          incidentId: text,
          number: text,
          title: text,
          rule: text,
          subject: text,
          text,
          at: momentView,
          readAt: momentView.nullable(),
        }),
      ),
      unread: z.int(),
    }),
    refusals: { 'not-yours': 403 },
  }),
  readNotices: route({
    method: 'PUT',
    path: '/people/{name}/notices/read',
    permission: 'incident:read',
    summary: 'Marks them as read, up to a moment.',
    params: z.object({ name: text }),
    body: z.strictObject({ until: instant.optional().describe('Now unless said.') }).default({}),
    reply: z.object({}),
    refusals: { 'not-yours': 403 },
  }),
}
