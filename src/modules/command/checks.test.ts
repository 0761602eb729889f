import { expect, test } from 'vitest'
import { CHECKLISTS, CHECKS, type Check, type CheckFacts, checklist, found, type Said, unmet } from './checks.ts'

const NOW = 1_000_000
const nothing: CheckFacts = {
  alerts: { ever: 0, open: 0, lastAt: null },
  window: null,
  subs: { all: 0, open: 0, notClosed: 0 },
  mitigations: { all: 0, open: 0 },
  statusPages: { all: 0, stale: 0 },
  acknowledgedAt: null,
  gradedByPerson: false,
  roles: { wanted: 0, empty: 0 },
  cause: null,
  mitigationBeganAt: null,
  updates: 0,
  impactEndedAt: null,
  resolution: null,
  reviewDecided: false,
  tasksOpen: 0,
}
const nobody = new Map<Check, Said>()
const states = (items: { item: Check; state: string }[]) => Object.fromEntries(items.map(({ item, state }) => [item, state]))

test('an incident without alerts, subs, mitigations and pages is not asked about them', () => {
  expect(states(checklist(CHECKLISTS.resolution, nothing, nobody, NOW))).toEqual({
    'metrics-normal': 'open',
    'error-rate-normal': 'open',
    'latency-normal': 'open',
    'function-verified': 'open',
    'reports-stopped': 'open',
    'no-data-loss': 'open',
    'team-confirms': 'open',
    'window-over': 'not-met',
  })
})

test('what Tocsin sees is not met by a word, and only a waiver covers it', () => {
  const facts = { ...nothing, alerts: { ever: 3, open: 1, lastAt: 900_000 } }
  const word = (state: Said['state']) => new Map<Check, Said>([['alerts-ended', { state, by: 'person:ada', at: NOW, evidence: 'graph' }]])
  expect(states(checklist(['alerts-ended'], facts, word('met'), NOW))).toEqual({ 'alerts-ended': 'not-met' })
  expect(states(checklist(['alerts-ended'], facts, word('waived'), NOW))).toEqual({ 'alerts-ended': 'waived' })
})

test.each<[Check, Partial<CheckFacts>, string]>([
  ['alerts-ended', { alerts: { ever: 3, open: 0, lastAt: 10 } }, 'met'],
  ['no-new-alert', { alerts: { ever: 3, open: 0, lastAt: 500 }, window: { since: 400, until: 2_000_000 } }, 'not-met'],
  ['no-new-alert', { alerts: { ever: 3, open: 0, lastAt: 400 }, window: { since: 400, until: 2_000_000 } }, 'met'],
  ['no-new-alert', { alerts: { ever: 3, open: 0, lastAt: 400 } }, 'not-met'],
  ['window-over', { window: { since: 400, until: NOW } }, 'met'],
  ['window-over', { window: { since: 400, until: NOW + 1 } }, 'not-met'],
  ['subs-resolved', { subs: { all: 2, open: 1, notClosed: 2 } }, 'not-met'],
  ['role-filled', { roles: { wanted: 4, empty: 1 } }, 'not-met'],
  ['tasks-closed', { tasksOpen: 1 }, 'not-met'],
])('%s of %j is %s', (check, facts, state) => {
  expect(found(check, { ...nothing, ...facts }, NOW)).toBe(state)
})

test('open and not met stand in the way, met and waived do not', () => {
  const said = (state: Said['state']): Said => ({ state, by: 'person:ada', at: NOW, evidence: 'looked' })
  const words = new Map<Check, Said>([
    ['team-confirms', said('met')],
    ['metrics-normal', said('not-met')],
    ['reports-stopped', said('waived')],
  ])
  const items = checklist(['team-confirms', 'metrics-normal', 'reports-stopped', 'no-data-loss'], nothing, words, NOW)
  expect(unmet(items).map(({ item }) => item)).toEqual(['metrics-normal', 'no-data-loss'])
})

test('the list before resolving is the first fourteen', () => {
  expect(CHECKLISTS.resolution).toHaveLength(14)
  expect(CHECKS).toHaveLength(25)
})
