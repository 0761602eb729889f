import { expect, test } from 'vitest'
import { type Pointing, staying } from './uses.ts'

const raj: Pointing = { kind: 'Person', name: 'raj', references: [] }
const li: Pointing = { kind: 'Person', name: 'li', references: [] }
const payments: Pointing = { kind: 'Team', name: 'payments', references: [raj] }
const checkout: Pointing = { kind: 'Service', name: 'checkout', references: [payments] }
const mine: Pointing = { kind: 'Integration', name: 'my-prometheus', references: [checkout] }
const alsoMine: Pointing = { kind: 'Team', name: 'my-team', references: [raj, { kind: 'Person', name: 'ada' }] }

test('what nobody’s own objects use can go', () => {
  expect(staying([raj, li, payments, checkout], [])).toEqual([])
})

test('what own objects use stays, with all it needs itself, and says who uses it', () => {
  expect(staying([raj, li, payments, checkout], [mine, alsoMine])).toEqual([
    {
      kind: 'Person',
      name: 'raj',
      usedBy: [
        { kind: 'Integration', name: 'my-prometheus' },
        { kind: 'Team', name: 'my-team' },
      ],
    },
    { kind: 'Team', name: 'payments', usedBy: [{ kind: 'Integration', name: 'my-prometheus' }] },
    { kind: 'Service', name: 'checkout', usedBy: [{ kind: 'Integration', name: 'my-prometheus' }] },
  ])
})

test('objects that point to each other do not go round for ever', () => {
  const a: Pointing = { kind: 'Service', name: 'a', references: [{ kind: 'Service', name: 'b' }] }
  const b: Pointing = { kind: 'Service', name: 'b', references: [{ kind: 'Service', name: 'a' }] }
  expect(staying([a, b], [{ kind: 'Service', name: 'mine', references: [a] }]).map(({ name }) => name)).toEqual(['a', 'b'])
})
