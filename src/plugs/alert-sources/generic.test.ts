import { describe, expect, test } from 'vitest'
import { NOW, nested, only, readJson, readPayload, readText } from '../../../test/world/reading.ts'
import { generic } from './generic.ts'

const past = '2026-11-21T01:00:00Z'
const future = '2026-11-21T02:00:00Z'

test('a nightly job reports a failed backup', () => {
  const reading = readPayload(generic, 'generic-alert')
  const signal = only(reading)
  expect(reading.answer).toEqual({ status: 202, body: { status: 'accepted', dedup_key: 'backup/db-1' } })
  expect(signal).toMatchObject({ dedupKey: 'backup/db-1', action: 'trigger', title: 'Backup of db-1 failed', severity: 2, warnings: [] })
  expect(signal.startsAt).toBe(Date.parse('2026-05-04T02:00:11Z'))
  expect({ ...signal.labels }).toEqual({ service: 'backup', host: 'db-1' })
  expect({ ...signal.annotations }).toEqual({
    runbook_url: 'https://runbooks.example.com/backup',
    description: 'pg_basebackup ended with exit code 1.\nThe last good backup is 26 hours old.',
    exitCode: '1',
  })
  expect(signal.links).toEqual([
    { href: 'https://ci.example.com/jobs/991', text: 'Job 991' },
    { href: 'https://runbooks.example.com/backup', text: 'Runbook' },
  ])
})

test('and that it worked the next time', () => {
  expect(only(readPayload(generic, 'generic-resolve'))).toMatchObject({
    action: 'resolve',
    dedupKey: 'backup/db-1',
    endsAt: Date.parse('2026-05-04T03:10:00Z'),
    warnings: [],
  })
})

test('a list, in the words of several systems', () => {
  const reading = readPayload(generic, 'generic-many')
  expect(reading.answer).toEqual({ status: 202, body: { status: 'accepted', dedup_keys: ['4711', 'queue/print', 'queue/fax'] } })
  expect(reading.signals.map(({ action, title, severity }) => [action, title, severity])).toEqual([
    ['trigger', 'Queue is long', 3],
    ['resolve', 'Queue moves again', 4],
    ['acknowledge', 'Somebody looks at the fax queue', 4],
  ])
  expect({ ...reading.signals[0]!.labels }).toEqual({ queue: 'mail', depth: '12000' })
  expect(reading.signals[0]!.links).toEqual([{ href: 'https://queues.example.com/mail', text: 'https://queues.example.com/mail' }])
})

test("Grafana OnCall's formatted webhook", () => {
  const signal = only(readPayload(generic, 'generic-oncall-formatted'))
  expect(signal).toMatchObject({
    action: 'trigger',
    title: 'TestAlert: The whole system is down',
    dedupKey: '08d6891a-835c-e661-39fa-96b6a9e26552',
  })
  expect(signal.links.map((link) => link.text)).toEqual(['Source', 'Image'])
  expect(signal.annotations['message']).toBe('Smth happened. Oh no!')
})

describe('fields', () => {
  const read = (alert: object) => only(readJson(generic, { title: 'T', dedup_key: 'k', severity: 'info', ...alert }))

  test.each([
    ['title before summary before message before name', { title: 'T', summary: 'S', message: 'M', name: 'N' }, 'T'],
    ['summary', { title: '', summary: 'S', message: 'M' }, 'S'],
    ['message', { title: null, message: 'M', name: 'N' }, 'M'],
    ['name', { title: ' ', name: 'N' }, 'N'],
    ['a number', { title: 7 }, '7'],
  ])('the title is %s', (_, alert, title) => expect(read(alert).title).toBe(title))

  test('a title field that is not the title, or not all of it, is kept to read', () => {
    expect({ ...read({ message: 'long story' }).annotations }).toEqual({ message: 'long story' })
    expect({ ...read({ title: 'one\ntwo' }).annotations }).toEqual({ title: 'one\ntwo' })
  })

  test.each([
    [{ status: 'firing' }, 'trigger'],
    [{ status: 'RESOLVED' }, 'resolve'],
    [{ status: 'ok' }, 'resolve'],
    [{ status: 'acknowledged' }, 'acknowledge'],
    [{ action: 'resolve', status: 'firing' }, 'resolve'],
    [{ action: 'trigger' }, 'trigger'],
    [{ state: 'alerting' }, 'trigger'],
    [{ endsAt: past }, 'resolve'],
    [{ endsAt: future }, 'trigger'],
    [{}, 'trigger'],
  ])('%j is a %s', (alert, action) => {
    const signal = read(alert)
    expect([signal.action, signal.warnings]).toEqual([action, []])
  })

  const labels = { severity: 'clear' }
  test.each([
    [{ state: 0, severity: 'critical' }, 'resolve', 1],
    [{ state: 1, severity: 'critical' }, 'trigger', 1],
    [{ state: 0, severity: 'ok' }, 'resolve', 4],
    [{ severity: 'ok' }, 'resolve', 4],
    [{ severity: 'Normal' }, 'resolve', 4],
    [{ severity: undefined, labels }, 'resolve', 4],
    [{ status: 'success' }, 'resolve', 4],
    [{ notification_type: 'RECOVERY', severity: 'critical' }, 'resolve', 1],
    [{ message_type: 'CRITICAL', severity: 'critical' }, 'trigger', 1],
    [{ type: 'normal', severity: 'critical' }, 'trigger', 1],
    [{ state: 1, type: 'recovery' }, 'trigger', 4],
  ])('%j is a %s of rank %i', (alert, action, rank) => {
    const signal = read(alert)
    expect([signal.action, signal.severity, signal.warnings]).toEqual([action, rank, []])
  })

  test('a severity that says it is over ends nothing beside a status that says otherwise, nor does a priority', () => {
    expect(read({ status: 'firing', severity: 'ok' })).toMatchObject({
      action: 'trigger',
      severity: 2,
      warnings: ['unknown severity ‹ok›, taken as error'],
    })
    expect(read({ status: 'purple', severity: 'ok' })).toMatchObject({ action: 'trigger' })
    expect(read({ severity: undefined, priority: 'normal' })).toMatchObject({ action: 'trigger' })
  })

  test('a recovery under another uid ends the problem of the same id', () => {
    const problem = { title: 'Alert for device sw-3', severity: 'critical', state: 1, uid: '4412', id: '77' }
    const recovery = { title: 'Device sw-3 recovered', severity: 'ok', state: 0, uid: '4413', id: '77' }
    const keys = [problem, recovery].map((one) => only(readJson(generic, one)).dedupKey)
    expect(keys).toEqual(['77', '77'])
  })

  test('a title that carries a name that says only what kind of trouble it is names the rule', () => {
    const labels = { alertname: 'DatasourceNoData', rulename: 'Payments error rate' }
    expect(read({ title: '[FIRING:1] DatasourceNoData', labels }).title).toBe('[FIRING:1] Payments error rate: no data')
  })

  test('a status nobody knows is an alarm', () => {
    expect(read({ status: 'purple' })).toMatchObject({ action: 'trigger', warnings: ['unknown status ‹purple›, taken as firing'] })
  })

  test.each([
    ['a future end lapses', { endsAt: future }, Date.parse(future)],
    ['a past end beside firing is ignored', { status: 'firing', endsAt: past }, undefined],
    ['resolved without an end: now', { status: 'resolved' }, NOW],
    ['resolved with a future end: now', { status: 'resolved', ends_at: future }, NOW],
    ['seconds since 1970', { status: 'resolved', endsAt: 1_770_000_000 }, 1_770_000_000_000],
    ['milliseconds since 1970', { status: 'resolved', endsAt: 1_770_000_000_123 }, 1_770_000_000_123],
    ['no such year', { endsAt: 9e300 }, undefined],
    ['no moment', { endsAt: { a: 1 } }, undefined],
  ])('%s', (_, alert, endsAt) => expect(read(alert).endsAt).toBe(endsAt))

  test('starts_at is startsAt', () => {
    expect(read({ starts_at: past }).startsAt).toBe(Date.parse(past))
  })

  test('the severity may be a priority or a label', () => {
    expect(read({ severity: 'P1' }).severity).toBe(1)
    expect(read({ severity: undefined, priority: 'P4' }).severity).toBe(4)
    expect(read({ severity: undefined, labels: { severity: 'critical' } }).severity).toBe(1)
    expect(read({ severity: undefined })).toMatchObject({ severity: 2, warnings: ['no severity given, taken as error'] })
    expect(read({ severity: 'blue' })).toMatchObject({ severity: 2, warnings: ['unknown severity ‹blue›, taken as error'] })
  })

  test('links are texts or objects, one or many', () => {
    const links = ['https://a.example', { url: 'https://b.example', title: 'B' }, 7, { text: 'nowhere' }]
    const signal = read({ link: { href: 'https://c.example', text: 'C' }, links })
    expect(signal.links.map((link) => link.text)).toEqual(['C', 'https://a.example', 'B'])
    expect(signal.warnings).toEqual(['links ‹7› left out: not a web address'])
    expect(read({ links: 'https://a.example' }).links).toHaveLength(1)
  })

  test('unknown fields are kept, secrets are not, and annotations go first', () => {
    const signal = read({ exit: 3, nodes: ['a'], nothing: null, service_key: 'secret', annotations: { exit: 'mine' } })
    expect({ ...signal.annotations }).toEqual({ exit: 'mine', nodes: '["a"]' })
  })

  test('a key too long is hashed, one that is no exact number is warned of', () => {
    expect(read({ dedup_key: 'k'.repeat(600) }).dedupKey).toMatch(/^sha256:/)
    expect(read({ dedup_key: undefined, id: 2 ** 60 }).warnings).toEqual(['id is not an exact number: send it in quotes'])
  })
})

test('without a key each report is its own alert, and says so', () => {
  const reading = readJson(generic, [{ title: 'a', severity: 'info' }, { title: 'b' }])
  expect(reading.signals.map((signal) => signal.dedupKey)).toEqual(['receipt-1:0', 'receipt-1:1'])
  expect(reading.signals[0]!.warnings).toEqual(['no dedup_key, so every report is its own alert and only a person can resolve it'])
})

describe('refused', () => {
  test.each([
    ['', 'The body is empty: send JSON.'],
    ['{', 'The body is not JSON.'],
    ['null', 'an alert has to be an object with at least a `title`'],
    ['"text"', 'an alert has to be an object with at least a `title`'],
    ['{}', '`title` is required'],
    ['{"title":{"a":1}}', '`title` is required'],
    ['{"title":"\\u0001","dedup_key":"k"}', '`title` is required'],
    ['{"alerts":[]}', '`title` is required: this looks like an Alertmanager or Grafana webhook, so set `source` to that'],
    ['{"title":"T","status":"resolved"}', '`dedup_key` is required to resolve: the one the alert was triggered with'],
    ['{"title":"T","action":"ack"}', '`dedup_key` is required to acknowledge: the one the alert was triggered with'],
    ['[7]', '[0]: an alert has to be an object with at least a `title`'],
    [nested(100_000), '`title` is required'],
  ])('number %#', (text, problem) => {
    const reading = readText(generic, text)
    expect([reading.signals, reading.problems]).toEqual([[], [problem]])
    expect(reading.answer).toEqual({ status: 400, body: { refusal: 'invalid-alert', message: problem } })
  })

  test('one of a list, while the others are taken', () => {
    const reading = readJson(generic, [{ title: 'good' }, {}])
    expect(reading.signals).toHaveLength(1)
    expect(reading.answer).toEqual({
      status: 400,
      body: { refusal: 'invalid-alert', message: '[1]: `title` is required; alerts taken all the same: 1' },
    })
  })
})

test('an empty list is fine', () => {
  expect(readText(generic, '[]').answer).toEqual({ status: 202, body: { status: 'accepted', dedup_keys: [] } })
})

test('names that are dangerous elsewhere are only names here', () => {
  const signal = only(
    readText(generic, '{"title":"T","__proto__":{"polluted":1},"constructor":"c","toString":"t","labels":{"__proto__":"x"}}'),
  )
  expect(Object.keys(signal.annotations)).toEqual(['__proto__', 'constructor', 'toString'])
  expect(Object.entries(signal.labels)).toEqual([['__proto__', 'x']])
  expect('polluted' in {}).toBe(false)
})

test('shut doors', () => {
  expect([generic.unknownKey.status, generic.overloaded.status, generic.tooLarge.status]).toEqual([404, 503, 413])
  expect(generic.overloaded.headers).toEqual({ 'Retry-After': '5' })
})
