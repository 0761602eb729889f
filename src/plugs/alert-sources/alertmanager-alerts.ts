import { hash } from 'node:crypto'
import type { Instant } from '../../kernel/time.ts'
import { nameOf, type Signal } from '../../modules/alerts/signal.ts'
import type { ReadContext, Reading } from '../../modules/intake/source.ts'
import { isObject, type JsonObject, parseJson, quoted } from './json.ts'
import { ANNOTATION_MAX, LABEL_MAX } from './limits.ts'
import { rankOf } from './severity.ts'
import { addLink, clipped, firstLine, instantOf, Problems, type Texts, textsOf, titleOf, warn } from './signal-parts.ts'
import { actionSaid } from './status.ts'

/**
 * What an alert says in every dialect of the Prometheus family, as a trigger without times: whether and when it began and
 * ended is told differently, so the dialects fill that in. A text says why it is no alert, in Alertmanager's words.
 */
export function readContent(alert: JsonObject): Signal | string {
  const warnings: string[] = []
  const labels = textsOf(alert['labels'], 'dropped', 'labels', warnings)
  const dedupKey = identityOf(labels)
  if (dedupKey === undefined) return 'at least one label pair required'
  if ('' in labels) return 'invalid label set: invalid name ""'
  const annotations = clipped(textsOf(alert['annotations'], 'kept', 'annotations', warnings), ANNOTATION_MAX, 'annotations', warnings)
  const links: Signal['links'] = []
  addLink(links, alert['generatorURL'], 'Source', 'generatorURL', warnings)
  addLink(links, annotations['runbook_url'], 'Runbook', 'runbook_url', warnings)
  return {
    dedupKey,
    action: 'trigger',
    title: titleFrom(labels, annotations, warnings),
    severity: rankOf(labels['severity'], warnings),
    labels: clipped(labels, LABEL_MAX, 'labels', warnings),
    annotations,
    links,
    warnings,
  }
}

/**
 * An alert's identity is its label set, all of it, before anything is cut: 128 bits of SHA-256, the same whichever way the
 * alert came. Not Alertmanager's own fingerprint: two label sets with one 64-bit FNV value can be made in a minute.
 */
function identityOf(labels: Texts): string | undefined {
  let text = ''
  // No name or value has a NUL, so different label sets cannot run together into the same text.
  for (const name of Object.keys(labels).sort()) text += `${name}\0${labels[name]}\0`
  return text === '' ? undefined : hash('sha256', text).slice(0, 32)
}

function titleFrom(labels: Texts, annotations: Texts, warnings: string[]): string {
  const name = nameOf({ labels, annotations })
  return (
    // Where the rule itself is in trouble its summary speaks of something else.
    titleOf(name === labels['alertname'] ? '' : name, warnings) ||
    titleOf(annotations['summary'] ?? '', warnings) ||
    titleOf(annotations['title'] ?? '', warnings) ||
    titleOf(firstLine(annotations['description'] ?? ''), warnings) ||
    titleOf(firstLine(annotations['message'] ?? ''), warnings) ||
    titleOf(labels['alertname'] ?? '', warnings) ||
    titleOf(
      Object.entries(labels)
        .map(([name, value]) => `${name}=${value}`)
        .join(', '),
      warnings,
    )
  )
}

/**
 * Reads the webhook body of Alertmanager (version 4) and of Grafana (version 1): alerts that say themselves whether they
 * fire. A good alert counts although its neighbour is bad; `complete` adds what only one vendor sends.
 */
export function readWebhook(body: Buffer, context: ReadContext, complete?: (signal: Signal, alert: JsonObject) => void): Reading {
  const parsed = parseJson(body)
  if ('problem' in parsed) return refused(parsed.problem)
  const { value } = parsed
  if (!isObject(value) || !Array.isArray(value['alerts'])) {
    return refused('`alerts` is missing: send the webhook body as Alertmanager and Grafana write it, with a list of alerts.')
  }
  const signals: Signal[] = []
  const problems = new Problems()
  for (const [index, alert] of value['alerts'].entries()) {
    const signal = isObject(alert) ? readWebhookAlert(alert, context.now) : 'has to be an object'
    if (typeof signal === 'string') {
      problems.add(`alerts[${index}]: ${signal}`)
    } else {
      complete?.(signal, alert)
      signals.push(signal)
    }
  }
  const truncated = value['truncatedAlerts']
  if (signals[0] && typeof truncated === 'number' && truncated > 0) {
    warn(signals[0].warnings, `${truncated} more alerts of its group were left out by the sender: raise max_alerts there`)
  }
  if (problems.list.length > 0) return { signals, problems: problems.list, answer: { status: 400, body: problems.list.join('; ') } }
  return { signals, problems: [], answer: { status: 200, body: { status: 'success' } } }
}

function readWebhookAlert(alert: JsonObject, now: Instant): Signal | string {
  const signal = readContent(alert)
  if (typeof signal === 'string') return signal
  const startsAt = instantOf(alert['startsAt'], 'startsAt', signal.warnings)
  const endsAt = instantOf(alert['endsAt'], 'endsAt', signal.warnings)
  const ended = endsAt !== undefined && endsAt <= now
  const status = alert['status']
  if (startsAt !== undefined) signal.startsAt = startsAt
  const said = actionSaid(status)
  if (said === 'resolve' || (status === undefined && ended)) {
    signal.action = 'resolve'
    // An end in the future (a clock ahead of ours) would make every later alarm up to then look like an old one.
    signal.endsAt = ended ? endsAt : now
    return signal
  }
  if (said !== 'trigger' && status !== undefined) warn(signal.warnings, `unknown status ${quoted(status)}, taken as firing`)
  if (ended) warn(signal.warnings, 'endsAt has passed although the alert is firing, so it was ignored')
  else if (endsAt !== undefined) signal.endsAt = endsAt
  return signal
}

function refused(problem: string): Reading {
  return { signals: [], problems: [problem], answer: { status: 400, body: problem } }
}

/** A storm in one group comes as one body, and is not sent again in smaller ones. */
export const GROUP_MAX = { bytesMax: 16 * 1024 * 1024, inflatedMax: 32 * 1024 * 1024 }

/** What both webhook doors answer when they do not read. Alertmanager tries again after a 5xx only: a 429 loses the page. */
export const webhookAnswers = {
  unknownKey: { status: 404, body: 'No integration has this key.' },
  overloaded: { status: 503, body: 'Overloaded, please send it again.', headers: { 'Retry-After': '5' } },
  tooLarge: { status: 413, body: 'The body is too large: at most 16 MB, 32 MB inflated.' },
  bodyMax: GROUP_MAX,
}
