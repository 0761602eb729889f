import { expect, test } from 'vitest'
import { plain } from '../text/spans.ts'
import type { PlanView } from './kinds.ts'
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
}

test('a plan is read by its signs, each with the line it comes from', () => {
  expect(planLines(plan, { applied: false }).map(plain)).toEqual([
    '+ policy      payments           oncall/payments.yaml:41',
    '~ schedule    payments-primary   oncall/payments.yaml:12',
    '    layers.weekly.turn  1w -> 2w',
    '    displayName     none -> Payments',
    '- service     old-cron           not removed without --prune',
    '! oncall/payments.yaml:44: spec.levels.0 pages nobody; the level after it goes at once',
    '1 to be added, 1 to be changed, 1 the same.',
  ])
})

test('nothing to do is said as such', () => {
  const same = { ...plan, created: [], changed: [], onlyOnServer: [], warnings: [] }
  expect(planLines(same, { applied: true }).map(plain)).toEqual(['no difference, 1 the same.'])
  expect(differs(same)).toBe(false)
  expect(differs(plan)).toBe(true)
  expect(differs({ ...same, removed: [{ kind: 'Service', name: 'old-cron', origin: file }] })).toBe(true)
})
