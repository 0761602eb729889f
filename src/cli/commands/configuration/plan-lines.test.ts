import { expect, test } from 'vitest'
import type { PlanView } from '../../product/kinds.ts'
import { plain } from '../../text/spans.ts'
import { differs, planLines } from './plan-lines.ts'

const file = { kind: 'file', file: 'oncall/old.yaml', line: 1 } as const
const plan: PlanView = {
  created: [{ kind: 'EscalationPolicy', name: 'payments', file: 'oncall/payments.yaml', line: 41 }],
  changed: [
    {
      kind: 'Schedule',
      name: 'payments-primary',
      file: 'oncall/payments.yaml',
      line: 12,
      version: 3,
      origin: file,
      differences: [
        { path: 'layers.weekly.turn', from: '1w', to: '2w' },
        { path: 'displayName', to: 'Payments' },
      ],
    },
  ],
  unchanged: [{ kind: 'Person', name: 'ada', file: 'a.yaml', line: 1, origin: file }],
  removed: [],
  onlyOnServer: [
    { kind: 'Service', name: 'old-cron', origin: file },
    { kind: 'Person', name: 'made-in-the-web', origin: { kind: 'ui' } },
  ],
  warnings: [{ path: 'spec.levels.0', message: 'pages nobody; the level after it goes at once', file: 'oncall/payments.yaml', line: 44 }],
  whoIsAffected: [
    {
      schedule: 'payments-primary',
      text: 'on call now changes from oli to noa; 6 of the next 6 shifts change',
      now: { from: 'oli', to: 'noa' },
      shifts: { changed: 6, of: 6 },
      keepTurn: [{ layer: 'weekly', start: '2026-02-02T09:00' }],
      kept: [],
    },
  ],
}

test('a plan says of each object what would become of it, and where it is written', () => {
  expect(planLines(plan, { applied: false }).map(plain)).toEqual([
    '+ policy      payments           would be added     oncall/payments.yaml:41',
    '~ schedule    payments-primary   would be changed   oncall/payments.yaml:12',
    '    layers.weekly.turn  1w -> 2w',
    '    displayName     none -> Payments',
    '- service     old-cron           not removed without --prune',
    '! schedule payments-primary: on call now changes from oli to noa; 6 of the next 6 shifts change',
    '  to keep the turn: tocsin apply --keep-turn, or write start: 2026-02-02T09:00 in layer weekly',
    '! oncall/payments.yaml:44: spec.levels.0 pages nobody; the level after it goes at once',
    '1 to be added, 1 to be changed, 1 the same.',
  ])
})

test('nothing to do is said as such', () => {
  const same = { ...plan, created: [], changed: [], onlyOnServer: [], warnings: [], whoIsAffected: [] }
  expect(planLines(same, { applied: true }).map(plain)).toEqual(['= person      ada   unchanged   a.yaml:1', 'no difference, 1 the same.'])
  expect(differs(same)).toBe(false)
  expect(differs(plan)).toBe(true)
  expect(differs({ ...same, removed: [{ kind: 'Service', name: 'old-cron', origin: file }] })).toBe(true)
})

test('a turn that was kept is told with what has to be written', () => {
  const [affected] = plan.whoIsAffected
  const kept = { ...affected!, text: 'on call now stays oli; 4 of the next 6 shifts change', keepTurn: [], kept: affected!.keepTurn }
  const lines = planLines({ ...plan, created: [], changed: [], onlyOnServer: [], warnings: [], whoIsAffected: [kept] }, { applied: true })
  expect(lines.map(plain)).toEqual([
    '= person      ada   unchanged   a.yaml:1',
    '! schedule payments-primary: on call now stays oli; 4 of the next 6 shifts change',
    '  the turn was kept by start: 2026-02-02T09:00 in layer weekly; write that, or the next apply without --keep-turn moves it',
    'no difference, 1 the same.',
  ])
})

test('what was applied is said of each object, of those that stay as well', () => {
  const removed = [{ kind: 'Service', name: 'old-cron', origin: file }]
  expect(planLines({ ...plan, onlyOnServer: [], removed, warnings: [], whoIsAffected: [] }, { applied: true }).map(plain)).toEqual([
    '+ policy      payments           added       oncall/payments.yaml:41',
    '~ schedule    payments-primary   changed     oncall/payments.yaml:12',
    '    layers.weekly.turn  1w -> 2w',
    '    displayName     none -> Payments',
    '- service     old-cron           removed',
    '= person      ada                unchanged   a.yaml:1',
    '1 added, 1 changed, 1 removed, 1 the same.',
  ])
})
