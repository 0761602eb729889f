import { expect, test } from 'vitest'
import type { OnCallView, ScheduleView } from '../../product/kinds.ts'
import {
  byMailOnly,
  clockCheck,
  engineChecks,
  gapChecks,
  linksCheck,
  mailCheck,
  type Readiness,
  reachChecks,
  versionCheck,
} from './checks.ts'

const ready: Readiness = {
  ready: true,
  why: [],
  version: '1.0.0',
  schema: 9,
  loops: [{ name: 'paging', lastError: null, lastSuccessAt: null }],
}

const NOW = Date.parse('2026-11-20T03:11:00Z')
const nobodyOfTheDemo = () => false

function way(contact: string, channel: string): OnCallView['reachable'][number] {
  const reaches = { email: 'an inbox' as const, screen: 'this screen' as const }[channel] ?? 'a phone'
  return { contact, channel, reaches, state: 'works', lastDeliveredAt: null }
}

function onCall(over: Partial<OnCallView>): OnCallView {
  return {
    schedule: null,
    scheduleName: null,
    policy: 'payments',
    policyName: 'Payments',
    level: 1,
    catchAll: false,
    team: null,
    teamName: null,
    person: 'ada',
    displayName: 'Ada',
    timeZone: null,
    from: null,
    until: null,
    why: 'On call for payments.',
    whyKind: 'layer',
    absence: null,
    origin: null,
    next: null,
    reachable: [way('phone', 'ntfy')],
    ...over,
  }
}

test('a server that works says so in two lines, one that does not says which part', () => {
  expect(engineChecks(ready, 4).map(({ level, what }) => [what, level])).toEqual([
    ['database', 'ok'],
    ['engine', 'ok'],
  ])
  const ill = engineChecks({ ...ready, ready: false, why: ['the database does not answer', 'the loop paging last succeeded 45 s ago'] }, 4)
  expect(ill.map(({ level }) => level)).toEqual(['fail', 'fail'])
  expect(ill[1]?.text).toContain('45 s ago')
  expect(versionCheck('1.0.0', '1.0.0').level).toBe('ok')
  expect(versionCheck('1.1.0', '1.0.0').level).toBe('warn')
})

test('paused, it pages nobody: that is wrong until somebody says go on', () => {
  const paused = { since: '2026-11-20T03:11:00.000Z', because: 'its database was restored from a dump' }
  const warnings = ['paused since 2026-11-20T03:11:00.000Z, nobody is paged: …']
  expect(engineChecks({ ...ready, warnings, paused }, 4).slice(2)).toEqual([
    {
      level: 'fail',
      what: 'paging',
      text: 'paused since 2026-11-20T03:11:00.000Z, nobody is paged: its database was restored from a dump',
      fix: 'tocsin resume',
    },
  ])
})

test('clocks may differ by what HTTP cannot tell, not by more', () => {
  expect(clockCheck(900).level).toBe('ok')
  expect(clockCheck(-75_000)).toMatchObject({ level: 'warn', text: 'the server is 1 m 15 s behind this machine' })
})

test('mail matters as soon as somebody has nothing else', () => {
  const lin = onCall({ person: 'lin', displayName: 'Lin Wei', reachable: [way('mail', 'email')] })
  expect(byMailOnly([onCall({}), lin, lin])).toEqual(['Lin Wei'])
  expect(mailCheck({ configured: false }, [])[0]?.level).toBe('ok')
  expect(mailCheck({ configured: false }, ['lin'])[0]).toMatchObject({ level: 'fail', fix: expect.stringContaining('TOCSIN_SMTP_URL') })
  expect(mailCheck({ configured: true, from: 'tocsin@example.org' }, ['lin'])[0]?.level).toBe('ok')
  expect(mailCheck(undefined, [])[0]?.level).toBe('warn')
})

test('links have to open on the phone that is paged', () => {
  expect(linksCheck('http://127.0.0.1:4400', null).level).toBe('warn')
  expect(linksCheck('https://tocsin.example.org', true).level).toBe('ok')
  expect(linksCheck('https://tocsin.example.org', false).level).toBe('fail')
  expect(linksCheck('http://tocsin.example.org', true).level).toBe('warn')
})

test('whoever is on call can be reached; a level of nobody is a warning, a catch-all of nobody is worse', () => {
  expect(reachChecks([onCall({}), onCall({ level: 2, person: 'lin' })], nobodyOfTheDemo, NOW)).toEqual([
    { level: 'ok', what: 'on call', text: '2 levels lead to 2 people, each with a contact' },
  ])
  const nobody = {
    person: null,
    displayName: null,
    reachable: [],
    why: 'Nobody is on call for schedule night.',
    whyKind: 'nobody' as const,
    absence: 'gap' as const,
  }
  const found = reachChecks(
    [onCall(nobody), onCall({ ...nobody, level: 3, catchAll: true }), onCall({ person: 'sam', displayName: 'Sam Ode', reachable: [] })],
    nobodyOfTheDemo,
    NOW,
  )
  // Sam shares level 1 with nobody: the level leads to somebody, and Sam has no contact.
  expect(found.map(({ level, text }) => [level, text])).toEqual([
    ['fail', 'payments, catch-all: nobody is on call for schedule night'],
    ['fail', 'Sam Ode is on call and has no contact'],
  ])
  expect(reachChecks([onCall(nobody)], nobodyOfTheDemo, NOW)[0]).toMatchObject({
    level: 'warn',
    text: 'payments, level 1: nobody is on call for schedule night',
  })
})

test('a level that is left empty on purpose is no fault, nor are hours without anybody; a catch-all without anybody is', () => {
  const nobody = { person: null, displayName: null, reachable: [], why: 'Nobody.', whyKind: 'nobody' as const }
  const empty = onCall({ ...nobody, level: 2, absence: 'left-empty' })
  const closed = onCall({ ...nobody, level: 3, absence: 'outside-hours' })
  expect(reachChecks([onCall({}), empty, closed], nobodyOfTheDemo, NOW).map(({ level }) => level)).toEqual(['ok'])
  const last = onCall({ ...nobody, level: 4, catchAll: true, absence: 'outside-hours' })
  expect(reachChecks([onCall({}), last], nobodyOfTheDemo, NOW).map(({ level }) => level)).toEqual(['fail'])
})

test('a drawn phone is enough for the demo company alone', () => {
  const drawn = onCall({ reachable: [way('screen', 'screen')] })
  expect(reachChecks([drawn], nobodyOfTheDemo, NOW)[0]?.level).toBe('warn')
  expect(reachChecks([drawn], ({ policy }) => policy === 'payments', NOW)).toMatchObject([
    { level: 'warn', text: expect.stringContaining('nobody but the demo company') },
  ])
  expect(reachChecks([drawn, onCall({ policy: 'ours' })], ({ policy }) => policy === 'payments', NOW)[0]?.level).toBe('ok')
})

test('what worked is to ring again within thirty days', () => {
  const heard = (day: string) => onCall({ reachable: [{ ...way('phone', 'ntfy'), lastDeliveredAt: `2026-${day}T03:11:00Z` }] })
  expect(reachChecks([heard('10-21')], nobodyOfTheDemo, NOW).map(({ level }) => level)).toEqual(['ok'])
  expect(reachChecks([heard('10-20')], nobodyOfTheDemo, NOW)).toEqual([
    { level: 'warn', what: 'people', text: 'Ada: nothing has arrived by phone for 30 days', fix: 'let it ring: tocsin person page ada' },
  ])
})

test('gaps ahead are told with the command that shows them', () => {
  const schedule = { name: 'night', nextGap: { from: '2026-10-25T00:00:00Z', until: '2026-10-26T01:00:00Z' } } as ScheduleView
  expect(gapChecks([schedule], () => 'Sun 00:00')).toEqual([
    { level: 'warn', what: 'schedules', text: 'night has nobody from Sun 00:00, 1 d 1 h', fix: 'tocsin schedule gaps night' },
  ])
  expect(gapChecks([{ ...schedule, nextGap: null }], String)[0]?.level).toBe('ok')
})
