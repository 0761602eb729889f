import { z } from 'zod'
import { instant, route, text, textOr } from '../../platform/contract.ts'
import { momentView } from '../documents/contract.ts'
import { act, incidentView, interval, moment, momentsView, named } from '../incidents/contract.ts'
import { severityFacts } from '../severity/contract.ts'
import { CHECKLISTS, type ChecklistName } from './checks.ts'
import { clocksContract, needView } from './clocks-contract.ts'
import { presenceContract } from './presence-contract.ts'
import { respondersContract } from './responders-contract.ts'
import { rolesContract } from './roles-contract.ts'
import { tasksContract } from './tasks-contract.ts'

const nullableInstant = momentView.nullable()
const byId = z.object({ id: text.describe('inc_… or INC-142') })
const rank = z.int().min(1).max(5).describe('A rank, 1 worst.')
const line = (max: number) => text.trim().min(1, 'is required').max(max)

export const KINDS = ['production', 'security', 'data-exposure', 'near-miss'] as const
export const SOURCES = ['monitor', 'customer', 'support', 'social', 'engineer', 'deployment'] as const

const impact = z.strictObject({
  services: z.array(line(200)).max(200).optional(),
  regions: z.array(line(100)).max(100).optional(),
  segments: z.array(line(200)).max(100).optional(),
  users: z.strictObject({ count: z.int().min(0).max(1e12).optional(), percent: z.number().min(0).max(100).optional() }).optional(),
  revenueUsd: z.number().min(0).max(1e15).optional(),
  tickets: z.array(line(500)).max(500).optional(),
  failedRequests: z.int().min(0).max(1e15).optional(),
})
const fields = z.record(line(63), z.union([text.max(2000), z.number(), z.boolean(), z.array(text.max(500)).max(100)]))
const source = z.strictObject({
  via: z.enum(SOURCES),
  url: text
    .max(2000)
    .regex(/^https?:\/\/\S+$/, 'is a web address')
    .optional(),
})
const review = z.union([z.strictObject({ at: instant }), z.strictObject({ waived: line(1000) })], {
  error: 'write { at: moment } or { waived: why }',
})

export const commandView = incidentView.extend({
  levelName: text.nullable().describe('What its scheme calls the level: Critical.'),
  moments: momentsView,
  facts: severityFacts.nullable(),
  source: source.nullable(),
  cause: text.nullable(),
  resolution: text.nullable(),
  dataLoss: z.enum(['none', 'some', 'unknown']).nullable(),
  impact: impact.nullable(),
  fields: fields.nullable(),
  roles: z.array(
    z.object({
      role: text,
      wanted: z.boolean().describe('Its level asks for it.'),
      people: z.array(z.object({ person: text, accepted: z.boolean() })),
    }),
  ),
  room: z.object({
    state: z.enum(['off', 'creating', 'live', 'late']),
    name: text.nullable(),
    url: text.nullable(),
    bridge: text.optional(),
  }),
  monitoringUntil: nullableInstant.describe('Until when it is watched at least, once it is mitigated.'),
  nextUpdateBy: nullableInstant,
  review: z.union([z.object({ at: momentView }), z.object({ waived: text })]).nullable(),
  drill: z.object({ pace: z.int() }).nullable(),
  needs: z.array(needView).describe('What it needs a person for, the longest overdue first; three at most.'),
  can: z.array(act).describe('What whoever asks may do with it now.'),
})

export const planView = z.object({
  pages: z
    .array(z.object({ person: text, displayName: text, by: text.describe('policy, or the word of the scheme.') }))
    .describe('Who is paged now.'),
  tells: z.array(z.object({ how: z.enum(['notify', 'chat', 'queue', 'ticket']), whom: text.nullable(), people: z.array(text) })),
  roles: z.array(text),
  room: z.boolean(),
  nextUpdateBy: nullableInstant,
})

const expected = z
  .strictObject({
    title: text.max(1024).optional(),
    summary: text.max(10_000).optional(),
    severity: z.int().optional(),
    level: text.max(20).optional(),
    status: text.max(20).optional(),
  })
  .optional()
  .describe('What the caller saw. If it is something else by now, nothing is changed.')

const at = instant.optional().describe('When it happened; now, unless said.')
const lists = Object.keys(CHECKLISTS) as [ChecklistName, ...ChecklistName[]]
const checkView = z.object({
  item: text,
  auto: z.boolean().describe('Tocsin looks for itself.'),
  state: z.enum(['open', 'met', 'not-met', 'waived']),
  said: z.object({ state: z.enum(['met', 'not-met', 'waived']), by: text, at: momentView, evidence: text }).nullable(),
})
const checksView = z.object({ items: z.array(checkView) })
const override = z.strictObject({ reason: line(2000) }).describe('Although not everything is checked; shown for ever.')

const declared = commandView.extend({ warnings: z.array(text) })
const planned = z.object({ plan: planView, warnings: z.array(text) })
/** Of a dry run there is the plan, and nothing else: whoever asks for one knows. */
const declaredOrPlanned = z.union([declared, planned]) as unknown as z.ZodType<
  z.output<typeof declared> & Partial<z.output<typeof planned>>,
  z.input<typeof declared> & Partial<z.input<typeof planned>>
>

const linksView = z.object({
  items: z.array(
    z.object({
      id: text,
      kind: z.enum(['url', 'recurrence', 'related']),
      link: text,
      title: text.nullable(),
      madeBy: text,
      madeAt: momentView,
    }),
  ),
})

/** What an act may be refused for: by the table, for want of what it demands, or for its moment. */
const ACT_REFUSALS = {
  'not-found': 404,
  'not-from-here': 409,
  'already-resolved': 409,
  merged: 409,
  'changed-meanwhile': 409,
  'before-last-change': 409,
  'too-old': 409,
  'out-of-order': 409,
  'not-verified': 409,
  'not-closable': 409,
  'cause-wanted': 422,
  'resolution-wanted': 422,
  'reason-wanted': 422,
  'no-such-level': 422,
  'in-the-future': 422,
  invalid: 400,
} as const

const alertIds = z.array(text.describe('alr_…')).min(1, 'names no alert').max(200)

/** Why alerts stay where they are. */
const MOVING_REFUSALS = {
  'no-such-alert': 422,
  'target-not-open': 409,
  'source-not-open': 409,
  'last-alert': 409,
  'would-disclose': 409,
  'would-hide': 409,
  'drill-or-demo': 409,
} as const

const momentsReply = z.object({
  moments: momentsView,
  intervals: z.record(
    interval,
    z.union([
      z.object({ ms: z.int() }),
      z.object({ ms: z.null(), why: z.enum(['not-yet', 'not-known', 'foreseen', 'out-of-order', 'not-counted']) }),
    ]),
  ),
})

export const commandContract = {
  ...rolesContract,
  ...tasksContract,
  ...clocksContract,
  ...respondersContract,
  ...presenceContract,
  declareIncident: route({
    method: 'POST',
    path: '/incidents',
    permission: 'incident:declare',
    summary:
      'Declares an incident: its level is the one proposed by the facts unless said; pages whom the level wakes. `?dryRun=true` answers what would happen, and does nothing.',
    query: z.strictObject({ dryRun: z.enum(['true', 'false']).optional() }),
    body: z
      .strictObject({
        title: textOr('is required: one line that says what is wrong')
          .trim()
          .min(1, 'is required: one line that says what is wrong')
          .max(1024),
        level: text.max(20).optional().describe('SEV1: a key of the scheme.'),
        severity: rank.optional(),
        facts: severityFacts.optional(),
        reason: line(1000).optional().describe('Why it is milder than proposed.'),
        service: text.optional(),
        policy: text.optional(),
        summary: text.max(10_000).optional(),
        kind: z.enum(KINDS).optional(),
        impactStartedAt: instant.optional(),
        parent: text.optional().describe('The incident it is a part of: inc_… or INC-142'),
        held: z.boolean().optional().describe('Whoever declares it has it.'),
        page: z.boolean().optional().describe('Page by the escalation policy although the level wakes nobody.'),
        fields: fields.optional(),
        source: source.optional(),
        alerts: alertIds
          .optional()
          .describe(
            'What it is declared from: they come into it out of the incidents they are in, and say level and service unless that is said.',
          ),
        drill: z.strictObject({ pace: z.int().min(1).max(60).default(1) }).optional(),
        visibility: z.enum(['public', 'private']).default('public').describe('A private one is seen by its members alone.'),
        members: z
          .array(named)
          .max(200)
          .optional()
          .describe('Who sees a private one, beside whoever declares it and whoever is paged for it.'),
      })
      .refine(({ visibility, members = [] }) => visibility === 'private' || members.length === 0, {
        path: ['members'],
        error: 'only a private incident has members; add visibility: private',
      })
      .refine(({ parent, alerts }) => parent === undefined || alerts === undefined, {
        path: ['alerts'],
        error: 'a part is declared without alerts; put them into it afterwards, POST /incidents/{id}/alerts',
      }),
    status: 201,
    reply: declaredOrPlanned,
    refusals: {
      'no-such-service': 422,
      'no-such-policy': 422,
      'no-such-level': 422,
      'reason-wanted': 422,
      'in-the-future': 422,
      'no-such-incident': 422,
      nested: 409,
      'no-such-person': 422,
      'no-such-team': 422,
      'no-members': 422,
      ...MOVING_REFUSALS,
      'not-allowed': 403,
      invalid: 400,
    },
  }),
  getIncident: route({
    method: 'GET',
    path: '/incidents/{id}',
    permission: 'incident:read',
    summary: 'One incident.',
    params: byId,
    reply: commandView,
    refusals: { 'not-found': 404 },
  }),
  changeIncident: route({
    method: 'PATCH',
    path: '/incidents/{id}',
    permission: 'incident:act',
    summary:
      'Changes what is said of it: title, summary, level, facts, cause, impact, fields, review. A level set by a person stays, whatever alerts say; of a declared one a milder level needs a reason.',
    params: byId,
    body: z.strictObject({
      title: text.trim().min(1).max(1024).optional(),
      summary: text.max(10_000).optional(),
      severity: rank.optional(),
      level: text.max(20).optional(),
      facts: severityFacts.optional(),
      reason: line(1000).optional().describe('Why the level was changed; kept on the timeline.'),
      kind: z.enum(KINDS).optional(),
      cause: text.max(10_000).optional(),
      resolution: text.max(10_000).optional(),
      impact: impact.optional(),
      fields: fields.optional(),
      review: review.optional(),
      expected,
    }),
    reply: commandView,
    refusals: {
      'not-found': 404,
      'changed-meanwhile': 409,
      'not-declared': 409,
      'no-such-level': 422,
      'reason-wanted': 422,
      invalid: 400,
    },
  }),
  actOnIncident: route({
    method: 'POST',
    path: '/incidents/{id}/transitions',
    permission: 'incident:act',
    summary:
      'An act on how far the work is: what the incident stands at decides which are possible. An act to where it is changes nothing, and its text becomes a note.',
    params: byId,
    body: z.strictObject({
      act: act.extract([
        'acknowledge',
        'investigate',
        'identify',
        'mitigate',
        'mitigated',
        'resolve',
        'close',
        'cancel',
        'reopen',
        'declare',
      ]),
      at,
      text: line(10_000).optional(),
      cause: line(10_000).optional().describe('To identify: what it is, unless it is written down already.'),
      reason: line(2000).optional().describe('To cancel, and to reopen.'),
      page: z.boolean().optional().describe('Reopened, it pages: nobody has it until somebody acknowledges.'),
      impactEndedAt: instant.optional().describe('Mitigated: when the impact ended; `at`, unless said.'),
      expected,
    }),
    reply: declared,
    refusals: ACT_REFUSALS,
  }),
  resolveIncident: route({
    method: 'POST',
    path: '/incidents/{id}/resolution',
    permission: 'incident:act',
    summary:
      'Resolves by hand; its open alerts end. A declared one says what ended it, and its level says whether everything has to be checked before.',
    params: byId,
    body: z.strictObject({
      resolution: line(10_000).optional().describe('What ended it. Required of a declared one.'),
      dataLoss: z.enum(['none', 'some', 'unknown']).optional(),
      override: override.optional(),
      at,
      expected,
    }),
    reply: declared,
    refusals: ACT_REFUSALS,
  }),
  declareExisting: route({
    method: 'POST',
    path: '/incidents/{id}/declaration',
    permission: 'incident:declare',
    summary: 'Declares what alerts opened: number, alerts and pages go on, and it never resolves by itself from now on.',
    params: byId,
    body: z.strictObject({
      level: text.max(20).optional(),
      severity: rank.optional(),
      facts: severityFacts.optional(),
      reason: line(1000).optional(),
      kind: z.enum(KINDS).optional(),
      impactStartedAt: instant.optional(),
      fields: fields.optional(),
      source: source.optional(),
      text: line(10_000).optional(),
      expected,
    }),
    reply: declared,
    refusals: ACT_REFUSALS,
  }),
  getChecklist: route({
    method: 'GET',
    path: '/incidents/{id}/checklists/{list}',
    permission: 'incident:read',
    summary: 'What is to be checked, as it stands at this moment: what Tocsin sees counts as it is, the rest is open until a person says.',
    params: byId.extend({ list: z.enum(lists) }),
    reply: checksView,
    refusals: { 'not-found': 404, 'not-declared': 409 },
  }),
  changeCheck: route({
    method: 'PUT',
    path: '/incidents/{id}/checklists/{list}/{item}',
    permission: 'incident:act',
    summary: 'A person’s word on a check: met or not, with what they looked at; or waived, with the reason.',
    params: byId.extend({ list: z.enum(lists), item: text }),
    body: z.union(
      [
        z.strictObject({ state: z.enum(['met', 'not-met']), evidence: line(2000) }),
        z.strictObject({ state: z.literal('waived'), reason: line(2000) }),
      ],
      { error: 'write { state: met or not-met, evidence } or { state: waived, reason }' },
    ),
    reply: checksView,
    refusals: { 'not-found': 404, 'not-declared': 409, 'no-such-check': 422, 'checks-itself': 409 },
  }),
  getMoments: route({
    method: 'GET',
    path: '/incidents/{id}/moments',
    permission: 'incident:read',
    summary: 'When what happened, and how long each took; where there is no length, why.',
    params: byId,
    reply: momentsReply,
    refusals: { 'not-found': 404 },
  }),
  setMoment: route({
    method: 'PUT',
    path: '/incidents/{id}/moments/{name}',
    permission: 'incident:act',
    summary: 'Writes down when something was. What it was before stays on the timeline.',
    params: byId.extend({ name: moment }),
    body: z.strictObject({ at: instant, reason: line(1000).optional() }),
    reply: momentsReply,
    refusals: { 'not-found': 404, 'not-declared': 409, 'in-the-future': 422, 'out-of-order': 409, 'not-from-here': 409 },
  }),
  mergeIncident: route({
    method: 'PUT',
    path: '/incidents/{id}/merge',
    permission: 'incident:act',
    summary:
      'Merges it into another that is open: alerts, the groups they come by, open tasks and people go over, its pages stop, and its number still answers.',
    params: byId,
    body: z.strictObject({
      into: text.describe('inc_… or INC-142'),
      hides: z.boolean().optional().describe('The other is private: what comes into it is seen by its members alone.'),
    }),
    reply: commandView,
    refusals: {
      'not-found': 404,
      'not-from-here': 409,
      'target-not-open': 409,
      merged: 409,
      nested: 409,
      'would-disclose': 409,
      'would-hide': 409,
    },
  }),
  moveAlerts: route({
    method: 'POST',
    path: '/incidents/{id}/alerts',
    permission: 'incident:act',
    summary:
      'Puts alerts into it, from other incidents or from none: it gets as bad as they are, and what comes by their keys later goes there too. What is in it already stays.',
    params: byId,
    body: z.strictObject({
      alerts: alertIds,
      hides: z.boolean().optional().describe('It is private: its members alone will see the alerts.'),
    }),
    reply: commandView,
    refusals: { ...MOVING_REFUSALS, 'not-found': 404 },
  }),
  splitIncident: route({
    method: 'POST',
    path: '/incidents/{id}/split',
    permission: 'incident:act',
    summary:
      'Takes alerts out of it into a new incident, as if they had opened it. Whoever splits has the new one: nobody is paged. Answers the new one.',
    params: byId,
    body: z.strictObject({ alerts: alertIds, title: line(1024).optional().describe('That of the worst of them, unless said.') }),
    status: 201,
    reply: commandView,
    refusals: { ...MOVING_REFUSALS, 'not-found': 404, 'not-in-it': 422 },
  }),
  listLinks: route({
    method: 'GET',
    path: '/incidents/{id}/links',
    permission: 'incident:read',
    summary: 'What belongs to it elsewhere: web addresses and other incidents.',
    params: byId,
    reply: linksView,
    refusals: { 'not-found': 404 },
  }),
  addLink: route({
    method: 'POST',
    path: '/incidents/{id}/links',
    permission: 'incident:act',
    summary: 'Links it with a web address or another incident. The same link twice is one.',
    params: byId,
    body: z.strictObject({ link: line(2000).describe('https://… or INC-142'), title: line(200).optional() }),
    status: 201,
    reply: linksView,
    refusals: { 'not-found': 404, 'no-such-incident': 422, 'too-many': 409 },
  }),
  removeLink: route({
    method: 'DELETE',
    path: '/incidents/{id}/links/{link}',
    permission: 'incident:act',
    summary: 'Takes a link off; that it was there stays on the timeline. Idempotent.',
    params: byId.extend({ link: text }),
    reply: linksView,
    refusals: { 'not-found': 404 },
  }),
  unmergeIncident: route({
    method: 'DELETE',
    path: '/incidents/{id}/merge',
    permission: 'incident:act',
    summary: 'Takes it out again, with the alerts and groups it came with. Whoever does has it.',
    params: byId,
    reply: commandView,
    refusals: { 'not-found': 404, 'not-from-here': 409 },
  }),
}

export const commandsContract = {
  sayCommand: route({
    method: 'POST',
    path: '/commands',
    permission: 'incident:read',
    looks: true,
    asks: true,
    summary:
      'Does what a line says, as chat, palette and command line say it: `INC-142 mitigated "rolled back" at 03:40`. Answers what was done; or suggestions, where a word is nearly one; or what to choose from, where it names no incident. Rights and refusals are those of the route that carries it out.',
    body: z.strictObject({
      text: line(4000),
      incident: text.max(60).optional().describe('The incident it is about, where the line names none.'),
      dryRun: z.boolean().optional(),
    }),
    reply: z.union([
      z.object({
        verb: text,
        target: text.nullable(),
        arguments: z.record(text, z.unknown()),
        says: text.describe('The effect, as one line.'),
        answer: z.unknown().optional().describe('What the route that carried it out answered.'),
      }),
      z.object({ suggestions: z.array(text).describe('Lines that may have been meant.') }),
      z.object({ choose: z.array(z.object({ number: text, title: text })), line: text }),
    ]),
    refusals: { 'not-understood': 422 },
  }),
}
