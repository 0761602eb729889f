import type { Instant } from '../../kernel/time.ts'

/** Rank of an alert, 1 worst: critical 1, error 2, warning 3, info and none 4. */
export type SeverityRank = 1 | 2 | 3 | 4

/** What one report of a monitoring system says, in our words. Labels and annotations have null prototypes. */
export interface Signal {
  /** Identity inside the integration, at most 512 characters (longer ones are hashed by the source). */
  dedupKey: string
  action: 'trigger' | 'acknowledge' | 'resolve'
  /** One line, never empty, at most 1024 characters. */
  title: string
  severity: SeverityRank
  labels: Record<string, string>
  annotations: Record<string, string>
  links: { href: string; text: string }[]
  /** When the source says it began; absent when the source does not say. */
  startsAt?: Instant
  /** When the source says it ends or ended: past means resolved, future means "lapses then unless reported again". */
  endsAt?: Instant
  /** What was odd but accepted ("unknown severity ‹blue›, taken as error"), shown on the alert. */
  warnings: string[]
}

/** Grafana, when the query of a rule brings nothing or fails: `alertname` then says what the trouble is, another label whose it is. */
const TROUBLE_OF_A_RULE = /^Datasource([A-Z][A-Za-z]{1,40})$/
const RULE_LABELS = ['rulename', 'rule_name', 'alert_rule', '__alert_rule_uid__']

/**
 * What a sender means by the name of an alert, for titles and for grouping by `alertname`: "Payments error rate: no data".
 * The labels themselves stay as they were sent; they are the alert's identity.
 */
export function nameOf({ labels, annotations }: Pick<Signal, 'labels' | 'annotations'>): string {
  const alertname = labels['alertname'] ?? ''
  const trouble = TROUBLE_OF_A_RULE.exec(alertname)?.[1]
  if (trouble === undefined) return alertname
  const rule = RULE_LABELS.map((label) => labels[label] || annotations[label]).find((one) => one)
  return rule === undefined ? alertname : `${rule}: ${trouble.replace(/\B[A-Z]/g, ' $&').toLowerCase()}`
}

/** A title made by a sender who did not know better, with the name in it put right. */
export function namedTitle(title: string, signal: Pick<Signal, 'labels' | 'annotations'>): string {
  const alertname = signal.labels['alertname'] ?? ''
  const name = nameOf(signal)
  return name === alertname ? title : title.replace(alertname, () => name)
}

/** The labels as incidents are grouped by them. */
export function namedLabels(signal: Pick<Signal, 'labels' | 'annotations'>): Record<string, string> {
  const name = nameOf(signal)
  return name === (signal.labels['alertname'] ?? '')
    ? signal.labels
    : Object.assign(Object.create(null), signal.labels, { alertname: name })
}
