import { describe, expect, test } from 'vitest'
import { NOW, nested, only, payload, readJson, readPayload, readText } from '../../../test/world/reading.ts'
import { alertmanager } from './alertmanager.ts'
import { alertmanagerApi } from './alertmanager-api.ts'
import { fingerprintOf } from './fingerprint.ts'

const firing = (alert: object) => readJson(alertmanager, { version: '4', alerts: [{ status: 'firing', ...alert }] })

describe('a webhook from Alertmanager', () => {
  test('with two firing alerts of a group raises both', () => {
    const reading = readPayload(alertmanager, 'alertmanager-firing')
    expect(reading.answer).toEqual({ status: 200, body: { status: 'success' } })
    expect(reading.problems).toEqual([])
    expect(reading.signals.map(({ action, title, severity }) => ({ action, title, severity }))).toEqual([
      { action: 'trigger', title: 'Disk on db-1 is 94% full', severity: 1 },
      { action: 'trigger', title: 'Disk on db-2 is 91% full', severity: 1 },
    ])
    const [first] = reading.signals
    expect(first!.startsAt).toBe(Date.parse('2026-03-02T08:15:04.123Z'))
    expect(first).not.toHaveProperty('endsAt')
    expect(first!.labels['mountpoint']).toBe('/var/lib/postgresql')
    expect(first!.annotations['description']).toContain('full in about 4 hours')
    expect(first!.links).toEqual([
      { href: 'http://prometheus.example.com:9090/graph?g0.expr=node_filesystem_avail_bytes+%3C+10&g0.tab=1', text: 'Source' },
      { href: 'https://runbooks.example.com/disk', text: 'Runbook' },
    ])
    expect(first!.warnings).toEqual([])
  })

  test('with one of them resolved ends that one', () => {
    const { signals } = readPayload(alertmanager, 'alertmanager-one-resolved')
    expect(signals.map((signal) => [signal.action, signal.labels['instance'], signal.endsAt])).toEqual([
      ['resolve', 'db-1.example.com:9100', Date.parse('2026-03-02T09:15:04Z')],
      ['trigger', 'db-2.example.com:9100', undefined],
    ])
  })

  test('that resolves names the alert that fired', () => {
    const before = readPayload(alertmanager, 'alertmanager-firing').signals[1]!
    const after = only(readPayload(alertmanager, 'alertmanager-resolved'))
    expect(after.action).toBe('resolve')
    expect(after.dedupKey).toBe(before.dedupKey)
  })

  test('carries the fingerprint we compute too', () => {
    for (const name of ['alertmanager-firing', 'alertmanager-resolved']) {
      const { alerts } = JSON.parse(payload(name).toString()) as { alerts: { labels: Record<string, string>; fingerprint: string }[] }
      for (const alert of alerts) expect(fingerprintOf(alert.labels)).toBe(alert.fingerprint)
    }
  })

  test('about alerts it left out says how many', () => {
    const body = { version: '4', truncatedAlerts: 12, alerts: [{ status: 'firing', labels: { alertname: 'Many', severity: 'info' } }] }
    expect(only(readJson(alertmanager, body)).warnings).toEqual([
      '12 more alerts of its group were left out by the sender: raise max_alerts there',
    ])
  })

  test('without an alert is taken and raises nothing', () => {
    expect(readJson(alertmanager, { version: '4', alerts: [] })).toMatchObject({ signals: [], problems: [], answer: { status: 200 } })
  })
})

describe('an alert is its label set', () => {
  test('the same by webhook and by API, in any order, blank labels aside', () => {
    const labels = { alertname: 'A', severity: 'info', zone: 'b' }
    const key = only(firing({ labels })).dedupKey
    expect(key).toMatch(/^[0-9a-f]{32}$/)
    expect(only(readJson(alertmanagerApi, [{ labels: { zone: 'b', severity: 'info', alertname: 'A', empty: '' } }])).dedupKey).toBe(key)
    expect(only(firing({ labels: { ...labels, zone: 'c' } })).dedupKey).not.toBe(key)
  })

  test('and no two sets run into each other', () => {
    const sets = [{ a: 'b', c: 'd' }, { a: 'bc', d: 'd' }, { a: 'b', cd: '' }, { ab: '', c: 'd' }, { a: 'b\u0000c\u0000d' }, { a: 'bcd' }]
    const keys = sets.map((labels) => only(firing({ labels })).dedupKey)
    expect(new Set(keys).size).toBe(sets.length)
  })

  test('also where two values differ after the cut only', () => {
    const keys = ['1', '2'].map((end) => only(firing({ labels: { alertname: 'A', log: 'x'.repeat(5000) + end } })).dedupKey)
    expect(keys[0]).not.toBe(keys[1])
  })

  test('named __proto__ and constructor like any other', () => {
    const signal = only(readText(alertmanager, '{"alerts":[{"status":"firing","labels":{"__proto__":"a","constructor":"b"}}]}'))
    expect(Object.entries(signal.labels)).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ])
    expect(signal.title).toBe('__proto__=a, constructor=b')
  })
})

test.each([
  [{ summary: 'S', title: 'T', description: 'D' }, 'S'],
  [{ summary: ' ', title: 'T', description: 'D' }, 'T'],
  [{ description: '\nfirst line\nsecond' }, 'first line'],
  [{ message: 'M' }, 'M'],
  [{}, 'Name'],
])('the title from %j is %j', (annotations, title) => {
  expect(only(firing({ labels: { alertname: 'Name' }, annotations })).title).toBe(title)
})

test('without alertname the labels are the title', () => {
  expect(only(firing({ labels: { job: 'a', env: 'b' } })).title).toBe('job=a, env=b')
})

describe('whether it fires', () => {
  const labels = { alertname: 'A', severity: 'info' }
  const past = '2026-11-21T01:00:00Z'
  const future = '2026-11-21T02:00:00Z'

  test.each([
    ['resolved without an end ends now', { status: 'resolved' }, 'resolve', NOW, []],
    ['resolved in the future ends now', { status: 'resolved', endsAt: future }, 'resolve', NOW, []],
    ['without status, ended', { status: undefined, endsAt: past }, 'resolve', Date.parse(past), []],
    ['without status, not ended', { status: undefined }, 'trigger', undefined, []],
    ['firing until later lapses then', { endsAt: future }, 'trigger', Date.parse(future), []],
    [
      'firing with a past end fires',
      { endsAt: past },
      'trigger',
      undefined,
      ['endsAt has passed although the alert is firing, so it was ignored'],
    ],
    ['an unknown status fires', { status: 'blue' }, 'trigger', undefined, ['unknown status ‹blue›, taken as firing']],
    ['a status of another type fires', { status: { a: 1 } }, 'trigger', undefined, ['unknown status ‹{"a":1}›, taken as firing']],
    ['a bad time is ignored', { startsAt: 'noon' }, 'trigger', undefined, ['startsAt ‹noon› ignored: write it like 2026-01-31T09:00:00Z']],
  ])('%s', (_, alert, action, endsAt, warnings) => {
    const signal = only(firing({ labels, ...alert }))
    expect([signal.action, signal.endsAt, signal.warnings]).toEqual([action, endsAt, warnings])
  })
})

describe('odd bodies', () => {
  test.each([
    ['', 'The body is empty: send JSON.'],
    ['{', 'The body is not JSON.'],
    ['null', /^`alerts` is missing/],
    ['[]', /^`alerts` is missing/],
    ['"alerts"', /^`alerts` is missing/],
    ['{"alerts":{}}', /^`alerts` is missing/],
    [nested(100_000), /^`alerts` is missing/],
    ['{"alerts":[7]}', 'alerts[0]: has to be an object'],
    ['{"alerts":[null]}', 'alerts[0]: has to be an object'],
    ['{"alerts":[{"labels":{}}]}', 'alerts[0]: at least one label pair required'],
    ['{"alerts":[{"labels":{"a":""}}]}', 'alerts[0]: at least one label pair required'],
    ['{"alerts":[{"labels":["a"]}]}', 'alerts[0]: at least one label pair required'],
    ['{"alerts":[{"labels":{"":"x"}}]}', 'alerts[0]: invalid label set: invalid name ""'],
  ])('number %# is refused by name', (text, problem) => {
    const reading = readText(alertmanager, text)
    expect(reading.signals).toEqual([])
    expect(reading.problems).toEqual([typeof problem === 'string' ? problem : expect.stringMatching(problem)])
    expect(reading.answer).toEqual({ status: 400, body: reading.problems[0] })
  })

  test('with one bad alert still raise the good one', () => {
    const reading = readJson(alertmanager, { alerts: [{ labels: {} }, { status: 'firing', labels: { alertname: 'Good' } }] })
    expect(reading.signals.map((signal) => signal.title)).toEqual(['Good'])
    expect(reading.answer.status).toBe(400)
  })

  test('with values of every type give labels of text', () => {
    const text = `{"alerts":[{"status":"firing","labels":{"alertname":"A","n":1e400000,"o":{"x":[null]},"deep":${nested(70)},"z":null,"f":false}}]}`
    expect({ ...only(readText(alertmanager, text)).labels }).toEqual({
      alertname: 'A',
      n: 'Infinity',
      o: '{"x":[null]}',
      deep: '(nested deeper than 64)',
      f: 'false',
    })
  })

  test('with a thousand labels keep 256, and the severity though it is not among them', () => {
    const labels = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`a${i}`, 'x']))
    const signal = only(firing({ labels: { ...labels, severity: 'critical' }, annotations: { summary: 'Many' } }))
    expect(Object.keys(signal.labels)).toHaveLength(256)
    expect(signal.severity).toBe(1)
    expect(signal.warnings).toEqual(['only the first 256 of 1001 labels by name were kept'])
  })

  test('with a huge annotation keep 64 KB of it', () => {
    const signal = only(firing({ labels: { alertname: 'A', severity: 'info' }, annotations: { log: 'x'.repeat(100_000) } }))
    expect(signal.annotations['log']).toHaveLength(65_536)
    expect(signal.warnings).toHaveLength(1)
  })
})

test('a door that is shut says so in a way Alertmanager tries again', () => {
  expect(alertmanager.overloaded).toMatchObject({ status: 503, headers: { 'Retry-After': '5' } })
  expect([alertmanager.unknownKey.status, alertmanager.tooLarge.status]).toEqual([404, 413])
})
