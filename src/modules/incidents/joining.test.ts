import { describe, expect, test } from 'vitest'
import { HOUR } from '../../kernel/time.ts'
import { type JoiningFacts, pagesAgain } from './joining.ts'

const now = Date.parse('2026-11-29T17:00:00Z')
const HOLDS = 24 * HOUR

/** An alert of a rank, in a service whose urgency goes by rank. */
const ofRank = (severity: number) => ({ severity, urgency: severity <= 2 ? ('high' as const) : ('low' as const) })
const acknowledged = (hoursAgo = 1): Pick<JoiningFacts, 'status' | 'held' | 'acknowledgedAt' | 'paged'> => ({
  status: 'acknowledged',
  held: true,
  acknowledgedAt: now - hoursAgo * HOUR,
  paged: null,
})
const detected = (urgency: 'high' | 'low' | null): Pick<JoiningFacts, 'status' | 'held' | 'acknowledgedAt' | 'paged'> => ({
  status: 'detected',
  held: false,
  acknowledgedAt: null,
  paged: urgency && { urgency },
})
const decide = (facts: Omit<JoiningFacts, 'now' | 'holdsMs'>) => pagesAgain({ now, holdsMs: HOLDS, ...facts })

describe('in an acknowledged incident what is worse than all that is open pages again', () => {
  //  joins: worst open beside it, null for nothing → pages again?
  test.each([
    [1, 4, 'worse'],
    [2, 4, 'worse'],
    [3, 4, 'worse'],
    [1, 2, 'worse'],
    [1, null, 'worse'],
    [4, null, 'worse'],
    [1, 1, null],
    [2, 1, null],
    [4, 4, null],
    [4, 1, null],
  ] as const)('rank %s beside rank %s: %s', (rank, worstOpen, again) => {
    expect(decide({ ...acknowledged(), ...ofRank(rank), worstOpen })).toBe(again)
  })

  test('whatever a service says of urgency', () => {
    expect(decide({ ...acknowledged(), severity: 1, urgency: 'low', worstOpen: 4 })).toBe('worse')
  })
})

describe('an acknowledgement covers what is urgent for a day', () => {
  test.each([
    [1, 23.9, null],
    [1, 24, 'long-acknowledged'],
    [2, 300, 'long-acknowledged'],
    [3, 300, null],
    [4, 300, null],
  ] as const)('rank %s after %s h: %s', (rank, hours, again) => {
    expect(decide({ ...acknowledged(hours), ...ofRank(rank), worstOpen: 1 })).toBe(again)
  })
})

describe('while nobody has it', () => {
  test.each([
    ['low', 1, 'urgent'],
    ['low', 2, 'urgent'],
    ['low', 3, null],
    ['high', 1, null],
    [null, 1, null],
  ] as const)('paged by %s, rank %s joins: %s', (urgency, rank, again) => {
    expect(decide({ ...detected(urgency), ...ofRank(rank), worstOpen: null })).toBe(again)
  })
})

test('what is resolved pages nobody', () => {
  expect(decide({ status: 'resolved', held: false, acknowledgedAt: null, paged: null, ...ofRank(1), worstOpen: null })).toBeNull()
})

test('what somebody has is theirs however far the work is, and what nobody has is not', () => {
  const investigating = { status: 'investigating', acknowledgedAt: now, paged: { urgency: 'low' } } as const
  expect(decide({ ...investigating, held: true, ...ofRank(1), worstOpen: 2 })).toBe('worse')
  expect(decide({ ...investigating, held: false, ...ofRank(1), worstOpen: 2 })).toBe('urgent')
})
