import { describe, expect, test } from 'vitest'
import { parseInstant } from '../../kernel/time.ts'
import { eachShift, isGap, nextGap, type Override, shiftsBetween, whoIsOnCall } from './rota.ts'
import { scheduleSpec } from './schedule.ts'

type Written = Parameters<typeof scheduleSpec.parse>[0]

const at = (text: string) => parseInstant(text)!
const schedule = (spec: Written) => scheduleSpec.parse(spec)

/** `2026-01-05T08:00Z ada (weekly)`: a list that reads like the calendar on the wall; the last line is where it ends. */
function calendar(spec: Written, since: string, until: string, extraOverrides: Override[] = []): string[] {
  const entries = shiftsBetween(schedule(spec), at(since), at(until), extraOverrides)
  const lines = entries.map((entry) => `${short(entry.from)} ${isGap(entry) ? 'nobody' : `${entry.user} (${wordsFor(entry.why)})`}`)
  return [...lines, short(entries.at(-1)!.until)]
}

const short = (instant: number) => new Date(instant).toISOString().replace(':00.000Z', 'Z')
const wordsFor = (why: { kind: 'layer'; layer: string } | { kind: 'override'; reason?: string }) => {
  return why.kind === 'layer' ? why.layer : `override${why.reason ? `: ${why.reason}` : ''}`
}

/** Who is on call, at each of some instants. */
function whoAt(spec: Written, ...instants: string[]): (string | undefined)[] {
  const one = schedule(spec)
  return instants.map((instant) => whoIsOnCall(one, at(instant))?.user)
}

const weekly = { name: 'weekly', users: ['ada', 'lin'], start: '2026-01-05T09:00', turn: '7d' }
const daily = (start: string, users = ['ada', 'lin', 'max']) => ({ name: 'daily', users, start, turn: '1d' })

describe('turns', () => {
  test('a week runs from Monday 09:00 to Monday 09:00, and the users take turns', () => {
    expect(calendar({ timeZone: 'Europe/Berlin', layers: [weekly] }, '2026-01-07T00:00Z', '2026-01-25T00:00Z')).toEqual([
      '2026-01-07T00:00Z ada (weekly)',
      '2026-01-12T08:00Z lin (weekly)',
      '2026-01-19T08:00Z ada (weekly)',
      '2026-01-25T00:00Z',
    ])
  })

  test('the week stays at 09:00 on the wall when the clocks change, in spring and in autumn', () => {
    const berlin = { timeZone: 'Europe/Berlin', layers: [weekly] }
    expect(calendar(berlin, '2026-03-23T08:00Z', '2026-04-01T00:00Z')).toEqual([
      '2026-03-23T08:00Z lin (weekly)',
      '2026-03-30T07:00Z ada (weekly)',
      '2026-04-01T00:00Z',
    ])
    expect(calendar(berlin, '2026-10-19T07:00Z', '2026-10-28T00:00Z')).toEqual([
      '2026-10-19T07:00Z lin (weekly)',
      '2026-10-26T08:00Z ada (weekly)',
      '2026-10-28T00:00Z',
    ])
  })

  test('a turn of hours is elapsed time: the handoff moves on the wall when the clocks change', () => {
    const halves = { name: 'halves', users: ['ada', 'lin'], start: '2026-03-28T09:00', turn: '12h' }
    expect(calendar({ timeZone: 'Europe/Berlin', layers: [halves] }, '2026-03-28T08:00Z', '2026-03-29T20:00Z')).toEqual([
      '2026-03-28T08:00Z ada (halves)',
      '2026-03-28T20:00Z lin (halves)',
      '2026-03-29T08:00Z ada (halves)',
      '2026-03-29T20:00Z',
    ])
    const day = { ...halves, turn: '24h' }
    expect(calendar({ timeZone: 'Europe/Berlin', layers: [day] }, '2026-03-29T08:00Z', '2026-03-30T12:00Z')).toEqual([
      '2026-03-29T08:00Z lin (halves)',
      '2026-03-30T08:00Z ada (halves)',
      '2026-03-30T12:00Z',
    ])
  })

  test.each<[story: string, timeZone: string, start: string, handoffs: string[]]>([
    [
      'Berlin, 02:30 missing: an hour later on that day only',
      'Europe/Berlin',
      '2026-03-28T02:30',
      ['2026-03-28T01:30Z ada', '2026-03-29T01:30Z lin', '2026-03-30T00:30Z max'],
    ],
    [
      'Berlin, 02:30 doubled: the first of the two',
      'Europe/Berlin',
      '2026-10-24T02:30',
      ['2026-10-24T00:30Z ada', '2026-10-25T00:30Z lin', '2026-10-26T01:30Z max'],
    ],
    [
      'New York, 02:30 missing',
      'America/New_York',
      '2026-03-07T02:30',
      ['2026-03-07T07:30Z ada', '2026-03-08T07:30Z lin', '2026-03-09T06:30Z max'],
    ],
    [
      'New York, 01:30 doubled',
      'America/New_York',
      '2026-10-31T01:30',
      ['2026-10-31T05:30Z ada', '2026-11-01T05:30Z lin', '2026-11-02T06:30Z max'],
    ],
    [
      'Lord Howe, half an hour missing',
      'Australia/Lord_Howe',
      '2026-10-03T02:15',
      ['2026-10-02T15:45Z ada', '2026-10-03T15:45Z lin', '2026-10-04T15:15Z max'],
    ],
    [
      'Lord Howe, half an hour doubled',
      'Australia/Lord_Howe',
      '2026-04-04T01:45',
      ['2026-04-03T14:45Z ada', '2026-04-04T14:45Z lin', '2026-04-05T15:15Z max'],
    ],
    [
      'Casablanca, clocks back for Ramadan',
      'Africa/Casablanca',
      '2025-02-22T09:00',
      ['2025-02-22T08:00Z ada', '2025-02-23T09:00Z lin', '2025-02-24T09:00Z max'],
    ],
    [
      'Casablanca, 02:30 missing when it ends',
      'Africa/Casablanca',
      '2025-04-05T02:30',
      ['2025-04-05T02:30Z ada', '2025-04-06T02:30Z lin', '2025-04-07T01:30Z max'],
    ],
    [
      'Apia, which had no 30 December: that turn does not take place',
      'Pacific/Apia',
      '2011-12-29T09:00',
      ['2011-12-29T19:00Z ada', '2011-12-30T19:00Z max', '2011-12-31T19:00Z ada'],
    ],
  ])('%s', (_story, timeZone, start, handoffs) => {
    const [first, , last] = handoffs.map((line) => line.slice(0, 17))
    const lines = calendar({ timeZone, layers: [daily(start)] }, first!, new Date(at(last!) + 3_600_000).toISOString())
    expect(lines.slice(0, -1)).toEqual(handoffs.map((line) => `${line} (daily)`))
  })

  test('the second of two equal hours belongs to whoever took over in the first', () => {
    const layers = [daily('2026-10-24T02:30')]
    const instants = ['2026-10-25T00:29:59.999Z', '2026-10-25T00:30:00Z', '2026-10-25T01:15:00Z', '2026-10-25T01:45:00Z']
    expect(whoAt({ timeZone: 'Europe/Berlin', layers }, ...instants)).toEqual(['ada', 'lin', 'lin', 'lin'])
  })

  test('until a handoff that was moved out of the missing hour, the person before stays on call', () => {
    const layers = [daily('2026-03-28T02:30')]
    const instants = ['2026-03-29T00:59:59.999Z', '2026-03-29T01:00:00Z', '2026-03-29T01:29:59.999Z', '2026-03-29T01:30:00Z']
    expect(whoAt({ timeZone: 'Europe/Berlin', layers }, ...instants)).toEqual(['ada', 'ada', 'ada', 'lin'])
  })

  test('a handoff is the new person’s to the millisecond', () => {
    expect(whoAt({ timeZone: 'UTC', layers: [weekly] }, '2026-01-12T08:59:59.999Z', '2026-01-12T09:00:00.000Z')).toEqual(['ada', 'lin'])
  })

  test('somebody written twice has two turns of three, and turns in a row are one shift', () => {
    const layers = [daily('2026-01-05T00:00', ['ada', 'lin', 'ada'])]
    expect(calendar({ timeZone: 'UTC', layers }, '2026-01-05T00:00Z', '2026-01-10T00:00Z')).toEqual([
      '2026-01-05T00:00Z ada (daily)',
      '2026-01-06T00:00Z lin (daily)',
      '2026-01-07T00:00Z ada (daily)',
      '2026-01-09T00:00Z lin (daily)',
      '2026-01-10T00:00Z',
    ])
  })

  test('before the start and from the end on there is nobody', () => {
    const spec = { timeZone: 'Europe/Berlin', layers: [{ ...weekly, end: '2026-01-14T17:00' }] }
    expect(calendar(spec, '2026-01-01T00:00Z', '2026-02-01T00:00Z')).toEqual([
      '2026-01-01T00:00Z nobody',
      '2026-01-05T08:00Z ada (weekly)',
      '2026-01-12T08:00Z lin (weekly)',
      '2026-01-14T16:00Z nobody',
      '2026-02-01T00:00Z',
    ])
    expect(whoAt(spec, '1970-01-01T00:00Z', '2026-01-05T07:59:59.999Z', '2026-01-05T08:00Z', '2026-01-14T16:00Z')).toEqual([
      undefined,
      undefined,
      'ada',
      undefined,
    ])
  })

  test('without users there is nobody', () => {
    expect(calendar({ timeZone: 'UTC', layers: [{ ...weekly, users: [] }] }, '2026-01-01T00:00Z', '2027-01-01T00:00Z')).toEqual([
      '2026-01-01T00:00Z nobody',
      '2027-01-01T00:00Z',
    ])
  })
})

describe('restrictions', () => {
  const hours = (from: string, until: string, ...days: ('mon' | 'fri' | 'sat' | 'sun')[]) => ({
    from,
    until,
    ...(days.length > 0 ? { days } : {}),
  })
  const restricted = (timeZone: string, start: string, ...restrictions: object[]) => {
    return { timeZone, layers: [{ ...daily(start, ['ada']), name: 'hours', restrictions: restrictions as never[] }] }
  }

  test('follow the sun: three desks share the day, and each hands over weekly inside', () => {
    const desk = (name: string, users: string[], from: string, until: string) => {
      return { name, users, start: '2026-03-02T00:00', turn: '1w', restrictions: [{ from, until }] }
    }
    const sun = {
      timeZone: 'Europe/Berlin',
      layers: [
        desk('asia', ['lin', 'mei'], '00:00', '08:00'),
        desk('europe', ['ada'], '08:00', '16:00'),
        desk('america', ['max'], '16:00', '24:00'),
      ],
    }
    expect(calendar(sun, '2026-03-07T23:00Z', '2026-03-09T15:00Z')).toEqual([
      '2026-03-07T23:00Z lin (asia)',
      '2026-03-08T07:00Z ada (europe)',
      '2026-03-08T15:00Z max (america)',
      '2026-03-08T23:00Z mei (asia)',
      '2026-03-09T07:00Z ada (europe)',
      '2026-03-09T15:00Z',
    ])
    // The short day: Asia has seven hours, nobody is missing.
    expect(calendar(sun, '2026-03-28T23:00Z', '2026-03-29T22:00Z')).toEqual([
      '2026-03-28T23:00Z mei (asia)',
      '2026-03-29T06:00Z ada (europe)',
      '2026-03-29T14:00Z max (america)',
      '2026-03-29T22:00Z',
    ])
    expect(nextGap(schedule(sun), at('2026-03-02T00:00Z'), at('2028-01-01T00:00Z'))).toBeUndefined()
  })

  test('a window that ends at or before its beginning goes over midnight and belongs to the day it opens', () => {
    expect(
      calendar(restricted('UTC', '2026-01-01T00:00', hours('22:00', '06:00', 'fri', 'sun')), '2026-01-08T00:00Z', '2026-01-16T00:00Z'),
    ).toEqual([
      '2026-01-08T00:00Z nobody',
      '2026-01-09T22:00Z ada (hours)',
      '2026-01-10T06:00Z nobody',
      '2026-01-11T22:00Z ada (hours)',
      '2026-01-12T06:00Z nobody',
      '2026-01-16T00:00Z',
    ])
    expect(
      calendar(restricted('UTC', '2026-01-01T00:00', hours('09:00', '09:00', 'sun')), '2026-01-10T00:00Z', '2026-01-14T00:00Z'),
    ).toEqual(['2026-01-10T00:00Z nobody', '2026-01-11T09:00Z ada (hours)', '2026-01-12T09:00Z nobody', '2026-01-14T00:00Z'])
  })

  test('windows that touch or overlap are one shift, also over the end of the week', () => {
    const weekend = [
      hours('17:00', '24:00', 'fri'),
      hours('00:00', '24:00', 'sat'),
      hours('00:00', '00:00', 'sun'),
      hours('00:00', '09:00', 'mon'),
      hours('03:00', '06:00', 'sat'),
    ]
    expect(calendar(restricted('UTC', '2026-01-01T00:00', ...weekend), '2026-01-08T00:00Z', '2026-01-14T00:00Z')).toEqual([
      '2026-01-08T00:00Z nobody',
      '2026-01-09T17:00Z ada (hours)',
      '2026-01-12T09:00Z nobody',
      '2026-01-14T00:00Z',
    ])
  })

  test('turns go on while the layer is closed', () => {
    const layers = [{ ...daily('2026-01-05T00:00', ['ada', 'lin']), restrictions: [hours('09:00', '17:00')] }]
    expect(calendar({ timeZone: 'UTC', layers }, '2026-01-05T12:00Z', '2026-01-06T18:00Z')).toEqual([
      '2026-01-05T12:00Z ada (daily)',
      '2026-01-05T17:00Z nobody',
      '2026-01-06T09:00Z lin (daily)',
      '2026-01-06T17:00Z nobody',
      '2026-01-06T18:00Z',
    ])
  })

  test('windows that leave nothing out never end, and an empty list restricts nothing', () => {
    const halves = schedule(restricted('Europe/Berlin', '2026-01-01T00:00', hours('00:00', '12:30'), hours('12:00', '24:00')))
    const none = schedule(restricted('Europe/Berlin', '2026-01-01T00:00'))
    for (const one of [halves, none]) {
      expect(whoIsOnCall(one, at('2026-06-01T00:00Z'))).toMatchObject({ user: 'ada', from: at('2025-12-31T23:00Z'), until: null })
    }
  })

  test.each<[story: string, from: string, until: string, day: string, lines: string[]]>([
    ['opens at the change when its time is skipped', '02:30', '05:00', '2026-03-29', ['01:00 ada', '03:00 nobody']],
    ['closes at the change when its time is skipped', '01:00', '02:30', '2026-03-29', ['00:00 ada', '01:00 nobody']],
    ['is left out when all of it is skipped', '02:15', '02:45', '2026-03-29', []],
    ['opens at the first of two equal times', '02:30', '05:00', '2026-10-25', ['00:30 ada', '04:00 nobody']],
    ['closes at the first of two equal times, once', '01:00', '02:30', '2026-10-25', ['23:00 ada', '00:30 nobody']],
  ])('in Berlin a window %s', (_story, from, until, day, lines) => {
    const spec = restricted('Europe/Berlin', '2026-01-01T00:00', hours(from, until))
    const midnight = at(`${day}T00:00Z`)
    const shown = calendar(spec, new Date(midnight - 2 * 3_600_000).toISOString(), new Date(midnight + 12 * 3_600_000).toISOString())
    expect(shown.slice(1, -1).map((line) => line.slice(11).replace('Z', '').replace(' (hours)', ''))).toEqual(lines)
  })

  test('two layers whose windows overlap leave no hole when the clocks change', () => {
    const half = (name: string, from: string, until: string) => ({
      ...daily('2026-01-01T00:00', [name]),
      name,
      restrictions: [{ from, until }],
    })
    const spec = schedule({ timeZone: 'Europe/Berlin', layers: [half('ada', '00:00', '03:10'), half('lin', '02:50', '24:00')] })
    expect(nextGap(spec, at('2026-01-01T00:00Z'), at('2027-01-01T00:00Z'))).toBeUndefined()
  })

  test('on the day that Apia left out no window opens', () => {
    expect(
      calendar(restricted('Pacific/Apia', '2011-12-01T00:00', hours('09:00', '17:00')), '2011-12-29T12:00Z', '2011-12-31T12:00Z'),
    ).toEqual([
      '2011-12-29T12:00Z nobody',
      '2011-12-29T19:00Z ada (hours)',
      '2011-12-30T03:00Z nobody',
      '2011-12-30T19:00Z ada (hours)',
      '2011-12-31T03:00Z nobody',
      '2011-12-31T12:00Z',
    ])
    const friday = restricted('Pacific/Apia', '2011-12-01T00:00', hours('09:00', '17:00', 'fri'))
    expect(nextGap(schedule(friday), at('2011-12-24T12:00Z'), at('2012-01-05T00:00Z'))).toEqual({
      gap: true,
      from: at('2011-12-24T12:00Z'),
      until: at('2012-01-05T00:00Z'),
    })
  })
})

describe('layers', () => {
  const office = {
    name: 'office',
    users: ['max'],
    start: '2026-01-05T00:00',
    turn: '1d',
    restrictions: [{ from: '09:00', until: '17:00' }],
  }

  test('the one written last with somebody on call wins', () => {
    expect(calendar({ timeZone: 'UTC', layers: [weekly, office] }, '2026-01-05T00:00Z', '2026-01-06T00:00Z')).toEqual([
      '2026-01-05T00:00Z nobody',
      '2026-01-05T09:00Z max (office)',
      '2026-01-05T17:00Z ada (weekly)',
      '2026-01-06T00:00Z',
    ])
    expect(calendar({ timeZone: 'UTC', layers: [office, weekly] }, '2026-01-05T00:00Z', '2026-01-06T00:00Z')).toEqual([
      '2026-01-05T00:00Z nobody',
      '2026-01-05T09:00Z ada (weekly)',
      '2026-01-06T00:00Z',
    ])
  })

  test('one without users, ended, or not begun lets the one before it through', () => {
    const empty = { ...weekly, name: 'empty', users: [] }
    const ended = { ...office, name: 'ended', start: '2025-01-05T00:00', end: '2025-02-05T00:00' }
    const future = { ...office, name: 'future', start: '2027-01-05T00:00' }
    const spec = schedule({ timeZone: 'UTC', layers: [{ ...weekly, users: ['ada'] }, empty, ended, future] })
    expect(whoIsOnCall(spec, at('2026-02-02T12:00Z'))).toEqual({
      user: 'ada',
      from: at('2026-01-05T09:00Z'),
      until: at('2027-01-05T09:00Z'),
      why: { kind: 'layer', layer: 'weekly' },
    })
  })

  test('the same person from another layer is another shift, for the reason differs', () => {
    expect(
      calendar({ timeZone: 'UTC', layers: [{ ...weekly, users: ['max'] }, office] }, '2026-01-06T16:00Z', '2026-01-06T18:00Z'),
    ).toEqual(['2026-01-06T16:00Z max (office)', '2026-01-06T17:00Z max (weekly)', '2026-01-06T18:00Z'])
  })

  test('a hidden layer with turns of a second costs a year no time', () => {
    const seconds = { ...weekly, name: 'seconds', turn: '1s' }
    const spec = schedule({ timeZone: 'UTC', layers: [seconds, { ...weekly, users: ['ada'] }] })
    expect(shiftsBetween(spec, at('2026-02-01T00:00Z'), at('2036-02-01T00:00Z'))).toHaveLength(1)
  })
})

describe('overrides', () => {
  const berlin = (...overrides: object[]) => ({ timeZone: 'Europe/Berlin', layers: [weekly], overrides: overrides as never[] })
  const override = (user: string, from: string, until: string, reason?: string) => ({ user, from, until, ...(reason ? { reason } : {}) })

  test('one inside a turn interrupts it', () => {
    expect(
      calendar(berlin(override('mei', '2026-01-07T18:00', '2026-01-07T20:00', 'concert')), '2026-01-05T08:00Z', '2026-01-12T08:00Z'),
    ).toEqual([
      '2026-01-05T08:00Z ada (weekly)',
      '2026-01-07T17:00Z mei (override: concert)',
      '2026-01-07T19:00Z ada (weekly)',
      '2026-01-12T08:00Z',
    ])
  })

  test('one over a handoff postpones it, and the next person takes over', () => {
    expect(
      calendar(berlin(override('mei', '2026-01-12T06:00:00Z', '2026-01-12T12:00:00+01:00')), '2026-01-11T00:00Z', '2026-01-13T00:00Z'),
    ).toEqual(['2026-01-11T00:00Z ada (weekly)', '2026-01-12T06:00Z mei (override)', '2026-01-12T11:00Z lin (weekly)', '2026-01-13T00:00Z'])
  })

  test('a later one beats an earlier one, and the earlier one goes on after it', () => {
    const overrides = [
      override('mei', '2026-01-07T08:00Z', '2026-01-07T18:00Z', 'day'),
      override('max', '2026-01-07T12:00Z', '2026-01-07T13:00Z', 'lunch'),
    ]
    const lines = [
      '2026-01-07T08:00Z mei (override: day)',
      '2026-01-07T12:00Z max (override: lunch)',
      '2026-01-07T13:00Z mei (override: day)',
      '2026-01-07T18:00Z',
    ]
    expect(calendar(berlin(...overrides), '2026-01-07T08:00Z', '2026-01-07T18:00Z')).toEqual(lines)
    expect(calendar(berlin(...overrides.reverse()), '2026-01-07T08:00Z', '2026-01-07T18:00Z')).toEqual([lines[0], lines[3]])
  })

  test('one fills a gap, before the start of every layer too', () => {
    const spec = berlin(override('somebody who left', '2026-01-01T00:00Z', '2026-01-02T00:00Z'))
    expect(whoAt(spec, '2025-12-31T23:59Z', '2026-01-01T00:00Z', '2026-01-02T00:00Z')).toEqual([undefined, 'somebody who left', undefined])
  })

  test('those given beside the schedule beat those written in it, and tell their id', () => {
    const spec = schedule(berlin(override('mei', '2026-01-07T08:00Z', '2026-01-07T18:00Z')))
    const swap: Override = { user: 'max', from: at('2026-01-07T12:00Z'), until: at('2026-01-07T13:00Z'), id: 'ovr_1', reason: 'swap' }
    expect(whoIsOnCall(spec, at('2026-01-07T12:30Z'), [swap])).toEqual({
      user: 'max',
      from: swap.from,
      until: swap.until,
      why: { kind: 'override', reason: 'swap', id: 'ovr_1' },
    })
    expect(whoIsOnCall(spec, at('2026-01-07T13:30Z'), [swap])).toMatchObject({
      user: 'mei',
      from: swap.until,
      until: at('2026-01-07T18:00Z'),
    })
    expect(whoIsOnCall(spec, at('2026-01-07T12:30Z'))).toMatchObject({
      user: 'mei',
      from: at('2026-01-07T08:00Z'),
      why: { kind: 'override' },
    })
  })

  test('those given beside the schedule may be written as in a document, on the wall of each schedule they are given to', () => {
    const swap: Override = { user: 'max', from: '2026-01-07T12:00', until: '2026-01-07T13:00:00Z' }
    const tokyo = schedule({ timeZone: 'Asia/Tokyo', layers: [] })
    for (let again = 0; again < 2; again++) {
      expect(whoIsOnCall(schedule(berlin()), at('2026-01-07T12:30Z'), [swap])).toMatchObject({ user: 'max', from: at('2026-01-07T11:00Z') })
      expect(whoIsOnCall(tokyo, at('2026-01-07T12:30Z'), [swap])).toMatchObject({ user: 'max', from: at('2026-01-07T03:00Z') })
    }
    expect(whoIsOnCall(tokyo, at('2026-01-07T12:30Z'), [{ ...swap, from: 'soon' }])).toBeUndefined()
  })

  test('a list of them may grow between questions, and its order counts', () => {
    const spec = schedule(berlin())
    const when = at('2026-01-07T12:00Z')
    const cover = (user: string): Override => ({ user, from: when - 1000, until: when + 1000 })
    const list = [cover('mei')]
    const asked = () => whoIsOnCall(spec, when, list)?.user
    const answers = [asked()]
    list.push(cover('max'))
    answers.push(asked(), asked())
    list.reverse()
    answers.push(asked())
    list.length = 0
    answers.push(asked())
    expect(answers).toEqual(['mei', 'max', 'max', 'mei', 'ada'])
  })

  test('two that follow each other are one shift only with the same person and reason', () => {
    const morning = override('mei', '2026-01-07T08:00Z', '2026-01-07T12:00Z', 'training')
    const afternoon = (reason: string) => override('mei', '2026-01-07T12:00Z', '2026-01-07T18:00Z', reason)
    const shown = (reason: string) => calendar(berlin(morning, afternoon(reason)), '2026-01-07T08:00Z', '2026-01-07T18:00Z').length - 1
    expect([shown('training'), shown('travel')]).toEqual([1, 2])
    const [since, noon, until] = [at('2026-01-07T08:00Z'), at('2026-01-07T12:00Z'), at('2026-01-07T18:00Z')]
    const halves = [
      { user: 'mei', from: since, until: noon, id: 'ovr_1' },
      { user: 'mei', from: noon, until, id: 'ovr_2' },
    ]
    expect(shiftsBetween(schedule(berlin()), since, until, halves)).toHaveLength(2)
  })

  test('one that ends before it begins has no effect, one without end never ends', () => {
    const spec = schedule(berlin())
    const when = at('2026-01-07T12:00Z')
    expect(whoIsOnCall(spec, when, [{ user: 'mei', from: when + 1000, until: when - 1000 }])).toEqual(whoIsOnCall(spec, when))
    expect(whoIsOnCall(spec, when, [{ user: 'mei', from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY }])).toMatchObject({
      user: 'mei',
      until: null,
    })
    // Further than dates go is without end too.
    expect(whoIsOnCall(spec, when, [{ user: 'mei', from: when, until: 1e300 }])).toMatchObject({ user: 'mei', from: when, until: null })
  })
})

describe('who is on call now', () => {
  test('tells since when and until when, over turns of the same person', () => {
    const spec = schedule({ timeZone: 'Europe/Berlin', layers: [daily('2026-01-05T09:00', ['ada', 'lin', 'ada'])] })
    const shift = { user: 'ada', from: at('2026-01-07T08:00Z'), until: at('2026-01-09T08:00Z'), why: { kind: 'layer', layer: 'daily' } }
    for (const instant of ['2026-01-07T08:00Z', '2026-01-08T07:59Z', '2026-01-08T08:00Z', '2026-01-09T07:59Z']) {
      expect(whoIsOnCall(spec, at(instant))).toEqual(shift)
    }
  })

  test('says null for an end that never comes, whoever asks first and whenever', () => {
    const spec = schedule({ timeZone: 'Europe/Berlin', layers: [{ ...weekly, users: ['ada'] }] })
    for (const instant of ['2126-01-07T08:00Z', '2026-01-05T08:00Z', '2026-01-05T07:59Z', '2026-01-06T00:00Z']) {
      const shift = whoIsOnCall(spec, at(instant))
      expect(shift).toEqual(
        instant === '2026-01-05T07:59Z'
          ? undefined
          : { user: 'ada', from: at('2026-01-05T08:00Z'), until: null, why: { kind: 'layer', layer: 'weekly' } },
      )
    }
  })

  test('an end far away is told exactly', () => {
    const spec = schedule({ timeZone: 'UTC', layers: [{ ...weekly, users: ['ada'], end: '2099-01-01T00:00' }] })
    expect(whoIsOnCall(spec, at('2026-02-01T00:00Z'))?.until).toBe(at('2099-01-01T00:00Z'))
  })

  test('is the same answer in any order of questions', () => {
    const spec = { timeZone: 'Europe/Berlin', layers: [weekly] }
    const instants = [
      '2026-01-12T08:00Z',
      '2026-01-05T08:00Z',
      '2026-01-12T07:59Z',
      '2026-01-04T00:00Z',
      '2026-03-29T01:30Z',
      '2026-01-12T08:00Z',
    ]
    const one = schedule(spec)
    expect(instants.map((instant) => whoIsOnCall(one, at(instant)))).toEqual(
      instants.map((instant) => whoIsOnCall(schedule(spec), at(instant))),
    )
  })

  test('no instant is no question', () => {
    const spec = schedule({ timeZone: 'UTC', layers: [weekly] })
    for (const none of [Number.NaN, Number.POSITIVE_INFINITY, 8.65e15]) {
      expect(() => whoIsOnCall(spec, none)).toThrow(RangeError)
      expect(() => shiftsBetween(spec, 0, none)).toThrow(RangeError)
    }
    expect(() => shiftsBetween(spec, 1, 0)).toThrow(RangeError)
    expect(whoIsOnCall(spec, -8.64e15)).toBeUndefined()
    expect(whoIsOnCall(spec, 8.64e15)).toMatchObject({ why: { layer: 'weekly' } })
  })
})

describe('windows of time', () => {
  const spec = schedule({ timeZone: 'UTC', layers: [{ ...weekly, restrictions: [{ from: '09:00', until: '17:00' }] }] })

  test('an empty one has nothing in it', () => {
    expect(shiftsBetween(spec, at('2026-01-06T00:00Z'), at('2026-01-06T00:00Z'))).toEqual([])
  })

  test('the next gap is cut off at the window, and none is none', () => {
    expect(nextGap(spec, at('2026-01-06T12:00Z'), at('2026-01-06T20:00Z'))).toEqual({
      gap: true,
      from: at('2026-01-06T17:00Z'),
      until: at('2026-01-06T20:00Z'),
    })
    expect(nextGap(spec, at('2026-01-06T09:00Z'), at('2026-01-06T17:00Z'))).toBeUndefined()
    const cover: Override = { user: 'mei', from: at('2026-01-06T17:00Z'), until: at('2026-01-06T19:00Z') }
    expect(nextGap(spec, at('2026-01-06T12:00Z'), at('2026-01-06T20:00Z'), [cover])?.from).toBe(at('2026-01-06T19:00Z'))
  })

  test('a reader may stop in the middle of millions', () => {
    const seconds = schedule({ timeZone: 'UTC', layers: [{ ...weekly, turn: '1s' }] })
    const [first] = eachShift(seconds, at('2026-01-05T09:00Z'), at('2126-01-05T09:00Z'))
    expect(first).toEqual({
      user: 'ada',
      from: at('2026-01-05T09:00Z'),
      until: at('2026-01-05T09:00:01Z'),
      why: { kind: 'layer', layer: 'weekly' },
    })
  })
})
