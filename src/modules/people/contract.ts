import { z } from 'zod'
import { ROLES } from '../../kernel/permission.ts'
import { instant, route, text } from '../../platform/contract.ts'
import { listOf, listQuery, momentView, originView } from '../documents/contract.ts'

const named = z.object({ name: text, displayName: text })

const contactView = z.object({
  contact: text,
  channel: text,
  address: text.describe('Masked for whoever may not change the configuration, unless it is their own.'),
  state: z
    .enum(['works', 'failing', 'untried'])
    .describe('By the latest pages that went this way since the contact was written as it is now.'),
  lastDeliveredAt: momentView.nullable(),
  lastFailedAt: momentView.nullable(),
  failure: text.nullable().describe('The provider’s word on the last failure.'),
  wakes: z.boolean().describe('Whether it is used at high urgency.'),
})

export const CHECKS = [
  'has-contact',
  'rings-outside',
  'tested',
  'nothing-failing',
  'proven-lately',
  'second-way',
  'at-once',
  'has-zone',
] as const

const checkView = z.object({
  check: z.enum(CHECKS),
  passes: z.boolean(),
  weight: z.enum(['unreachable', 'doubtful', 'hint']).describe('How much it matters while it does not pass.'),
  contacts: z.array(text).describe('Those it speaks of.'),
})

const postView = z.object({
  policy: text,
  policyName: text,
  level: z.int(),
  catchAll: z.boolean(),
  until: momentView.nullable(),
})

const personView = z.object({
  name: text,
  displayName: text,
  email: text.nullable(),
  timeZone: text.nullable(),
  role: z.enum(ROLES),
  teams: z.array(named),
  contacts: z.array(contactView),
  checks: z.array(checkView),
  reach: z.enum(['unreachable', 'doubtful', 'good']).describe('The heaviest check that does not pass.'),
  onCall: z.array(postView).describe('Where they are on call now, the first level first.'),
  nextShift: z.object({ schedule: text, scheduleName: text, from: momentView, until: momentView }).nullable(),
  acknowledges: z
    .object({ medianSeconds: z.number(), count: z.int() })
    .nullable()
    .describe('From a page’s first attempt to this person’s acknowledgement, over their latest pages; null when there is none.'),
  origin: originView,
})

const ruleView = z.object({ contact: text, channel: text, afterSeconds: z.number() })

const recentPage = z.object({
  id: text,
  at: momentView.describe('When it was first tried, or falls due.'),
  contact: text,
  channel: text,
  urgency: z.enum(['high', 'low']),
  status: z.enum(['queued', 'retrying', 'sending', 'delivered', 'gave-up', 'withdrawn']),
  answer: text.nullable(),
  incident: z.object({ number: text, title: text, severity: z.int() }).nullable(),
  acknowledgedAfterSeconds: z.number().nullable().describe('When this person acknowledged the incident.'),
})

const shiftView = z.object({ schedule: text, scheduleName: text, from: momentView, until: momentView })

const wholePersonView = personView.extend({
  language: z.enum(['en', 'de']).nullable(),
  rules: z
    .object({ high: z.array(ruleView), low: z.array(ruleView) })
    .describe('As they hold: without any for an urgency all contacts go at once.'),
  ownRules: z.object({ high: z.boolean(), low: z.boolean() }).describe('Whether the person has written rules for it.'),
  places: z
    .array(z.object({ policy: text, policyName: text, level: z.int(), catchAll: z.boolean(), through: text }))
    .describe('Every level of every policy that may lead to this person.'),
  shifts: z.array(shiftView).describe('Now and within 60 days; the first ten.'),
  recentPages: z.array(recentPage).describe('The latest twenty.'),
})

const nightLine = z.object({
  at: momentView,
  afterSeconds: z.number(),
  kind: z.enum(['page', 'level', 'catch-all']).describe('A page to this person, or the next to be tried.'),
  contact: text.nullable(),
  channel: text.nullable(),
  level: z.int(),
  round: z.int(),
  people: z.array(named).describe('Whom a level leads to.'),
  absent: z.array(text).describe('Why it leads to nobody, where it does.'),
})

const nightView = z.object({
  person: text,
  startsAt: momentView,
  timeZone: text.describe('The person’s own; UTC when none is written.'),
  urgency: z.enum(['high', 'low']),
  policy: text.nullable(),
  level: z.int().nullable(),
  lines: z.array(nightLine),
})

const teamView = z.object({
  name: text,
  displayName: text,
  lead: named.nullable(),
  members: z.array(named),
  services: z.int(),
  openIncidents: z.int(),
  worstSeverity: z.int().nullable(),
  origin: originView,
})

const wholeTeamView = teamView.extend({
  owns: z.object({
    services: z.array(
      named.extend({
        description: text.nullable(),
        policy: text.nullable(),
        openIncidents: z.int(),
        worstSeverity: z.int().nullable(),
      }),
    ),
    policies: z.array(
      named.extend({ through: z.enum(['service', 'named']).describe('A service of the team uses it, or it pages the team.') }),
    ),
    schedules: z.array(named.extend({ onCall: named.nullable(), until: momentView.nullable(), through: z.enum(['policy', 'members']) })),
  }),
  incidents: z.array(
    z.object({
      id: text,
      number: text,
      title: text,
      status: z.enum(['detected', 'acknowledged']),
      severity: z.int(),
      service: text,
      startedAt: momentView,
      acknowledgedBy: text.nullable(),
    }),
  ),
})

const byName = z.object({ name: text })

export const peopleContract = {
  listPeople: route({
    method: 'GET',
    path: '/people',
    permission: 'incident:read',
    summary: 'People, each with how they can be woken and whether that was ever proven.',
    query: z.strictObject({
      ...listQuery,
      team: text.optional(),
      order: z.enum(['name', 'hardest-first']).default('name').describe('Whoever is hardest to wake first, or by name.'),
    }),
    reply: listOf(personView),
    refusals: { 'bad-cursor': 400, 'not-found': 404 },
  }),
  getPerson: route({
    method: 'GET',
    path: '/people/{name}',
    permission: 'incident:read',
    summary: 'One person: contacts, rules, shifts, the places they hold in policies, and the pages that reached them lately.',
    params: byName,
    reply: wholePersonView,
    refusals: { 'not-found': 404 },
  }),
  getNight: route({
    method: 'GET',
    path: '/people/{name}/night',
    permission: 'incident:read',
    summary: 'What a page would do to a person minute by minute, and who is tried after them, by the rule the pager itself follows.',
    params: byName,
    query: z.strictObject({
      at: instant.optional().describe('When it starts; the next 03:11 where the person lives unless said.'),
      urgency: z.enum(['high', 'low']).default('high'),
      policy: text.optional().describe('The policy to play; the first that may lead to this person unless said.'),
      level: z.coerce.number().int().min(1).optional().describe('The level at which this person is on call; their first unless said.'),
    }),
    reply: nightView,
    refusals: { 'not-found': 404, 'not-there': 422 },
  }),
  listTeams: route({
    method: 'GET',
    path: '/teams',
    permission: 'incident:read',
    summary: 'Teams by name, each with its members and what is open on their services.',
    query: z.strictObject(listQuery),
    reply: listOf(teamView),
    refusals: { 'bad-cursor': 400 },
  }),
  getTeam: route({
    method: 'GET',
    path: '/teams/{name}',
    permission: 'incident:read',
    summary: 'One team: members, what it owns, and its open incidents.',
    params: byName,
    reply: wholeTeamView,
    refusals: { 'not-found': 404 },
  }),
}
