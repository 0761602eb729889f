import { expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../kernel/time.ts'
import type { Outcome } from './channel.ts'
import { ATTEMPT_MS, afterAttempt, backoffMs, LEASE_MS, pageId } from './page.ts'

const NOW = Date.parse('2026-11-20T03:11:00Z')

test('the id says what the page is for, so deciding twice is one page', () => {
  expect(pageId('inc_1', 2, 0, 3, 'ada', 1)).toBe('inc_1:2:0:3:ada:1')
})

test('it waits longer and longer between attempts, at most a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 20, 2000].map((attempt) => backoffMs(attempt) / SECOND)).toEqual([5, 10, 20, 40, 60, 60, 60, 60])
})

test('an attempt is over before its lease is', () => {
  expect(LEASE_MS).toBeGreaterThan(ATTEMPT_MS + 5 * SECOND)
})

const cases: [story: string, outcome: Outcome, attempt: number, next: object][] = [
  ['what arrived is done', { kind: 'delivered', answer: '200' }, 3, { status: 'delivered' }],
  ['what can never arrive is given up', { kind: 'gave-up', answer: '410' }, 1, { status: 'gave-up' }],
  [
    'what was refused is tried again',
    { kind: 'try-again', answer: '503' },
    1,
    { status: 'retrying', dueAt: NOW + 5 * SECOND, possiblyDuplicate: false },
  ],
  [
    'later where the provider asks for it',
    { kind: 'try-again', answer: '429', retryAfterMs: 30 * SECOND },
    1,
    { status: 'retrying', dueAt: NOW + 30 * SECOND, possiblyDuplicate: false },
  ],
  [
    'but not sooner than by itself, nor later than in a minute',
    { kind: 'try-again', answer: '429', retryAfterMs: 1 },
    3,
    { status: 'retrying', dueAt: NOW + 20 * SECOND, possiblyDuplicate: false },
  ],
  [
    'a provider cannot put a page off for a day',
    { kind: 'try-again', answer: '503', retryAfterMs: 24 * 60 * MINUTE },
    1,
    { status: 'retrying', dueAt: NOW + MINUTE, possiblyDuplicate: false },
  ],
  [
    'what may have arrived is repeated, and says so',
    { kind: 'unknown', answer: 'time-out' },
    2,
    { status: 'retrying', dueAt: NOW + 10 * SECOND, possiblyDuplicate: true },
  ],
]
test.each(cases)('%s', (_story, outcome, attempt, next) => {
  expect(afterAttempt(outcome, attempt, NOW)).toEqual(next)
})
