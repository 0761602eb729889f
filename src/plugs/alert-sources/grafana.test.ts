import { describe, expect, test } from 'vitest'
import { only, readJson, readPayload } from '../../../test/world/reading.ts'
import type { AlertSource } from '../../modules/intake/source.ts'
import { alertmanager } from './alertmanager.ts'
import { grafana } from './grafana.ts'

const labels = { alertname: 'A', severity: 'info' }

test('a firing alert comes with links into Grafana and the values it saw', () => {
  const signal = only(readPayload(grafana, 'grafana-firing'))
  expect(signal).toMatchObject({ action: 'trigger', title: 'web-1 uses 92 % of its memory', severity: 3, warnings: [] })
  expect(signal.startsAt).toBe(Date.parse('2026-10-12T07:51:03.157Z'))
  expect(signal).not.toHaveProperty('endsAt')
  expect(signal.links.map((link) => link.text)).toEqual(['Source', 'Runbook', 'Dashboard', 'Panel', 'Silence'])
  expect(signal.annotations['values']).toBe('{"B":92.43937541908,"C":1}')
  expect(signal.annotations['valueString']).toContain('92.43937541908')
})

test('its end names the same alert', () => {
  const signal = only(readPayload(grafana, 'grafana-resolved'))
  expect(signal).toMatchObject({ action: 'resolve', endsAt: Date.parse('2026-10-12T08:05:00Z') })
  expect(signal.dedupKey).toBe(only(readPayload(grafana, 'grafana-firing')).dedupKey)
  expect(signal.annotations).not.toHaveProperty('values')
})

test('the test notification, whose source is no address and whose severity is not there, is taken with warnings', () => {
  const alert = {
    status: 'firing',
    labels: { alertname: 'TestAlert', instance: 'Grafana' },
    generatorURL: '?orgId=1',
    dashboardURL: '',
    values: null,
  }
  const signal = only(readJson(grafana, { version: '1', alerts: [alert] }))
  expect(signal).toMatchObject({ title: 'TestAlert', severity: 2, links: [] })
  expect(signal.warnings).toEqual(['generatorURL ‹?orgId=1› left out: not a web address', 'no severity given, taken as error'])
})

test('an annotation of that name is not overwritten, and a huge one is cut', () => {
  const alert = {
    status: 'firing',
    labels,
    annotations: { values: 'mine' },
    values: { B: 1 },
    valueString: 'x'.repeat(70_000),
    imageURL: 'https://i.example/1.png',
  }
  const signal = only(readJson(grafana, { alerts: [alert] }))
  expect(signal.annotations['values']).toBe('mine')
  expect(signal.annotations['valueString']).toHaveLength(65_536)
  expect(signal.links).toEqual([{ href: 'https://i.example/1.png', text: 'Image' }])
})

test('what Alertmanager sends is read alike', () => {
  const body = { version: '4', alerts: [{ status: 'firing', labels }] }
  expect(readJson(grafana, body)).toEqual(readJson(alertmanager, body))
})

test('odd fields of its own do not matter', () => {
  for (const odd of [7, {}, [], 'javascript:x', { a: { b: 1 } }, true]) {
    const alert = {
      status: 'firing',
      labels,
      dashboardURL: odd,
      panelURL: odd,
      silenceURL: odd,
      imageURL: odd,
      values: odd,
      valueString: odd,
    }
    expect(only(readJson(grafana, { alerts: [alert], orgId: odd, state: odd, title: odd })).links).toEqual([])
  }
})

test('shut doors', () => {
  expect(readJson(grafana, {}).answer.status).toBe(400)
  expect([grafana.unknownKey.status, grafana.overloaded.status, grafana.tooLarge.status]).toEqual([404, 503, 413])
})

describe('a rule whose query brings nothing, or fails', () => {
  const labels = { alertname: 'DatasourceNoData', rulename: 'Payments error rate', datasource_uid: 'p1', ref_id: 'A', severity: 'critical' }
  const titled = (source: AlertSource, over: object, annotations = {}) =>
    only(readJson(source, { version: '1', alerts: [{ status: 'firing', labels: { ...labels, ...over }, annotations }] }))

  test.each([
    ['no data', { alertname: 'DatasourceNoData' }, 'Payments error rate: no data'],
    ['an error', { alertname: 'DatasourceError' }, 'Payments error rate: error'],
    ['another rule', { rulename: 'Cold store temperature' }, 'Cold store temperature: no data'],
    ['no rule named', { rulename: '' }, 'DatasourceNoData'],
  ])('is called after the rule: %s', (_, over, title) => {
    expect(titled(grafana, over).title).toBe(title)
    expect(titled(alertmanager, over).title).toBe(title)
  })

  test('whatever its summary says of the case it was written for', () => {
    const signal = titled(grafana, {}, { summary: 'More than 5 % of payments fail' })
    expect(signal).toMatchObject({ title: 'Payments error rate: no data', annotations: { summary: 'More than 5 % of payments fail' } })
  })

  test('its labels stay as they were sent: they are its identity', () => {
    expect({ ...titled(grafana, {}).labels }).toEqual(labels)
  })
})

test('an end in other words is an end', () => {
  for (const status of ['resolved', 'ok', 'Normal'])
    expect(only(readJson(grafana, { alerts: [{ status, labels }] }))).toMatchObject({ action: 'resolve', warnings: [] })
  expect(only(readJson(grafana, { alerts: [{ status: 'purple', labels }] }))).toMatchObject({
    action: 'trigger',
    warnings: ['unknown status ‹purple›, taken as firing'],
  })
})
