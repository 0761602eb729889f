import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../kernel/time.ts'
import { type Alert, identityOf } from './alert.ts'
import { type Report, receive } from './receive.ts'
import type { Signal } from './signal.ts'
import { fold, type IncomingReport } from './take-in.ts'

const NOW = Date.parse('2026-11-20T03:11:00Z')

function signal(action: Signal['action'], over: Partial<Signal> = {}): Signal {
  return { dedupKey: 'disk', action, title: 'Disk is full', severity: 1, labels: {}, annotations: {}, links: [], warnings: [], ...over }
}

const report = (what: Signal, position = 2, receivedAt = NOW): Report => ({ signal: what, place: { position, index: 0 }, receivedAt })

type Known = NonNullable<Parameters<typeof receive>[0]>
const open: Known = {
  status: 'open',
  startsAt: null,
  sourceEndedAt: null,
  endedAt: null,
  endedBy: null,
  count: 1,
  last: { position: 1, index: 0 },
}
const ended = (over: Partial<Known>): Known => ({ ...open, status: 'ended', endedAt: NOW - MINUTE, endedBy: 'source', ...over })
const byPerson = (minutesAgo: number, startsAt: number | null) => ended({ endedBy: 'person', endedAt: NOW - minutesAgo * MINUTE, startsAt })

const SINCE = NOW - 60 * MINUTE

describe('what a report means', () => {
  const cases: [story: string, known: Known | undefined, what: Signal, meaning: object][] = [
    ['a first report opens', undefined, signal('trigger'), { kind: 'open', stillFiring: false }],
    ['another one while it is open is a repeat', open, signal('trigger'), { kind: 'repeat' }],
    ['an end of what is open ends it', open, signal('resolve'), { kind: 'end', at: NOW }],
    ['the source’s own end is kept', open, signal('resolve', { endsAt: NOW - SECOND }), { kind: 'end', at: NOW - SECOND }],
    [
      'an end from before this episode belongs to an earlier one',
      { ...open, startsAt: NOW - MINUTE },
      signal('resolve', { endsAt: NOW - 2 * MINUTE }),
      { kind: 'late' },
    ],
    ['an end of what never began is noted', undefined, signal('resolve'), { kind: 'end-of-nothing', at: NOW }],
    ['an end of what has ended is noted', ended({}), signal('resolve'), { kind: 'end-of-nothing', at: NOW }],
    ['an acknowledgement of what is open is noted on it', open, signal('acknowledge'), { kind: 'acknowledge' }],
    ['an acknowledgement of nothing is nothing', undefined, signal('acknowledge'), { kind: 'ignore' }],
    ['an acknowledgement after the end is nothing', ended({}), signal('acknowledge'), { kind: 'ignore' }],
    [
      'without a start of its own a report after the end is a new alarm',
      ended({ sourceEndedAt: NOW }),
      signal('trigger'),
      { kind: 'open', stillFiring: false },
    ],
    [
      'one that began before the end the source reported is a late repeat',
      ended({ sourceEndedAt: NOW - MINUTE, startsAt: SINCE }),
      signal('trigger', { startsAt: SINCE }),
      { kind: 'late' },
    ],
    [
      'one that began at that very moment as well',
      ended({ sourceEndedAt: NOW - MINUTE, startsAt: SINCE }),
      signal('trigger', { startsAt: NOW - MINUTE }),
      { kind: 'late' },
    ],
    [
      'one that began later is a new alarm',
      ended({ sourceEndedAt: NOW - MINUTE, startsAt: SINCE }),
      signal('trigger', { startsAt: NOW - MINUTE + 1 }),
      { kind: 'open', stillFiring: false },
    ],
    [
      'after an end that lapsed the same episode opens again: a lapse is no end the source reported',
      ended({ endedBy: 'lapsed', startsAt: SINCE }),
      signal('trigger', { startsAt: SINCE }),
      { kind: 'open', stillFiring: false },
    ],
    [
      'a late repeat of an episode known by its end alone is recorded as opened and ended',
      ended({ count: 0, sourceEndedAt: NOW - MINUTE }),
      signal('trigger', { startsAt: SINCE }),
      { kind: 'open-and-end' },
    ],
  ]
  test.each(cases)('%s', (_story, known, what, meaning) => {
    expect(receive(known, report(what))).toEqual(meaning)
  })
})

describe('after a person resolved it', () => {
  const cases: [story: string, known: Known, what: Signal, meaning: object][] = [
    ['a report without a start opens at once', byPerson(1, null), signal('trigger'), { kind: 'open', stillFiring: false }],
    ['so does one that began later', byPerson(1, SINCE), signal('trigger', { startsAt: SINCE + 1 }), { kind: 'open', stillFiring: false }],
    [
      'so does the first that names a start at all',
      byPerson(1, null),
      signal('trigger', { startsAt: SINCE }),
      { kind: 'open', stillFiring: false },
    ],
    [
      'the same episode is held until five minutes after the resolve',
      byPerson(1, SINCE),
      signal('trigger', { startsAt: SINCE }),
      { kind: 'hold', at: NOW + 4 * MINUTE },
    ],
    ['after that it opens, and says so', byPerson(5, SINCE), signal('trigger', { startsAt: SINCE }), { kind: 'open', stillFiring: true }],
    ['its end is noted and opens nothing', byPerson(1, SINCE), signal('resolve', { endsAt: NOW }), { kind: 'end-of-nothing', at: NOW }],
    [
      'once the source has ended it the same episode is a late repeat, however long ago the resolve',
      { ...byPerson(30, SINCE), sourceEndedAt: NOW - MINUTE },
      signal('trigger', { startsAt: SINCE }),
      { kind: 'late' },
    ],
  ]
  test.each(cases)('%s', (_story, known, what, meaning) => {
    expect(receive(known, report(what))).toEqual(meaning)
  })
})

describe('reports that were overtaken', () => {
  const later: Known = { ...open, last: { position: 9, index: 0 } }

  test('are counted and change nothing', () => {
    expect(receive(later, report(signal('trigger')))).toEqual({ kind: 'late' })
    expect(receive(later, report(signal('resolve')))).toEqual({ kind: 'ignore' })
    expect(receive(later, report(signal('acknowledge')))).toEqual({ kind: 'ignore' })
    expect(receive(ended({ last: { position: 9, index: 0 } }), report(signal('trigger')))).toEqual({ kind: 'late' })
  })

  test('the beginning of what is known by its end alone is recorded as opened and ended', () => {
    expect(receive(ended({ count: 0, last: { position: 9, index: 0 } }), report(signal('trigger')))).toEqual({ kind: 'open-and-end' })
  })

  test('a body worked off twice changes nothing the second time', () => {
    expect(receive(open, report(signal('trigger'), 1))).toEqual({ kind: 'ignore' })
  })
})

/** An identity as a database would keep it: batch after batch, each folded on its own. */
function keep(batches: IncomingReport[][]): Alert[] {
  const rows = new Map<string, { alert: Alert; latest: boolean }>()
  for (const batch of batches) {
    const known = [...rows.values()].filter(({ latest }) => latest).map(({ alert }) => structuredClone(alert))
    const identities = batch.map((one) => identityOf(one.integration, one.signal.dedupKey))
    for (const { alert, latest } of fold(NOW, known, structuredClone(batch), identities)) rows.set(alert.id, { alert, latest })
  }
  expect([...rows.values()].filter(({ latest }) => latest).length).toBeLessThanOrEqual(1)
  return [...rows.values()].map(({ alert }) => alert)
}

type Step = 'trigger' | 'resolve' | 'acknowledge'

/** What a source sends that begins a new episode after each end, and says so when `dated`. */
function history(steps: Step[], dated: boolean): IncomingReport[] {
  let startsAt = SINCE
  return steps.map((action, i) => {
    const at = SINCE + (i + 1) * MINUTE
    const times = !dated || action === 'acknowledge' ? {} : action === 'trigger' ? { startsAt } : { endsAt: at }
    if (action === 'resolve') startsAt = at + SECOND
    const incoming = { integration: 'anything', service: 'api', demo: false, place: { position: i + 1, index: 0 }, receivedAt: at }
    return { ...incoming, signal: signal(action, times) }
  })
}

function* orders<Item>(items: Item[]): Generator<Item[]> {
  if (items.length < 2) yield items
  for (const [i, item] of items.entries()) if (items.length > 1) for (const rest of orders(items.toSpliced(i, 1))) yield [item, ...rest]
}

/** Worked out without looking at the code: the last that was said in inbox order holds. */
function oracle(steps: Step[]): 'open' | 'ended' | 'unknown' {
  const last = steps.findLast((step) => step !== 'acknowledge')
  return last === undefined ? 'unknown' : last === 'trigger' ? 'open' : 'ended'
}

describe('whichever node works them off first', () => {
  const anyStep = fc.constantFrom<Step>('trigger', 'trigger', 'resolve', 'acknowledge')
  const five = fc.array(anyStep, { minLength: 5, maxLength: 5 })

  test('all 120 orders of five reports come to the same', () => {
    fc.assert(
      fc.property(five, fc.boolean(), (steps, dated) => {
        const reports = history(steps, dated)
        const triggers = steps.filter((step) => step === 'trigger').length
        for (const order of orders(reports)) {
          const alerts = keep(order.map((one) => [one]))
          const stillOpen = alerts.filter(({ status }) => status === 'open')
          expect(stillOpen.length).toBe(oracle(steps) === 'open' ? 1 : 0)
          // Every report of the trouble is counted, on one alert or another.
          expect(alerts.reduce((sum, { count }) => sum + count, 0)).toBe(triggers)
        }
      }),
      { numRuns: 40, seed: 20261120 },
    )
  })

  test('in one batch, in one body or one by one', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 8 }), fc.boolean(), (steps, dated) => {
        const reports = history(steps, dated)
        const sameBody = reports.map((one) => ({ ...one, place: { position: 1, index: 0 } }))
        const outcome = (batches: IncomingReport[][]) =>
          keep(batches).map(({ status, count, endedBy, acknowledgedBySource }) => ({ status, count, endedBy, acknowledgedBySource }))
        const oneByOne = outcome(reports.map((one) => [one]))
        expect(outcome([reports])).toEqual(oneByOne)
        expect(outcome([sameBody])).toEqual(oneByOne)
      }),
      { numRuns: 200, seed: 20261120 },
    )
  })

  test('a batch that is worked off a second time opens nothing new', () => {
    const reports = history(['trigger', 'resolve', 'trigger'], true)
    expect(keep([reports, reports]).filter(({ status }) => status === 'open')).toHaveLength(1)
    expect(keep([reports, reports])).toHaveLength(2)
  })
})

test('what is held after a resolve by hand is not held any more once a new episode has begun', () => {
  const [first] = history(['trigger'], true)
  const identity = identityOf(first!.integration, 'disk')
  const [opened] = fold(NOW, [], [first!], [identity])
  const resolved: Alert = { ...opened!.alert, status: 'ended', endedAt: NOW, endedBy: 'person' }
  const again = { ...first!, place: { position: 2, index: 0 }, receivedAt: NOW + SECOND }
  const [held] = fold(NOW + SECOND, [resolved], [again], [identity])
  expect(held!.alert.stillFiringAt).toBe(NOW + 5 * MINUTE)
  const fresh = { ...again, place: { position: 3, index: 0 }, signal: signal('trigger', { startsAt: NOW }) }
  const touched = fold(NOW + MINUTE, [held!.alert], [fresh], [identity])
  expect(touched.map(({ alert, latest }) => [alert.status, latest, alert.stillFiringAt])).toEqual([
    ['ended', false, null],
    ['open', true, null],
  ])
})
