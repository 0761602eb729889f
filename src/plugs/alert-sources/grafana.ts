import type { Signal } from '../../modules/alerts/signal.ts'
import type { AlertSource } from '../../modules/intake/source.ts'
import { webhookExample } from './alertmanager.ts'
import { readWebhook, webhookAnswers } from './alertmanager-alerts.ts'
import { keyedAddress } from './connect.ts'
import { type JsonObject, textOf } from './json.ts'
import { ANNOTATION_MAX } from './limits.ts'
import { addLink, clipped } from './signal-parts.ts'

/** Grafana Alerting's webhook contact point (version 1): Alertmanager's shape with links into Grafana and the values seen. */
export const grafana: AlertSource = {
  name: 'grafana',
  title: 'Grafana',
  read: (body, context) => readWebhook(body, context, addGrafanas),
  example: (test) => ({ ...webhookExample(test), version: '1', orgId: 1, title: test.title, state: 'alerting', message: test.description }),
  address: keyedAddress,
  connect: (way) => [
    {
      name: 'Grafana',
      file: 'provisioning/alerting/tocsin.yaml',
      code: `apiVersion: 1
contactPoints:
  - orgId: 1
    name: tocsin
    receivers:
      - uid: tocsin
        type: webhook
        settings:
          url: ${keyedAddress(way)}
          httpMethod: POST`,
    },
  ],
  ...webhookAnswers,
}

function addGrafanas(signal: Signal, alert: JsonObject): void {
  const { links, warnings, annotations } = signal
  addLink(links, alert['dashboardURL'], 'Dashboard', 'dashboardURL', warnings)
  addLink(links, alert['panelURL'], 'Panel', 'panelURL', warnings)
  addLink(links, alert['silenceURL'], 'Silence', 'silenceURL', warnings)
  addLink(links, alert['imageURL'], 'Image', 'imageURL', warnings)
  const values = textOf(alert['values'])
  const valueString = textOf(alert['valueString'])
  if (values !== '') annotations['values'] ??= values
  if (valueString !== '') annotations['valueString'] ??= valueString
  signal.annotations = clipped(annotations, ANNOTATION_MAX, 'annotations', warnings)
}
