import { describe, expect, test } from 'vitest'
import { nested, only, readJson, readPayload, readText } from '../../../test/world/reading.ts'
import { pagerdutyV1 } from './pagerduty-v1.ts'

const service_key = 'e93facc04764012d7bfb002500d5d1a6'

test('a trigger in the documented shape', () => {
  const reading = readPayload(pagerdutyV1, 'pagerduty-v1-trigger')
  const signal = only(reading)
  expect(reading.answer).toEqual({ status: 200, body: { status: 'success', message: 'Event processed', incident_key: 'srv01/HTTP' } })
  expect(signal).toMatchObject({
    action: 'trigger',
    dedupKey: 'srv01/HTTP',
    title: 'FAILURE for production/HTTP on machine srv01.example.com',
  })
  expect({ ...signal.annotations }).toEqual({ 'ping time': '1500ms', 'load avg': '0.75' })
  expect(signal.links).toEqual([
    { href: 'https://monitoring.example.com', text: 'Sample Monitoring Service' },
    { href: 'https://status.example.com/srv01', text: 'Status of srv01' },
    { href: 'https://charts.example.com/srv01', text: 'Image' },
  ])
  expect([signal.severity, signal.warnings]).toEqual([2, ['no severity given, taken as error']])
})

test('its end', () => {
  expect(only(readPayload(pagerdutyV1, 'pagerduty-v1-resolve'))).toMatchObject({
    action: 'resolve',
    dedupKey: 'srv01/HTTP',
    severity: 4,
    warnings: [],
  })
})

test('an acknowledgement needs no more than the key', () => {
  expect(only(readJson(pagerdutyV1, { service_key, event_type: 'acknowledge', incident_key: 'k' }))).toMatchObject({
    action: 'acknowledge',
    title: 'k',
  })
})

test('a severity among the details counts', () => {
  const event = { service_key, event_type: 'trigger', description: 'd', details: { severity: 'warning' } }
  expect(only(readJson(pagerdutyV1, event))).toMatchObject({ severity: 3, warnings: [] })
})

test('a trigger without a key gets one and is told it', () => {
  const reading = readJson(pagerdutyV1, { service_key, event_type: 'trigger', description: 'd' })
  expect(only(reading).dedupKey).toBe('receipt-1')
  expect(reading.answer.body).toMatchObject({ incident_key: 'receipt-1' })
})

describe('refused as PagerDuty refuses', () => {
  test.each([
    ['{}', ['Event type is missing or blank']],
    ['{"event_type":"page"}', ['Event type is invalid (must be one of the following: trigger, acknowledge or resolve)']],
    ['{"event_type":"trigger"}', ['Description is missing or blank']],
    ['{"event_type":"trigger","description":{}}', ['Description is missing or blank']],
    ['{"event_type":"resolve"}', ['Incident key is missing or blank']],
    [`{"event_type":"resolve","incident_key":"${'k'.repeat(256)}"}`, ['Incident key is too long (maximum is 255 characters)']],
    ['', ['The body is empty: send JSON.']],
    ['{', ['The body is not JSON.']],
    ['null', ['The event has to be an object.']],
    ['[]', ['The event has to be an object.']],
    [`[${nested(1000)}]`, ['The event has to be an object.']],
  ])('number %#', (text, errors) => {
    const reading = readText(pagerdutyV1, text)
    expect([reading.signals, reading.problems]).toEqual([[], errors])
    expect(reading.answer).toEqual({ status: 400, body: { status: 'invalid event', message: 'Event object is invalid', errors } })
  })
})

test.each(['"text"', '7', '[1,{"a":2}]', nested(20_000), '{"__proto__":"x","a":1e400000}', 'null'])(
  'details number %# are taken',
  (details) => {
    const signal = only(readText(pagerdutyV1, `{"event_type":"trigger","description":"d","contexts":[7,null,{}],"details":${details}}`))
    expect(signal.title).toBe('d')
    for (const text of Object.values(signal.annotations)) expect(typeof text).toBe('string')
  },
)

test('shut doors', () => {
  expect([pagerdutyV1.unknownKey.status, pagerdutyV1.overloaded.status, pagerdutyV1.tooLarge.status]).toEqual([401, 429, 413])
})
