import { expect, test } from 'vitest'
import type { OnCallView, ScheduleView } from '../../product/kinds.ts'
import { personCell, reachCell, untilCell } from '../../product/on-call-cells.ts'
import { plain, render } from '../../text/spans.ts'
import { gapLines, rowsOf } from './on-call-now.ts'

/** Tuesday 05:23 in Berlin. */
const now = Date.parse('2026-10-20T03:23:00Z')

function row(over: Partial<OnCallView>): OnCallView {
  return {
    schedule: 'payments-primary',
    scheduleName: 'Payments primary',
    policy: 'payments',
    policyName: 'Payments',
    level: 1,
    catchAll: false,
    team: null,
    teamName: null,
    person: 'raj',
    displayName: 'Raj',
    timeZone: null,
    from: null,
    until: null,
    why: 'On call.',
    whyKind: 'layer',
    absence: null,
    origin: null,
    next: null,
    reachable: [],
    ...over,
  }
}

test('a schedule stands by itself only when no policy uses it, and the catch-all when it is asked for', () => {
  const all = [
    row({ policy: null, level: null }),
    row({ policy: null, level: null, schedule: 'office' }),
    row({}),
    row({ level: 2, catchAll: true, schedule: null }),
  ]
  expect(rowsOf(all, false)).toEqual([all[1], all[2]])
  expect(rowsOf(all, true)).toEqual([all[1], all[2], all[3]])
})

test('a missing person is loud, you stand out, everybody else is calm, and so is nobody on purpose', () => {
  const cell = (over: Partial<OnCallView>) => render(personCell(row(over), 'bea'), true)
  expect(cell({ person: null, absence: 'gap' })).toBe('\u001b[1;31m!nobody\u001b[0m')
  expect(cell({ person: null, absence: 'left-empty' })).not.toContain('!')
  expect(cell({ person: null, absence: 'outside-hours' })).not.toContain('!')
  expect(cell({ person: 'bea', displayName: 'Bea Lang' })).toBe('\u001b[36mBea Lang\u001b[0m')
  expect(cell({ person: 'raj', displayName: 'Raj Iyer' })).toBe('Raj Iyer')
})

test('how somebody is reached names what rings nowhere', () => {
  const by = (...channels: string[]) =>
    row({
      reachable: channels.map((channel) => ({
        ...{ contact: channel, channel, state: 'works', lastDeliveredAt: null },
        reaches: channel === 'screen' ? 'this screen' : 'a phone',
      })),
    })
  expect(plain(reachCell(by('ntfy', 'email', 'ntfy'), false))).toBe('ntfy email')
  expect(plain(reachCell(by('screen'), false))).toBe('! screen only')
  expect(plain(reachCell(by('screen'), true))).toBe('screen')
  expect(plain(reachCell(by(), false))).toBe('!no contact')
  expect(plain(reachCell(row({ person: null }), false))).toBe('-')
})

test('until when is said as a day, and how far off that is', () => {
  expect(plain(untilCell('2026-10-23T07:00:00Z', now, 'Europe/Berlin'))).toBe('Fri 09:00, 07:00  in 3 d 3 h')
  expect(plain(untilCell(null, now, 'Europe/Berlin'))).toBe('no end in sight')
})

test('gaps are told with the command that shows them', () => {
  const schedule = { name: 'payments-primary', nextGap: { from: '2026-10-24T22:00:00Z', until: '2026-10-25T23:00:00Z' } } as ScheduleView
  const lines = gapLines([schedule, { ...schedule, name: 'core', nextGap: null }], now, 'Europe/Berlin').map(plain)
  expect(lines).toEqual([
    '! gap  payments-primary, 25 Oct 00:00 Berlin, 24 Oct 22:00 UTC, 1 d 1 h    tocsin schedule gaps payments-primary',
  ])
})
