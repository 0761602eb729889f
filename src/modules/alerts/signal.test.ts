import { expect, test } from 'vitest'
import { namedTitle, nameOf } from './signal.ts'

const named = (labels: Record<string, string>, annotations = {}) => nameOf({ labels, annotations })

test.each([
  [{ alertname: 'DatasourceNoData', rulename: 'Payments error rate' }, 'Payments error rate: no data'],
  [{ alertname: 'DatasourceError', rulename: 'Cold store temperature' }, 'Cold store temperature: error'],
  [{ alertname: 'DatasourceNoData', rule_name: 'Queue' }, 'Queue: no data'],
  [{ alertname: 'DatasourceNoData', __alert_rule_uid__: 'ed1f' }, 'ed1f: no data'],
  [{ alertname: 'DatasourceNoData' }, 'DatasourceNoData'],
  [{ alertname: 'DiskFull', rulename: 'Disks' }, 'DiskFull'],
  [{ alertname: 'DatasourceNoData', rulename: '' }, 'DatasourceNoData'],
  [{}, ''],
])('%j is called %s', (labels, name) => expect(named(labels)).toBe(name))

test('the rule may stand beside the labels, as in PagerDuty’s details', () => {
  expect(named({ alertname: 'DatasourceNoData' }, { rulename: '$& of $1' })).toBe('$& of $1: no data')
})

test('a title that carries the name is put right where it stands', () => {
  const signal = { labels: { alertname: 'DatasourceNoData', rulename: '$& rate' }, annotations: {} }
  expect(namedTitle('[FIRING:1] DatasourceNoData Ops', signal)).toBe('[FIRING:1] $& rate: no data Ops')
  expect(namedTitle('Anything else', signal)).toBe('Anything else')
})
