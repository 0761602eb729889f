import { type Instant, iso } from '../../kernel/time.ts'
import type { Told } from './story.ts'

/** A request as a monitoring system would send it. */
export interface Sent {
  path: string
  body: Record<string, unknown>
}

export type Ending = 'firing' | 'over' | 'taken'

/** What the sources of the demo say, each in its own dialect. */
export function requestsFor(source: string, key: string, told: { what: Told; since: Instant }[], ending: Ending, now: Instant): Sent[] {
  switch (source) {
    case 'pagerduty':
      return told.map(({ what }) => ({ path: '/v2/enqueue', body: pagerdutyEvent(key, what, ending) }))
    case 'generic':
      return told.map(({ what, since }) => ({ path: '/in/:key', body: genericAlert(what, since, ending) }))
    default:
      return [{ path: '/in/:key', body: alertmanagerWebhook(told, ending, now) }]
  }
}

function pagerdutyEvent(key: string, { name, says, severity, labels }: Told, ending: Ending): Record<string, unknown> {
  const action = { firing: 'trigger', over: 'resolve', taken: 'acknowledge' }[ending]
  return {
    routing_key: key,
    event_action: action,
    dedup_key: name,
    payload: { summary: says, source: 'relay-1', severity, class: name, ...labels },
  }
}

function genericAlert({ name, says, severity, labels }: Told, since: Instant, ending: Ending): Record<string, unknown> {
  const status = { firing: 'firing', over: 'resolved', taken: 'acknowledged' }[ending]
  return { title: says, dedup_key: name, status, severity, labels: { alertname: name, ...labels }, startsAt: iso(since) }
}

/** Grafana sends the same shape. */
function alertmanagerWebhook(told: { what: Told; since: Instant }[], ending: Ending, now: Instant): Record<string, unknown> {
  const status = ending === 'over' ? 'resolved' : 'firing'
  const { name } = told[0]!.what
  return {
    ...{ version: '4', status, receiver: 'tocsin', groupKey: `{}:{alertname="${name}"}`, groupLabels: { alertname: name } },
    externalURL: 'https://alertmanager.harbourline.example',
    alerts: told.map(({ what, since }) => ({
      status,
      labels: { alertname: what.name, severity: what.severity, ...what.labels },
      annotations: { summary: what.says },
      startsAt: iso(since),
      endsAt: status === 'resolved' ? iso(now) : '0001-01-01T00:00:00Z',
    })),
  }
}
