import type { Instant } from '../../kernel/time.ts'

/** Everything that can be checked, in phases, lists and in what needs a person: one vocabulary. */
export const CHECKS = [
  'alerts-ended',
  'no-new-alert',
  'metrics-normal',
  'error-rate-normal',
  'latency-normal',
  'function-verified',
  'reports-stopped',
  'synthetics-pass',
  'no-data-loss',
  'mitigations-removed',
  'status-page-updated',
  'team-confirms',
  'window-over',
  'subs-resolved',
  'acknowledged',
  'graded',
  'role-filled',
  'changes-reviewed',
  'cause-or-hypothesis',
  'mitigation-begun',
  'update-posted',
  'impact-ended',
  'resolution-written',
  'review-decided',
  'tasks-closed',
] as const
export type Check = (typeof CHECKS)[number]

/** What is asked when it begins, before a declared incident is resolved, and before it is closed. */
export const CHECKLISTS = {
  triage: ['acknowledged', 'graded', 'role-filled', 'changes-reviewed', 'update-posted'],
  resolution: CHECKS.slice(0, CHECKS.indexOf('acknowledged')),
  closing: ['impact-ended', 'resolution-written', 'review-decided', 'tasks-closed', 'mitigations-removed', 'subs-resolved'],
} as const satisfies Record<string, readonly Check[]>
export type ChecklistName = keyof typeof CHECKLISTS

/** What Tocsin knows by itself of one incident. Counts of what does not exist are zero. */
export interface CheckFacts {
  alerts: { ever: number; open: number; lastAt: Instant | null }
  /** Since when it is watched, and until when at least; null before it is mitigated. */
  window: { since: Instant; until: Instant } | null
  subs: { all: number; open: number; notClosed: number }
  mitigations: { all: number; open: number }
  statusPages: { all: number; stale: number }
  acknowledgedAt: Instant | null
  gradedByPerson: boolean
  roles: { wanted: number; empty: number }
  cause: string | null
  mitigationBeganAt: Instant | null
  updates: number
  impactEndedAt: Instant | null
  resolution: string | null
  reviewDecided: boolean
  tasksOpen: number
}

/** A person's word on a check. */
export interface Said {
  state: 'met' | 'not-met' | 'waived'
  by: string
  at: Instant
  /** What they looked at, or why it is waived. */
  evidence: string
}

export interface CheckItem {
  item: Check
  /** Tocsin looks for itself. */
  auto: boolean
  state: 'open' | 'met' | 'not-met' | 'waived'
  said: Said | null
}

/** `none` where there is nothing to check, undefined where only a person can say. */
export function found(check: Check, facts: CheckFacts, now: Instant): 'met' | 'not-met' | 'none' | undefined {
  const met = (is: boolean) => (is ? 'met' : 'not-met')
  const ofAny = (all: number, open: number) => (all === 0 ? 'none' : met(open === 0))
  switch (check) {
    case 'alerts-ended':
      return ofAny(facts.alerts.ever, facts.alerts.open)
    case 'no-new-alert':
      if (facts.alerts.lastAt === null) return 'none'
      return met(facts.window !== null && facts.alerts.lastAt <= facts.window.since)
    case 'mitigations-removed':
      return ofAny(facts.mitigations.all, facts.mitigations.open)
    case 'status-page-updated':
      return ofAny(facts.statusPages.all, facts.statusPages.stale)
    case 'window-over':
      return met(facts.window !== null && now >= facts.window.until)
    case 'subs-resolved':
      return ofAny(facts.subs.all, facts.subs.open)
    case 'acknowledged':
      return met(facts.acknowledgedAt !== null)
    case 'graded':
      return met(facts.gradedByPerson)
    case 'role-filled':
      return ofAny(facts.roles.wanted, facts.roles.empty)
    case 'cause-or-hypothesis':
      return met(facts.cause !== null)
    case 'mitigation-begun':
      return met(facts.mitigationBeganAt !== null)
    case 'update-posted':
      return met(facts.updates > 0)
    case 'impact-ended':
      return met(facts.impactEndedAt !== null)
    case 'resolution-written':
      return met(facts.resolution !== null)
    case 'review-decided':
      return met(facts.reviewDecided)
    case 'tasks-closed':
      return met(facts.tasksOpen === 0)
    // No monitor of ours watches these yet.
    case 'synthetics-pass':
      return 'none'
    case 'metrics-normal':
    case 'error-rate-normal':
    case 'latency-normal':
    case 'function-verified':
    case 'reports-stopped':
    case 'no-data-loss':
    case 'team-confirms':
    case 'changes-reviewed':
      return undefined
  }
}

/** The list as it stands: what Tocsin sees counts as it is, the rest is open until a person says. A waiver covers both. */
export function checklist(checks: readonly Check[], facts: CheckFacts, said: ReadonlyMap<Check, Said>, now: Instant): CheckItem[] {
  return checks.flatMap((item): CheckItem[] => {
    const seen = found(item, facts, now)
    if (seen === 'none') return []
    const word = said.get(item) ?? null
    const state = word?.state === 'waived' ? 'waived' : (seen ?? word?.state ?? 'open')
    return [{ item, auto: seen !== undefined, state, said: word }]
  })
}

/** What still stands in the way. */
export function unmet(items: CheckItem[]): CheckItem[] {
  return items.filter(({ state }) => state === 'open' || state === 'not-met')
}
