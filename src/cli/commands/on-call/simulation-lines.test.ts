import { expect, test } from 'vitest'
import type { SimulationView } from '../../product/kinds.ts'
import { plain } from '../../text/spans.ts'
import { simulationLines } from './simulation-lines.ts'

const startsAt = '2026-10-25T02:11:00.000Z'
const raj = { person: 'raj', displayName: 'Raj', why: 'on call for payments-primary (weekly)', absent: false }
const page = { at: startsAt, person: 'raj', displayName: 'Raj', contact: 'phone', channel: 'ntfy' }
const simulation: SimulationView = {
  policy: 'payments',
  version: 7,
  severity: 1,
  urgency: 'high',
  startsAt,
  skippedRounds: 2,
  steps: [
    {
      round: 0,
      level: 1,
      catchAll: false,
      at: startsAt,
      afterSeconds: 0,
      found: [raj],
      pages: [
        { ...page, afterSeconds: 0 },
        { ...page, contact: 'email', channel: 'email', afterSeconds: 90 },
      ],
    },
    {
      round: 1,
      level: 2,
      catchAll: false,
      at: startsAt,
      afterSeconds: 300,
      found: [{ ...raj, person: null, displayName: null, why: 'nobody is on call for schedule night', absent: true }],
      pages: [],
    },
    { round: 4, level: 3, catchAll: true, at: startsAt, afterSeconds: 4500, found: [raj], pages: [{ ...page, afterSeconds: 4500 }] },
  ],
}

test('a simulation reads as minutes down the left, who and how beside them', () => {
  expect(simulationLines(simulation, { now: Date.parse('2026-10-20T01:00:00Z'), zone: 'Europe/Berlin' }).map(plain)).toEqual([
    'payments version 7  SEV1, high urgency, from 25 Oct 03:11 Berlin, 02:11 UTC',
    '   +0:00 ● level 1',
    '           Raj  on call for payments-primary (weekly)  phone (ntfy) +0:00, email +1:30',
    '   +5:00 × level 2, round 2',
    '           !nobody  nobody is on call for schedule night',
    '         2 more rounds like the second',
    '+1:15:00 ● catch-all',
    '           Raj  on call for payments-primary (weekly)  phone (ntfy) +1:15:00',
    'If nobody acknowledges. The catch-all comes again every 15 minutes.',
  ])
})

test('a policy that pages nobody says so', () => {
  const nobody = { ...simulation, steps: [simulation.steps[1]!] }
  expect(plain(simulationLines(nobody, { now: 0, zone: 'UTC' }).at(-1)!)).toBe('!nobody would be paged.')
})
