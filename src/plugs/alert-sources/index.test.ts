import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NOW } from '../../../test/world/reading.ts'
import type { Signal } from '../../modules/alerts/signal.ts'
import type { AlertSource, Reading } from '../../modules/intake/source.ts'
import { alertSources } from './index.ts'

const context = { now: NOW, receipt: 'receipt-1' }

test('every dialect has a name of its own', () => {
  expect(alertSources.map((source) => source.name).sort()).toEqual([
    'alertmanager',
    'alertmanager-api',
    'alertmanager-api-v1',
    'generic',
    'grafana',
    'pagerduty',
    'pagerduty-v1',
  ])
})

const odd = [
  '\0',
  '\ud800',
  '\udfff',
  '😀',
  '',
  ' ',
  '\n',
  '__proto__',
  'constructor',
  'toString',
  'x'.repeat(5000),
  '\ud83d'.repeat(70_000),
]
const values = [
  'trigger',
  'resolve',
  'acknowledge',
  'firing',
  'resolved',
  'critical',
  'blue',
  'https://a.example',
  'javascript:x',
  '2026-11-21T01:00:00Z',
  '0001-01-01T00:00:00Z',
]
const fields =
  'alerts status labels annotations startsAt endsAt generatorURL summary description alertname severity runbook_url values valueString dashboardURL truncatedAlerts routing_key event_action dedup_key payload source class component group custom_details timestamp client client_url links images href src text alt service_key event_type incident_key details contexts type title message name id alias action state priority link url'.split(
    ' ',
  )

/** JSON as text, so that doubled and dangerous keys, huge numbers and deep nests are among it. */
const { json } = fc.letrec((tie) => {
  const text = fc
    .oneof(fc.constantFrom(...odd), fc.constantFrom(...values), fc.string({ unit: 'binary', maxLength: 20 }))
    .map((value) => JSON.stringify(value))
  const name = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...fields).map((field) => JSON.stringify(field)) },
    { weight: 1, arbitrary: text },
  )
  const scalar = fc.oneof(
    text,
    fc.constantFrom(
      'null',
      'true',
      'false',
      '0',
      '-1',
      '1e400000',
      '1e309',
      '12345678901234567890',
      `${'['.repeat(200)}${']'.repeat(200)}`,
    ),
  )
  const list = fc.array(tie('json') as fc.Arbitrary<string>, { maxLength: 4 }).map((items) => `[${items.join(',')}]`)
  const object = fc
    .array(fc.tuple(name, tie('json') as fc.Arbitrary<string>), { maxLength: 6 })
    .map((entries) => `{${entries.map(([key, value]) => `${key}:${value}`).join(',')}}`)
  const many = fc.nat(400).map((count) => `{${Array.from({ length: count }, (_, i) => `"n${i}":"v"`).join(',')}}`)
  const long = fc.constantFrom(600, 1100, 4200, 4200, 70_000).map((length) => `"${'x'.repeat(length - 1)}😀"`)
  return {
    json: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      { weight: 8, arbitrary: scalar },
      { weight: 12, arbitrary: object },
      { weight: 4, arbitrary: list },
      many,
      long,
    ) as fc.Arbitrary<string>,
  }
})

/** Bodies near the real ones: what is required is there, everything else is anything. */
const shapes: Record<string, (a: string, b: string, c: string, d: string, action: string) => string> = {
  alertmanager: (a, b, c, d) =>
    `{"alerts":[{"status":${a},"labels":${b},"annotations":${c},"endsAt":${d}},{"labels":{"alertname":${a},"x":"y"},"annotations":${b},"values":${c},"dashboardURL":${d}}]}`,
  'alertmanager-api': (a, b, c, d) =>
    `[{"labels":${a},"annotations":${b},"startsAt":${c}},{"labels":{"a":"b"},"annotations":{"summary":${d},"x":${a}},"endsAt":${c}}]`,
  pagerduty: (a, b, c, d, action) =>
    `{"event_action":"${action}","dedup_key":"k","payload":{"summary":${a},"summary":"S","source":"s","class":${b},"severity":${c},"custom_details":${d}},"links":${b},"client":${a}}`,
  'pagerduty-v1': (a, b, c, d, action) =>
    `{"event_type":"${action}","incident_key":"k","description":"D","client":${a},"client_url":${b},"details":${c},"contexts":${d}}`,
  generic: (a, b, c, d, action) =>
    `{"title":${a},"name":"N","id":${b},"alias":"k","labels":${c},"annotations":${d},"links":${a},"extra":${b},"action":"${action}"}`,
}
const nearReal = (source: AlertSource) =>
  fc
    .tuple(json, json, json, json, fc.constantFrom('trigger', 'resolve', 'acknowledge'))
    .map((parts) => (shapes[source.name] ?? shapes['alertmanager']!)(...parts))

describe.each(alertSources)('$name', (source) => {
  test('reads any JSON, storably, within the limits, and always alike', () => {
    fc.assert(
      fc.property(fc.oneof(json, nearReal(source), nearReal(source)), (text) => readTwice(source, Buffer.from(text))),
      { numRuns: 200 },
    )
  })

  test('reads any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => readTwice(source, Buffer.from(bytes))))
  })

  test('reads JSON cut off or changed anywhere', () => {
    fc.assert(
      fc.property(nearReal(source), fc.nat(), fc.nat(255), (text, at, byte) => {
        const body = Buffer.from(text)
        body[at % body.length] = byte
        readTwice(source, body)
        readTwice(source, body.subarray(0, at % body.length))
      }),
      { numRuns: 100 },
    )
  })
})

function readTwice(source: AlertSource, body: Buffer): void {
  const before = Buffer.from(body)
  const reading = source.read(body, context)
  expect(body.equals(before)).toBe(true)
  expect(isDeepStrictEqual(source.read(body, context), reading)).toBe(true)
  checkReading(reading)
}

function checkReading(reading: Reading): void {
  for (const signal of reading.signals) checkSignal(signal)
  expect(reading.problems.length).toBeLessThanOrEqual(32)
  for (const problem of reading.problems) expect(problem.length > 0 && isStorable(problem)).toBe(true)
  expect(reading.answer.status >= 400).toBe(reading.problems.length > 0)
  expect(isStorable(JSON.stringify(reading.answer.body))).toBe(true)
}

function checkSignal(signal: Signal): void {
  expect(signal.dedupKey.length > 0 && signal.dedupKey.length <= 512 && isStorable(signal.dedupKey)).toBe(true)
  expect(['trigger', 'acknowledge', 'resolve']).toContain(signal.action)
  expect(signal.title).toMatch(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]{1,1024}$/)
  expect(isStorable(signal.title)).toBe(true)
  expect([1, 2, 3, 4]).toContain(signal.severity)
  checkTexts(signal.labels, 4096)
  checkTexts(signal.annotations, 65_536)
  expect(signal.links.length).toBeLessThanOrEqual(32)
  for (const { href, text } of signal.links) {
    expect(href).toMatch(/^https?:\/\/\S{1,8192}$/i)
    expect(isStorable(href) && isStorable(text) && text.length > 0 && text.length <= 256).toBe(true)
  }
  for (const at of [signal.startsAt, signal.endsAt]) expect(at === undefined || Number.isSafeInteger(at)).toBe(true)
  expect('startsAt' in signal).toBe(signal.startsAt !== undefined)
  expect('endsAt' in signal).toBe(signal.endsAt !== undefined)
  if (signal.action === 'resolve' && signal.endsAt !== undefined) expect(signal.endsAt).toBeLessThanOrEqual(NOW)
  expect(signal.warnings.length).toBeLessThanOrEqual(32)
  for (const warning of signal.warnings) expect(warning.length <= 256 && isStorable(warning)).toBe(true)
}

function checkTexts(texts: Record<string, string>, valueMax: number): void {
  expect(Object.getPrototypeOf(texts)).toBe(null)
  const entries = Object.entries(texts)
  expect(entries.length).toBeLessThanOrEqual(256)
  for (const [name, text] of entries) {
    if (typeof text !== 'string' || name.length > 512 || text.length > valueMax) throw new Error(`Beyond the limits: ${name}`)
    if (!isStorable(name) || !isStorable(text)) throw new Error(`Not storable: ${JSON.stringify([name, text]).slice(0, 200)}`)
  }
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}
