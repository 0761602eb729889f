import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRefusal } from '../../kernel/result.ts'
import { ACTS, type Act, afterAct, type Declared, possibleActs } from './lifecycle.ts'
import { type IncidentStatus, isOpen, STATUSES } from './status.ts'

const declared = (status: IncidentStatus, held = true): Declared => ({ status, held, declared: true })
const plain = (status: IncidentStatus, held = false): Declared => ({ status, held, declared: false })

test.each<[Declared, Act, Declared]>([
  [declared('detected', false), 'acknowledge', declared('acknowledged')],
  [declared('monitoring', false), 'acknowledge', declared('monitoring')],
  [declared('detected', false), 'investigate', declared('investigating')],
  [declared('monitoring'), 'investigate', declared('investigating')],
  [declared('acknowledged'), 'mitigate', declared('mitigating')],
  [declared('mitigating'), 'mitigated', declared('monitoring')],
  [declared('investigating'), 'identify', declared('identified')],
  [declared('monitoring'), 'resolve', declared('resolved', false)],
  [plain('detected'), 'resolve', plain('resolved')],
  [declared('resolved'), 'close', declared('closed', false)],
  [declared('investigating', false), 'cancel', declared('cancelled', false)],
  [declared('closed'), 'reopen', declared('investigating')],
  [plain('acknowledged', true), 'merge', plain('merged')],
  [plain('acknowledged', true), 'declare', declared('acknowledged')],
  [declared('acknowledged'), 'escalate', declared('detected', false)],
  [declared('investigating'), 'escalate', declared('investigating', false)],
  [declared('monitoring'), 'recur', declared('investigating', false)],
])('%j, %s: %j', (from, act, to) => {
  expect(afterAct(from, act)).toEqual(to)
})

test.each<[Declared, Act, string]>([
  [declared('closed'), 'acknowledge', 'already-resolved'],
  [declared('cancelled'), 'escalate', 'already-resolved'],
  [declared('merged'), 'acknowledge', 'merged'],
  [declared('detected', false), 'close', 'not-from-here'],
  [declared('investigating'), 'reopen', 'not-from-here'],
  [declared('closed'), 'cancel', 'not-from-here'],
  [plain('resolved'), 'close', 'not-from-here'],
  [plain('acknowledged', true), 'investigate', 'not-from-here'],
])('%j, %s is refused: %s', (from, act, refusal) => {
  expect(afterAct(from, act)).toMatchObject({ refusal })
})

test('a refusal says how it stands and what may be done', () => {
  expect(afterAct(declared('detected', false), 'close')).toMatchObject({
    message:
      'It is detected, so it cannot close; possible now: acknowledge, investigate, identify, mitigate, mitigated, resolve, cancel, merge, escalate.',
  })
  expect(afterAct(plain('acknowledged', true), 'cancel')).toMatchObject({
    message: 'It is acknowledged and not declared, so it cannot cancel; possible now: resolve, merge, declare, escalate.',
  })
})

describe('whatever happens to an incident', () => {
  const standing = fc.record({ status: fc.constantFrom(...STATUSES), held: fc.boolean(), declared: fc.boolean() })

  test('an act done twice changes nothing the second time', () => {
    fc.assert(
      fc.property(standing, fc.constantFrom(...ACTS), (from, act) => {
        const once = afterAct(from, act)
        if (once === 'already' || isRefusal(once) || act === 'escalate') return
        const twice = afterAct(once, act)
        expect(twice === 'already' || isRefusal(twice)).toBe(true)
      }),
    )
  })

  test('detected is held by nobody, acknowledged by somebody', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(fc.constantFrom(...ACTS), { maxLength: 20 }), (isDeclared, acts) => {
        let now: Declared = { status: 'detected', held: false, declared: isDeclared }
        for (const act of acts) {
          const next = afterAct(now, act)
          if (next === 'already' || isRefusal(next)) continue
          now = next
          if (now.status === 'detected') expect(now.held).toBe(false)
          if (now.status === 'acknowledged') expect(now.held).toBe(true)
        }
      }),
    )
  })

  test('what ended comes back by a person alone, and a merged one not at all', () => {
    fc.assert(
      fc.property(standing, fc.constantFrom(...ACTS), (from, act) => {
        const next = afterAct(from, act)
        if (isOpen(from) || next === 'already' || isRefusal(next) || !isOpen(next)) return
        expect(act).toBe('reopen')
        expect(from.status).not.toBe('merged')
      }),
    )
  })

  test('what is offered is possible, and the rest is refused or done already', () => {
    fc.assert(
      fc.property(standing, (from) => {
        for (const act of ACTS.filter((one) => one !== 'recur')) {
          const next = afterAct(from, act)
          expect(possibleActs(from).includes(act)).toBe(next !== 'already' && !isRefusal(next))
        }
      }),
    )
  })
})
