import { iso } from '../../kernel/time.ts'
import type { AlertSource, Snippet, TestReport, WayIn } from '../../modules/intake/source.ts'
import { readWebhook, webhookAnswers } from './alertmanager-alerts.ts'
import { keyedAddress } from './connect.ts'
import { wordOf } from './severity.ts'

/** Alertmanager's webhook receiver (version 4), which is also what Grafana OnCall's Alertmanager address took. */
export const alertmanager: AlertSource = {
  name: 'alertmanager',
  title: 'Alertmanager',
  read: (body, context) => readWebhook(body, context),
  example: webhookExample,
  address: keyedAddress,
  connect: (way) => [...prometheusSnippets(way), alertmanagerSnippet(way), amtoolSnippet(way)],
  ...webhookAnswers,
}

/** One firing alert, in the shape of the webhook. Its labels are its identity, and what services group by: so its name is the dedup key. */
export function webhookExample(test: TestReport) {
  const alert = {
    status: 'firing',
    labels: { alertname: test.dedupKey, severity: wordOf(test.severity), job: 'tocsin-test' },
    annotations: { summary: test.title, description: test.description },
    startsAt: iso(test.now),
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: '',
    fingerprint: '',
  }
  return {
    version: '4',
    groupKey: `{}:{alertname="${test.dedupKey}"}`,
    status: 'firing',
    receiver: 'tocsin',
    groupLabels: { alertname: test.dedupKey },
    commonLabels: alert.labels,
    commonAnnotations: alert.annotations,
    externalURL: '',
    alerts: [alert],
  }
}

/** Straight, without an Alertmanager between: Prometheus takes us for one. */
export function prometheusSnippets({ baseUrl, key }: WayIn): Snippet[] {
  const { protocol, host } = new URL(baseUrl)
  const scheme = protocol === 'https:' ? '    - scheme: https\n      path_prefix' : '    - path_prefix'
  const code = `alerting:
  alertmanagers:
${scheme}: /in/${key}
      static_configs:
        - targets: ['${host}']`
  return [{ name: 'Prometheus', file: 'prometheus.yml', code }]
}

function alertmanagerSnippet(way: WayIn): Snippet {
  const code = `receivers:
  - name: tocsin
    webhook_configs:
      - url: ${keyedAddress(way)}
        send_resolved: true
route:
  receiver: tocsin`
  return { name: 'Alertmanager', file: 'alertmanager.yml', code }
}

function amtoolSnippet(way: WayIn): Snippet {
  return {
    name: 'amtool',
    code: `amtool alert add alertname=TryIt severity=info \\
  --annotation=summary='Sent by hand' \\
  --alertmanager.url=${keyedAddress(way)}`,
  }
}
