import { z } from 'zod'
import { parseDuration } from '../../kernel/duration.ts'
import type { Kind } from '../documents/index.ts'
import { durationText } from '../people/index.ts'
import { severityFacts } from './facts.ts'
import { USERS } from './users.ts'

const sentence = z.string().min(1).max(500)
const levelKey = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,19}$/, { error: 'write a short key such as SEV1 or P1' })
const clock = z.enum(['always', 'business'])
const name = z.string().min(1).max(63)

/** A number within bounds: `from` and `to` belong to it, `over` does not. */
const range = z
  .strictObject({ from: z.number().optional(), over: z.number().optional(), to: z.number().optional() })
  .refine((said) => Object.keys(said).length > 0, { error: 'say `from`, `over` or `to`' })

const { extent, sla, data, security, scope, audience } = severityFacts.shape

/** All that is said must be so. */
const condition = z
  .strictObject({
    extent,
    users: z.union([z.enum(USERS), z.strictObject({ percent: range })]).optional(),
    errorPercent: range.optional(),
    revenuePerHourUsd: range.optional(),
    sla,
    data,
    security,
    scope,
    systemsDown: range.optional(),
    workaround: z.boolean().optional(),
    audience,
    /** One of the service's, or of the incident's own. */
    tags: z.string().min(1).max(100).optional(),
  })
  .refine((said) => Object.keys(said).length > 0, { error: 'say at least one fact, such as { extent: everything }' })

const within = z.union([z.strictObject({ within: durationText, clock }), z.strictObject({ businessDays: z.int().min(1).max(30) })], {
  error: 'write { within: 5m, clock: always } or { businessDays: 1 }',
})

export const RAISED = [
  'primary',
  'on-call',
  'on-call team',
  'specialist',
  'everyone on call',
  'whole rotation',
  'team',
  'team-lead',
  'leadership',
  'management',
  'executives',
] as const
const raised = z.enum(RAISED)

const level = z.strictObject({
  key: levelKey,
  name: z.string().min(1).max(40),
  meaning: sentence,
  /** What it looks like to each of these, in words. */
  criteria: z.strictObject({ users: sentence, revenue: sentence, sla: sentence, data: sentence }).partial().optional(),
  examples: z.array(sentence).max(20).optional(),
  acknowledge: within.optional(),
  respond: within.optional(),
  /** How often people inside are told, and how often the status page. */
  update: z.strictObject({ every: durationText, statusPage: durationText.optional() }).optional(),
  raise: z
    .array(z.strictObject({ how: z.enum(['page', 'notify', 'chat', 'queue', 'ticket']), whom: raised.optional(), clock: clock.optional() }))
    .max(20),
  escalate: z
    .array(z.strictObject({ to: raised, after: durationText }))
    .max(20)
    .optional(),
  allHands: z.strictObject({ after: durationText }).optional(),
  /** After mitigation: watched at least so long, and asked then whether it is over. */
  monitoring: z.strictObject({ least: durationText, ask: durationText }),
  roles: z.strictObject({
    required: z.array(name).max(20),
    optional: z.array(name).max(20).optional(),
    /** Of these, one person may hold several. */
    together: z.array(name).max(20).optional(),
    experts: z.strictObject({ from: z.int().min(0).max(50), to: z.int().min(0).max(50) }).optional(),
  }),
  /** Whether every check must be met before it is resolved. */
  resolve: z.enum(['checked', 'advised', 'free']),
  review: z.enum(['required', 'offered', 'none']),
})

export const severitySchemeSpec = z
  .strictObject({
    displayName: z.string().min(1).max(200).optional(),
    description: z.string().max(4000).optional(),
    /** The level an alert alone gives, by its rank. */
    fromAlert: z.array(levelKey).min(1).max(5),
    /** When facts are known and no rule speaks. */
    default: levelKey,
    /** The worst first: the first is rank 1. */
    levels: z.array(level).min(1).max(5),
    rules: z.array(z.strictObject({ when: condition, level: levelKey })).max(200),
    /** What lifts a result: from one level only, or from any that is milder. */
    conditional: z
      .array(z.strictObject({ from: levelKey.optional(), to: levelKey, when: condition }))
      .max(50)
      .optional(),
    /** The level at which a cosmetic fault, or one that only touches our own people, is held. */
    holds: z.strictObject({ cosmetic: levelKey, internal: levelKey }).partial().optional(),
  })
  .superRefine((scheme, context) => {
    const keys = scheme.levels.map((one) => one.key)
    const issue = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    for (const [i, key] of keys.entries()) if (keys.indexOf(key) < i) issue(['levels', i, 'key'], `${key} is there twice`)
    const known = (path: (string | number)[], key: string | undefined) => {
      if (key !== undefined && !keys.includes(key)) issue(path, `no level has the key ${key}; there are ${keys.join(', ')}`)
    }
    for (const [i, key] of scheme.fromAlert.entries()) known(['fromAlert', i], key)
    known(['default'], scheme.default)
    for (const [i, rule] of scheme.rules.entries()) known(['rules', i, 'level'], rule.level)
    for (const [i, { from, to }] of (scheme.conditional ?? []).entries()) {
      known(['conditional', i, 'from'], from)
      known(['conditional', i, 'to'], to)
    }
    known(['holds', 'cosmetic'], scheme.holds?.cosmetic)
    known(['holds', 'internal'], scheme.holds?.internal)
    for (const [i, { monitoring, roles }] of scheme.levels.entries()) {
      if ((parseDuration(monitoring.ask) ?? 0) < (parseDuration(monitoring.least) ?? 0))
        issue(['levels', i, 'monitoring', 'ask'], `is shorter than \`least\` (${monitoring.least}); both count from the mitigation`)
      if (roles.experts && roles.experts.to < roles.experts.from)
        issue(['levels', i, 'roles', 'experts', 'to'], `is less than \`from\` (${roles.experts.from})`)
    }
  })

export type SeverityScheme = z.infer<typeof severitySchemeSpec>
export type SeverityLevel = SeverityScheme['levels'][number]
export type Condition = z.infer<typeof condition>

/** 1 is the worst. */
export function rankOf(scheme: Pick<SeverityScheme, 'levels'>, key: string): number {
  return scheme.levels.findIndex((one) => one.key === key) + 1
}

/** A rank beyond the mildest level is that level. */
export function levelAt(scheme: Pick<SeverityScheme, 'levels'>, rank: number): SeverityLevel {
  return scheme.levels[Math.min(rank, scheme.levels.length) - 1]!
}

export const SeveritySchemeKind: Kind<SeverityScheme> = { name: 'SeverityScheme', schema: severitySchemeSpec, references: () => [] }
