import { describe, expect, test } from 'vitest'
import { nested, only, readJson, readPayload, readText } from '../../../test/world/reading.ts'
import { pagerduty } from './pagerduty.ts'

const routing_key = '0123456789abcdef0123456789abcdef'
const payload = { summary: 'Checkout is slow', source: 'web-1', severity: 'critical' }
const trigger = { routing_key, event_action: 'trigger', dedup_key: 'k', payload }
const success = (dedup_key: string) => ({ status: 202, body: { status: 'success', message: 'Event processed', dedup_key } })

describe("Alertmanager's PagerDuty receiver pointed at us", () => {
  const key = '596ef4c33e568b828c1f25ae0f91c97ae3e022f9dd922e30cc3696b6e6641631'

  test('triggers', () => {
    const reading = readPayload(pagerduty, 'pagerduty-trigger')
    const signal = only(reading)
    expect(reading.answer).toEqual(success(key))
    expect(signal).toMatchObject({ dedupKey: key, action: 'trigger', title: '[FIRING:2] DiskAlmostFull eu-1 (node critical)', severity: 1 })
    expect({ ...signal.labels }).toEqual({
      alertname: 'DiskAlmostFull',
      class: 'DiskAlmostFull',
      component: 'disk',
      group: 'eu-1',
      source: 'Alertmanager',
    })
    expect(Object.keys(signal.annotations)).toEqual(['firing', 'num_firing', 'num_resolved'])
    expect(signal.links).toEqual([
      { href: 'http://alertmanager.example.com:9093/#/alerts?receiver=all', text: 'Alertmanager' },
      { href: 'https://runbooks.example.com/disk', text: 'Runbook' },
      { href: 'https://grafana.example.com/d/1', text: 'Disk usage' },
    ])
    expect(signal.warnings).toEqual([])
    expect(signal).not.toHaveProperty('startsAt')
  })

  test('acknowledges and resolves the same alert', () => {
    expect(only(readPayload(pagerduty, 'pagerduty-acknowledge'))).toMatchObject({
      action: 'acknowledge',
      dedupKey: key,
      title: key,
      severity: 4,
      warnings: [],
    })
    expect(only(readPayload(pagerduty, 'pagerduty-resolve'))).toMatchObject({ action: 'resolve', dedupKey: key, severity: 1 })
  })

  test('sends a blank severity when its template finds none: the page is not lost', () => {
    const signal = only(readJson(pagerduty, { ...trigger, payload: { ...payload, severity: '' } }))
    expect([signal.severity, signal.warnings]).toEqual([2, ['no severity given, taken as error']])
  })
})

test('a severity PagerDuty would refuse is taken with a warning', () => {
  const signal = only(readJson(pagerduty, { ...trigger, payload: { ...payload, severity: 'blue' } }))
  expect([signal.severity, signal.warnings]).toEqual([2, ['unknown severity ‹blue›, taken as error']])
})

test('a trigger without a key gets one and is told it', () => {
  const { dedup_key: _, ...event } = trigger
  for (const body of [event, { ...event, dedup_key: null }, { ...event, dedup_key: ' ' }]) {
    const reading = readJson(pagerduty, body)
    expect(only(reading).dedupKey).toBe('receipt-1')
    expect(reading.answer).toEqual(success('receipt-1'))
  }
})

describe('refused as PagerDuty refuses', () => {
  test.each([
    [{}, ["'event_action' is missing or blank"]],
    [{ event_action: 'page' }, ["'event_action' is invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')"]],
    [{ event_action: { a: 1 } }, ["'event_action' is missing or blank"]],
    [{ event_action: 'trigger' }, ["'payload' is missing or blank"]],
    [{ event_action: 'trigger', payload: 'text' }, ["'payload' is missing or blank"]],
    [
      { event_action: 'trigger', payload: {} },
      ["'payload.summary' is missing or blank", "'payload.source' is missing or blank", "'payload.severity' is missing or blank"],
    ],
    [{ ...trigger, payload: { ...payload, summary: ' ' } }, ["'payload.summary' is missing or blank"]],
    [{ ...trigger, payload: { ...payload, summary: { a: 1 } } }, ["'payload.summary' is missing or blank"]],
    [{ event_action: 'resolve' }, ["'dedup_key' is missing or blank"]],
    [{ event_action: 'acknowledge', dedup_key: '' }, ["'dedup_key' is missing or blank"]],
    [{ ...trigger, dedup_key: 'k'.repeat(256) }, ["Length of 'dedup_key' is incorrect (should be at most 255)"]],
  ])('number %#', (event, errors) => {
    const reading = readJson(pagerduty, event)
    expect(reading.signals).toEqual([])
    expect(reading.problems).toEqual(errors)
    expect(reading.answer).toEqual({ status: 400, body: { status: 'invalid event', message: 'Event object is invalid', errors } })
  })

  test.each(['', '{', 'null', '[]', '7', '"x"', '[{}]', `[${nested(1000)}]`])('number %# is no event', (text) => {
    const reading = readText(pagerduty, text)
    expect(reading.problems).toHaveLength(1)
    expect(reading.answer).toEqual({
      status: 400,
      body: { status: 'Unrecognized object', message: 'Event object format is unrecognized', errors: ['JSON parse error'] },
    })
  })
})

describe('what is kept', () => {
  const details = (custom_details: unknown) => only(readJson(pagerduty, { ...trigger, payload: { ...payload, custom_details } }))

  test('details of any type, nested ones as JSON', () => {
    expect({ ...details({ load: 0.75, nodes: ['a', 'b'], owner: { team: 'x' }, none: null }).annotations }).toEqual({
      load: '0.75',
      nodes: '["a","b"]',
      owner: '{"team":"x"}',
    })
    expect({ ...details('plain text').annotations }).toEqual({ custom_details: 'plain text' })
    expect({ ...details(['a', 1]).annotations }).toEqual({ custom_details: '["a",1]' })
    expect({ ...details(null).annotations }).toEqual({})
  })

  test('details nested too deep are named, the event is taken', () => {
    const body = JSON.stringify({ ...trigger, payload: { ...payload, custom_details: { deep: 'HERE' } } }).replace('"HERE"', nested(20_000))
    expect(only(readText(pagerduty, body)).annotations['deep']).toBe('(nested deeper than 64)')
  })

  test('a detail called __proto__ is a detail', () => {
    const body = JSON.stringify({ ...trigger, payload: { ...payload, custom_details: {} } }).replace(
      '"custom_details":{}',
      '"custom_details":{"__proto__":"x"}',
    )
    expect(Object.entries(only(readText(pagerduty, body)).annotations)).toEqual([['__proto__', 'x']])
  })

  test('the event time, which is not the start of the trouble, as an annotation', () => {
    const signal = only(readJson(pagerduty, { ...trigger, payload: { ...payload, timestamp: '2026-11-21T01:00:00Z' } }))
    expect(signal.annotations['timestamp']).toBe('2026-11-21T01:00:00Z')
    expect(signal).not.toHaveProperty('startsAt')
  })

  test('64 KB of each annotation, the client and the time included', () => {
    const long = 'x'.repeat(70_000)
    const signal = only(
      readJson(pagerduty, { ...trigger, client: long, payload: { ...payload, timestamp: long, custom_details: { long } } }),
    )
    expect(Object.values(signal.annotations).map((text) => text.length)).toEqual([65_536, 65_536, 65_536])
  })

  test('1024 characters of the summary', () => {
    const signal = only(readJson(pagerduty, { ...trigger, payload: { ...payload, summary: 'x'.repeat(2000) } }))
    expect(signal.title).toBe(`${'x'.repeat(1023)}…`)
    expect(signal.warnings).toEqual(['the title was cut from 2000 to 1024 characters'])
  })

  test('4096 characters of a label', () => {
    expect(only(readJson(pagerduty, { ...trigger, payload: { ...payload, source: 's'.repeat(5000) } })).labels['source']).toHaveLength(4096)
  })

  test('numbers where texts are meant', () => {
    expect(only(readJson(pagerduty, { ...trigger, dedup_key: 42, payload: { ...payload, summary: 5, source: 7 } }))).toMatchObject({
      dedupKey: '42',
      title: '5',
    })
  })

  test('links and images a browser may follow, and the client by name when it has no address', () => {
    const event = {
      ...trigger,
      client: 'Cron',
      links: [{ href: 'javascript:alert(1)', text: 'x' }, 'text', null, {}],
      images: [{ src: 'https://i.example/1.png' }, 7],
    }
    const signal = only(readJson(pagerduty, event))
    expect(signal.links).toEqual([{ href: 'https://i.example/1.png', text: 'Image' }])
    expect(signal.annotations['client']).toBe('Cron')
    expect(signal.warnings).toEqual(['links ‹javascript:alert(1)› left out: not a web address'])
  })

  test('a summary and a key of control characters leave the title to the action', () => {
    expect(only(readJson(pagerduty, { ...trigger, dedup_key: '\u0001', payload: { ...payload, summary: '\u0001' } })).title).toBe('trigger')
  })
})

test('shut doors answer in its shape, and 429 when there is too much', () => {
  expect(pagerduty.unknownKey).toMatchObject({ status: 401, body: { status: 'invalid event', message: 'Event object is invalid' } })
  expect(pagerduty.overloaded).toMatchObject({ status: 429, headers: { 'Retry-After': '5' } })
  expect(pagerduty.tooLarge).toMatchObject({ status: 413, body: { status: 'invalid event' } })
})

test('a class that says only what kind of trouble a rule has is told by the rule', () => {
  const custom_details = { rulename: 'Payments error rate' }
  const event = { ...trigger, payload: { ...payload, summary: '[FIRING:1] DatasourceNoData', class: 'DatasourceNoData', custom_details } }
  expect(only(readJson(pagerduty, event)).title).toBe('[FIRING:1] Payments error rate: no data')
})
