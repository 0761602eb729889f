import type { AlertSource } from '../../modules/alerts/source.ts'
import { readWebhook, webhookAnswers } from './alertmanager-alerts.ts'

/** Alertmanager's webhook receiver (version 4), which is also what Grafana OnCall's Alertmanager address took. */
export const alertmanager: AlertSource = {
  name: 'alertmanager',
  title: 'Alertmanager',
  read: (body, context) => readWebhook(body, context),
  ...webhookAnswers,
}
