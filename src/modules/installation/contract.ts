import { z } from 'zod'
import { ROLES } from '../../kernel/permission.ts'
import { route, text } from '../../platform/contract.ts'
import { momentView } from '../documents/contract.ts'

const settingsView = z.object({
  version: text,
  schema: z.int().describe('The number of the newest migration.'),
  node: text.describe('The node that answered.'),
  zoneData: text.describe('The version of the time zone data that this node reckons schedules with.'),
  address: z.object({ url: text, listen: text }),
  dataFolder: text,
  database: z.object({
    kind: z.enum(['embedded', 'own']),
    host: text.nullable(),
    name: text.nullable(),
    version: text,
    bytes: z.int(),
    standby: z.boolean().describe('Whether it is asked for a synchronous standby at the start and while it runs.'),
  }),
  mail: z.object({ server: text, from: text.nullable() }).nullable().describe('Null: not set up.'),
  egressAllow: z.array(text).describe('Private networks that addresses of contacts may lead to.'),
  configuration: text.nullable().describe('The file or folder that is applied at every start.'),
  demo: z.boolean().nullable().describe('Whether the demo was asked for; null: left to whether anything was configured.'),
  adminToken: z.boolean().describe('Whether the environment holds one; never the token.'),
  secretKey: text.nullable().describe('The file; null: generated, in the data folder.'),
  secretsFolder: text.describe('The one folder whose files documents may name as secrets.'),
  logLevel: text,
  given: z.array(text).describe('The variables of what was set, by flag or environment.'),
  retention: z.object({
    incidentDays: z.int().nullable().describe('After they were resolved, with timeline, pages and alerts. Null: for ever.'),
    alertDays: z.int().nullable().describe('After they ended; their incident stays.'),
    rawDays: z.int().describe('Bodies as they came in.'),
    rawBytes: z.int().describe('As much of them is kept; then the oldest days go earlier.'),
    rawDayBytes: z.int().describe('Of one day, by each integration; beyond it bodies are read, and their first 4 KB kept.'),
    rawDayAllBytes: z.int().describe('The same, by all integrations.'),
    alertDayBytes: z.int().describe('New alerts of one day with what follows them, by each integration; beyond it new ones are one alert.'),
    alertDayAllBytes: z.int().describe('The same, by all integrations.'),
    unparsedDays: z.int().nullable().describe('Bodies that could not be used, or were refused.'),
    messageDays: z.int().nullable().describe('Test pages, and what drawn phones have shown.'),
    sessionDays: z.int(),
    loginLinkMinutes: z.int(),
    actionLinkDays: z.int(),
    repliesHours: z.int().describe('Answers kept for a repeated Idempotency-Key.'),
  }),
})

const healthView = z.object({
  ready: z.boolean(),
  why: z.array(text).describe('What keeps this node from being ready; empty when nothing does.'),
  loops: z.array(
    z.object({
      name: text,
      everyMs: z.int(),
      lastSuccessAt: momentView.nullable(),
      lateMs: z.int().describe('Beyond its pause since it last succeeded.'),
      lastError: text.nullable(),
    }),
  ),
  backlog: z.object({ bodies: z.int(), oldestAt: momentView.nullable() }).describe('Accepted and not yet worked off.'),
  horizonMs: z.int().describe('How long an open transaction has held back those who follow the timeline.'),
  measured: z
    .object({
      since: momentView,
      incidents: z.int(),
      pages: z.int(),
      firstPageMs: z
        .object({ median: z.number(), p99: z.number(), worst: z.number() })
        .nullable()
        .describe('From incident to first attempt at its first page, where that was due at once.'),
      days: z.array(z.object({ day: text, worstMs: z.number().nullable() })).describe('The worst of each day, oldest first.'),
      levels: z.int().describe('Levels of escalations that came due.'),
      late: z.int().describe('Levels decided, and pages attempted, more than 5 s after they were due.'),
      unsure: z.int().describe('Pages that may have arrived twice.'),
    })
    .describe('The newest 2,000 incidents of the last 28 days.'),
  channels: z.array(
    z.object({
      channel: text,
      title: text,
      pages: z.int(),
      delivered: z.int(),
      failed: z.int(),
      lastAt: momentView.nullable(),
    }),
  ),
})

export const settingsContract = {
  getSettings: route({
    method: 'GET',
    path: '/settings',
    permission: 'config:read',
    summary: 'How this installation is set up, and by what. Never a secret.',
    reply: settingsView,
    refusals: {},
  }),
  getInstallationHealth: route({
    method: 'GET',
    path: '/settings/health',
    permission: 'config:read',
    summary: 'Whether paging keeps its promise: what is measured of the last 28 days, and what is late now.',
    reply: healthView,
    refusals: {},
  }),
}

/** What can stand in the way of real pages, as far as this installation knows by itself. */
export const BEFORE_REAL_PAGES = ['wakes', 'tried', 'answers', 'sends', 'second', 'address'] as const

const namedView = z.object({ name: text, displayName: text })

const firstStepsView = z.object({
  shown: z.boolean().describe('Whether it is what the caller begins with: nobody has put it away, and something is left to do.'),
  hidden: z.boolean().describe('Somebody has put it away.'),
  done: z.int().describe('How many of the five.'),
  you: z.object({
    done: z.boolean().describe('The caller has a name.'),
    person: namedView
      .extend({ role: z.enum(ROLES), email: text.nullable() })
      .nullable()
      .describe('Null: a token that belongs to nobody.'),
  }),
  wakes: z.object({
    done: z.boolean().describe('A contact of the caller’s rings outside of the screens, and does not fail.'),
    contacts: z.array(
      z.object({
        contact: text,
        channel: text,
        state: z.enum(['works', 'failing', 'untried']).describe('By the latest pages that went this way.'),
        failure: text.nullable().describe('The provider’s word on the last failure.'),
      }),
    ),
    channels: z.array(text).describe('What can be added as this installation is set up.'),
  }),
  answers: z.object({
    done: z.boolean().describe('Something can break, and its policy leads to somebody who can be paged.'),
    service: namedView.extend({ policy: text.nullable() }).nullable(),
    people: z.array(namedView).describe('Whom its policy can lead to now.'),
  }),
  alert: z.object({
    done: z.boolean().describe('An integration of one’s own has been heard.'),
    integration: namedView.extend({ source: text, address: text.describe('YOUR-KEY stands for the key.') }).nullable(),
    lastEventAt: momentView.nullable(),
  }),
  acknowledged: z.object({
    done: z.boolean().describe('Somebody has acknowledged an incident.'),
    incident: namedView
      .omit({ displayName: true })
      .extend({ id: text, title: text, status: text, acknowledgedAt: momentView.nullable(), acknowledgedBy: text.nullable() })
      .nullable()
      .describe('The latest of one’s own; `name` is its number.'),
  }),
  before: z.array(z.object({ check: z.enum(BEFORE_REAL_PAGES), passes: z.boolean() })).describe('Before real pages: what is known of it.'),
  here: z.object({ address: text, embedded: z.boolean().describe('The database runs inside.') }),
})

export const firstStepsContract = {
  getFirstSteps: route({
    method: 'GET',
    path: '/first-steps',
    permission: 'config:read',
    summary: 'How far the caller is from a first page, by what there is: five steps, and what is left before real pages.',
    reply: firstStepsView,
    refusals: {},
  }),
  showFirstSteps: route({
    method: 'PUT',
    path: '/first-steps',
    permission: 'config:write',
    summary: 'Puts the page of the first steps away, or brings it back.',
    body: z.strictObject({ shown: z.boolean() }),
    reply: z.object({ hidden: z.boolean() }),
    refusals: {},
  }),
}
