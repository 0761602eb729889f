import { describe, expect, test } from 'vitest'
import { NOW, nested, only, readJson, readPayload, readText } from '../../../test/world/reading.ts'
import { alertmanagerApi } from './alertmanager-api.ts'

const labels = { alertname: 'A', severity: 'info' }
const past = '2026-11-21T01:00:00Z'
const future = '2026-11-21T02:00:00Z'

test('what Prometheus posts: two alerts firing until they are not sent again, one ended', () => {
  const reading = readPayload(alertmanagerApi, 'prometheus-alerts')
  expect(reading.answer).toEqual({ status: 200, body: '' })
  expect(reading.problems).toEqual([])
  expect(reading.signals.map(({ action, title, severity, endsAt }) => [action, title, severity, endsAt])).toEqual([
    ['trigger', 'Checkout answers 7 % of requests with an error', 3, Date.parse('2026-11-21T01:09:43.568Z')],
    ['trigger', 'Always firing: shows that alerting works', 4, Date.parse('2026-11-21T01:09:43.568Z')],
    ['resolve', 'Disk on db-2 is 91% full', 1, Date.parse('2026-11-21T01:03:13.568Z')],
  ])
  expect(reading.signals[0]!.links.map((link) => link.text)).toEqual(['Source', 'Runbook'])
})

test.each([
  ['no times at all: begins now, no end', {}, 'trigger', NOW, undefined],
  ['no start, a future end: begins now', { endsAt: future }, 'trigger', NOW, Date.parse(future)],
  ['no start, a past end: began and ended then', { endsAt: past }, 'resolve', Date.parse(past), Date.parse(past)],
  ['an end right now is an end', { endsAt: '2026-11-21T01:05:43.568Z' }, 'resolve', NOW, NOW],
  ["Go's zero times are none", { startsAt: '0001-01-01T00:00:00Z', endsAt: '0001-01-01T00:00:00Z' }, 'trigger', NOW, undefined],
])('%s', (_, times, action, startsAt, endsAt) => {
  const signal = only(readJson(alertmanagerApi, [{ labels, ...times }]))
  expect([signal.action, signal.startsAt, signal.endsAt]).toEqual([action, startsAt, endsAt])
})

test('of a batch the valid ones are kept, the answer is 400 with a JSON text', () => {
  const reading = readJson(alertmanagerApi, [{ labels: {} }, { labels }, { labels, startsAt: future, endsAt: past }])
  expect(reading.signals).toHaveLength(1)
  expect(reading.problems).toEqual(['alerts[0]: at least one label pair required', 'alerts[2]: start time must be before end time'])
  expect(reading.answer).toEqual({
    status: 400,
    body: '"alerts[0]: at least one label pair required; alerts[2]: start time must be before end time"',
    headers: { 'Content-Type': 'application/json' },
  })
})

test('an empty batch is fine', () => {
  expect(readText(alertmanagerApi, '[]')).toEqual({ signals: [], problems: [], answer: { status: 200, body: '' } })
})

describe('odd bodies', () => {
  test.each(['', '{', '\u0000', '{}', 'null', '7', '"[]"', nested(100_000)])('number %# is refused as Alertmanager does', (text) => {
    const reading = readText(alertmanagerApi, text)
    expect(reading.signals).toEqual([])
    expect(reading.problems).toHaveLength(1)
    expect(reading.answer).toEqual({
      status: 400,
      body: { code: 400, message: expect.stringMatching(/^parsing alerts body from "" failed, because The body /) },
    })
  })

  test.each(['[7]', '[null]', '[[]]', '[{}]', '[{"labels":null}]', '[{"labels":7}]', '[{"labels":{"a":null}}]', `[${nested(1000)}]`])(
    'number %# names the alert that is none',
    (text) => {
      const reading = readText(alertmanagerApi, text)
      expect(reading.problems).toEqual([expect.stringMatching(/^alerts\[0\]: /)])
      expect(reading.answer.status).toBe(400)
    },
  )

  test('NUL, lone surrogates and doubled keys come out storable', () => {
    const signal = only(readText(alertmanagerApi, '[{"labels":{"a\\u0000":"x","b":"\\ud800","c":"1","c":"2"}}]'))
    expect({ ...signal.labels }).toEqual({ 'a\uFFFD': 'x', b: '\uFFFD', c: '2' })
  })

  test('a hundred thousand bad alerts are counted, not listed', () => {
    const reading = readText(alertmanagerApi, `[${Array(100_000).fill('7').join(',')}]`)
    expect(reading.problems).toHaveLength(32)
    expect(reading.problems.at(-1)).toBe('… and 99969 more like these')
  })
})

test('shut doors answer with a JSON text', () => {
  for (const answer of [alertmanagerApi.unknownKey, alertmanagerApi.overloaded, alertmanagerApi.tooLarge]) {
    expect(typeof JSON.parse(answer.body as string)).toBe('string')
    expect(answer.headers).toMatchObject({ 'Content-Type': 'application/json' })
  }
  expect(alertmanagerApi.overloaded).toMatchObject({ status: 503, headers: { 'Retry-After': '5' } })
})
