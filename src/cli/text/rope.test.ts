import { expect, test } from 'vitest'
import { type Knot, ropeLines } from './rope.ts'
import { plain, render } from './spans.ts'

const start = Date.parse('2026-10-20T01:11:00.114Z')
const knots: Knot[] = [
  { at: start, mark: 'fact', label: 'received', text: 'From the integration eu, kept on disk.' },
  { at: start + 15, mark: 'key', label: 'routed', text: 'To the service api-gateway, policy payments.' },
  { at: start + 9_090, mark: 'failed', label: 'page', text: 'raj’s phone failed at attempt 1: 502.' },
  { at: start + 70_000, mark: 'key', label: 'stopped', text: 'The escalation stopped (acknowledged).', tone: 'done' },
]

test('the rope says when, what and why, and writes a time again as far as it changed', () => {
  expect(ropeLines(knots, { zone: 'Europe/Berlin', width: 90, precision: 'milliseconds' }).map(plain)).toEqual([
    'Tue 20 Oct',
    '03:11:00.114  ○ received  From the integration eu, kept on disk.',
    '      00.129  ● routed    To the service api-gateway, policy payments.',
    '      09.204  × page      raj’s phone failed at attempt 1: 502.',
    '03:12:10.114  ● stopped   The escalation stopped (acknowledged).',
  ])
})

test('long sentences hang under their beginning', () => {
  const lines = ropeLines([knots[1]!], { zone: 'UTC', width: 60, precision: 'seconds' }).map(plain)
  expect(lines).toEqual(['Tue 20 Oct', '01:11:00  ● routed  To the service api-gateway, policy', '                    payments.'])
})

test('a new day is named, and what failed is the one loud mark', () => {
  const lines = ropeLines([knots[0]!, { ...knots[2]!, at: start + 86_400_000 }], { zone: 'UTC', width: 90, precision: 'milliseconds' })
  expect(lines.map(plain)[2]).toBe('Wed 21 Oct')
  expect(lines.map(plain)[3]).toContain('01:11:00.114')
  expect(render(lines[3]!, true)).toContain('\u001b[1;31m×\u001b[0m')
})
