import { z } from 'zod'
import { parseDuration } from '../../kernel/duration.ts'
import type { Kind, Reference } from '../documents/index.ts'
import { durationText } from '../people/index.ts'

const target = z.union(
  [
    z.strictObject({ person: z.string() }),
    z.strictObject({ schedule: z.string() }),
    z.strictObject({ team: z.string() }),
    z.strictObject({ admins: z.literal(true) }),
  ],
  { error: 'write { person: name }, { schedule: name } or { team: name }' },
)

const level = z.strictObject({
  /** From the start of the escalation. */
  after: durationText,
  notify: z.array(target).max(50),
  /** Ranks this level is for; all unless said. */
  severities: z.array(z.int().min(1).max(5)).min(1).optional(),
})

export const policySpec = z
  .strictObject({
    displayName: z.string().min(1).max(200).optional(),
    levels: z.array(level).max(50),
    /** Further rounds after the first. */
    repeat: z.int().min(0).max(100).optional(),
    /** A round lasts at least this long. */
    round: durationText.optional(),
    /** Who is tried when everybody else has been; required, so that no escalation ends with nobody. */
    catchAll: z.strictObject(
      { notify: z.array(target).min(1).max(50) },
      { error: 'is required: say who is paged when nobody else answers, such as catchAll: { notify: [ { team: name } ] }' },
    ),
  })
  .superRefine((policy, context) => {
    for (const [i, { after }] of policy.levels.entries()) {
      const before = policy.levels[i - 1]?.after
      if (before !== undefined && (parseDuration(after) ?? 0) < (parseDuration(before) ?? 0))
        context.addIssue({
          code: 'custom',
          path: ['levels', i, 'after'],
          message: `is earlier than the level before it (${before}); \`after\` counts from the start of the escalation`,
        })
    }
  })

export type PolicySpec = z.infer<typeof policySpec>
export type Target = z.infer<typeof target>

export const EscalationPolicy: Kind<PolicySpec> = {
  name: 'EscalationPolicy',
  schema: policySpec,
  references: (policy) => [
    ...policy.levels.flatMap((one, i) => one.notify.flatMap((to, j) => referenceOf(to, ['levels', i, 'notify', j]))),
    ...policy.catchAll.notify.flatMap((to, j) => referenceOf(to, ['catchAll', 'notify', j])),
  ],
}

function referenceOf(to: Target, path: (string | number)[]): Reference[] {
  if ('person' in to) return [{ path: [...path, 'person'], kind: 'Person', name: to.person }]
  if ('schedule' in to) return [{ path: [...path, 'schedule'], kind: 'Schedule', name: to.schedule }]
  if ('team' in to) return [{ path: [...path, 'team'], kind: 'Team', name: to.team }]
  return []
}

/** Wakes the admins: for Tocsin's own alarms. */
export const OWN_POLICY = 'tocsin-admins'
export const ownPolicy: PolicySpec = {
  levels: [{ after: '0s', notify: [{ admins: true }] }],
  repeat: 0,
  catchAll: { notify: [{ admins: true }] },
}

/**
 * The policy of a run for somebody whom a person, or a rule, asked for: them alone, again and again until they answer. Its name says
 * it whole, `@person:ada,team:db`: no document is called so.
 */
export function policyTo(targets: Target[]): string {
  return `@${targets.map((one) => Object.entries(one).flat().join(':')).join(',')}`
}

/** The targets of such a policy; undefined where the name is of a document. */
export function targetsOf(policy: string): Target[] | undefined {
  if (!policy.startsWith('@')) return undefined
  return policy
    .slice(1)
    .split(',')
    .map((one) => {
      const at = one.indexOf(':')
      return { [one.slice(0, at)]: one.slice(at + 1) } as Target
    })
}

/** Pages them at once, twice more after five minutes each, and then every quarter of an hour. */
export function policyOfTargets(targets: Target[]): PolicySpec {
  return { levels: [{ after: '0s', notify: targets }], repeat: 2, round: '5m', catchAll: { notify: targets } }
}
