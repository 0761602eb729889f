import { expect, test } from 'vitest'
import { snapshotOf } from '../modules/documents/index.ts'
import type { Incident } from '../modules/incidents/index.ts'
import type { LinkAlert } from './link-reads.ts'
import { type NightParts, nightFacts } from './night-facts.ts'

const now = Date.parse('2026-11-20T03:11:24Z')

function someAlert(over: Partial<LinkAlert> = {}): LinkAlert {
  return { title: 'Disk is full', severity: 1, open: true, openedAt: now, labels: {}, annotations: {}, links: [], ...over }
}

function facts({
  alert = {},
  incident = {},
  ...over
}: { alert?: Partial<LinkAlert>; incident?: Partial<Incident> } & Partial<Omit<NightParts, 'incident'>> = {}) {
  return nightFacts({
    now,
    reader: { language: 'en', zone: 'Europe/Berlin' },
    incident: {
      ...{
        number: 142,
        title: 'Disk is full',
        summary: null,
        severity: 1,
        status: 'detected',
        urgency: 'high',
        service: 'payments-api',
        policy: 'payments',
      },
      ...{
        detectedAt: now,
        ackTimeoutAt: null,
        acknowledgedAt: null,
        acknowledgedBy: null,
        resolvedAt: null,
        resolvedBy: null,
        demo: false,
        origin: 'alert',
      },
      ...incident,
    } as Incident,
    alerts: { total: 1, open: 1, newest: [someAlert(alert)] },
    escalation: {
      ...{ state: 'active', policy: 'payments', run: 1, round: 0, level: 1, next: null },
      levels: [
        { level: 1, after: '0s', catchAll: false, applies: true, targets: [] },
        { level: 2, after: '', catchAll: true, applies: true, targets: [] },
      ],
    },
    cause: null,
    snapshot: snapshotOf([]),
    person: { name: 'ada', spec: { displayName: 'Ada', timeZone: 'Europe/Berlin' } },
    level: 1,
    wanted: 'acknowledge',
    actions: { acknowledge: 'a', resolve: 'r', escalate: 'e' },
    escalatedAt: null,
    ...over,
  })
}

test('the impact is what the rule’s author wrote about it, never the title again', () => {
  expect(facts({ alert: { annotations: { summary: 'Disk is full', description: '98 %\n of /var ' } } }).impact).toBe('98 % of /var')
  expect(facts({ incident: { summary: 'Checkout is down for all' } }).impact).toBe('Checkout is down for all')
  expect(facts().impact).toBeNull()
})

test('where it is comes from at most three labels, the widest first', () => {
  const labels = { alertname: 'DiskFull', severity: 'critical', instance: 'db-1', job: 'node', cluster: 'eu-1', pod: 'x' }
  expect(facts({ alert: { labels } }).where).toEqual([
    ['cluster', 'eu-1'],
    ['instance', 'db-1'],
    ['pod', 'x'],
  ])
})

test('only addresses that open as pages become links', () => {
  const runbook = (runbook_url: string) => facts({ alert: { annotations: { runbook_url } } }).reference
  expect(runbook('https://runbooks.example/disk/full?x=1')).toEqual({
    kind: 'runbook',
    text: 'full',
    href: 'https://runbooks.example/disk/full?x=1',
  })
  for (const hostile of ['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'nonsense', '']) expect(runbook(hostile)).toBeNull()
  expect(facts({ alert: { links: [{ href: 'https://graphs.example/', text: '' }] } }).reference).toEqual({
    kind: 'link',
    text: 'graphs.example',
    href: 'https://graphs.example/',
  })
})

test('the last level is the catch-all', () => {
  expect(facts().level).toBe(1)
  expect(facts({ level: 2 }).level).toBe('catch-all')
})

test('who resolved it counts for more than who acknowledged it', () => {
  const incident = {
    status: 'resolved',
    acknowledgedBy: 'ada',
    acknowledgedAt: now,
    resolvedBy: 'alerts ended',
    resolvedAt: now + 1,
  } as const
  expect(facts({ incident }).taken).toEqual({ by: 'alerts ended', at: now + 1 })
})
