import type { Instant } from '../../kernel/time.ts'
import { namedTitle, type Signal } from '../../modules/alerts/signal.ts'
import type { AlertSource, ReadContext, Reading } from '../../modules/intake/source.ts'
import { curlSnippet, keyedAddress } from './connect.ts'
import { dedupKeyOf, isObject, type JsonObject, parseJson, quoted, scalarText, textOf } from './json.ts'
import { ANNOTATION_MAX, LABEL_MAX } from './limits.ts'
import { rankOf, wordOf } from './severity.ts'
import { addLink, clipped, instantOf, Problems, type Texts, textsOf, titleOf, warn } from './signal-parts.ts'
import { actionSaid, saysEnd, saysOver } from './status.ts'

/**
 * Our own JSON, for whatever can send a POST: one alert, or a list of them.
 *
 *     { "title": "Disk full on db-1",        required to trigger; also: summary, message, name
 *       "dedup_key": "db-1/disk",            required to resolve or acknowledge; also: dedupKey, alias, alert_uid, alert_id, id
 *       "status": "firing",                  or resolved, acknowledged, and other words for them (status.ts); also: action, state
 *       "severity": "critical",              or error, warning, info, P1 … P5, sev1 … sev5; also: priority, labels.severity
 *       "labels": { "service": "db" },       what to route and group by
 *       "annotations": { "seen": "94 %" },   what to read
 *       "description": "Only 6 % left.",     this and every field not named here is kept as an annotation
 *       "link": "https://…",                 also: url, or links: [{ "href": "https://…", "text": "Runbook" }]
 *       "startsAt": "2026-01-31T09:00:00Z",  also: starts_at
 *       "endsAt": "2026-01-31T10:00:00Z" }   a past one resolves, a future one lets the alert lapse; also: ends_at
 *
 * The answer is 202 with the `dedup_key` to resolve it by, or `dedup_keys` for a list.
 */
export const generic: AlertSource = {
  name: 'generic',
  title: 'Generic JSON',
  read,
  example: (test) => ({
    title: test.title,
    dedup_key: test.dedupKey,
    severity: wordOf(test.severity),
    description: test.description,
    labels: { alertname: test.dedupKey, job: 'tocsin-test' },
  }),
  address: keyedAddress,
  connect: (way) => [
    curlSnippet(keyedAddress(way), { title: 'Sent by hand', severity: 'info', dedup_key: 'try-it' }),
    { ...curlSnippet(keyedAddress(way), { dedup_key: 'try-it', status: 'resolved' }), name: 'curl, to end it' },
  ],
  unknownKey: { status: 404, body: { refusal: 'unknown-key', message: 'No integration has this key.' } },
  overloaded: {
    status: 503,
    body: { refusal: 'overloaded', message: 'Overloaded, please send it again.' },
    headers: { 'Retry-After': '5' },
  },
  tooLarge: { status: 413, body: { refusal: 'too-large', message: 'The body is too large: at most 4 MB, 8 MB inflated.' } },
}

function read(body: Buffer, context: ReadContext): Reading {
  const parsed = parseJson(body)
  if ('problem' in parsed) return refused([], [parsed.problem])
  return Array.isArray(parsed.value) ? readList(parsed.value, context) : readOne(parsed.value, context)
}

function readOne(value: unknown, context: ReadContext): Reading {
  const signal = readAlert(value, context.now, context.receipt)
  if (typeof signal === 'string') return refused([], [signal])
  return { signals: [signal], problems: [], answer: { status: 202, body: { status: 'accepted', dedup_key: signal.dedupKey } } }
}

/** A good alert counts although its neighbour is bad; the answer then names the bad ones. */
function readList(values: unknown[], context: ReadContext): Reading {
  const signals: Signal[] = []
  const problems = new Problems()
  for (const [index, value] of values.entries()) {
    const signal = readAlert(value, context.now, `${context.receipt}:${index}`)
    if (typeof signal === 'string') problems.add(`[${index}]: ${signal}`)
    else signals.push(signal)
  }
  if (problems.list.length > 0) return refused(signals, problems.list)
  const dedup_keys = signals.map((signal) => signal.dedupKey)
  return { signals, problems: [], answer: { status: 202, body: { status: 'accepted', dedup_keys } } }
}

function refused(signals: Signal[], problems: string[]): Reading {
  const taken = signals.length === 0 ? '' : `; alerts taken all the same: ${signals.length}`
  return { signals, problems, answer: { status: 400, body: { refusal: 'invalid-alert', message: problems.join('; ') + taken } } }
}

const TITLE_FIELDS = ['title', 'summary', 'message', 'name']
const KEY_FIELDS = ['dedup_key', 'dedupKey', 'alias', 'alert_uid', 'alert_id', 'id', 'entity_id']
const ACTION_FIELDS = ['action', 'status', 'state']
/** Where others say that it is over: Icinga and Nagios, Splunk On-Call, Datadog, continuous integration. */
const END_FIELDS = [
  'type',
  'notification_type',
  'message_type',
  'event_type',
  'alert_type',
  'alert_transition',
  'current_state',
  'result',
  'conclusion',
]
const SEVERITY_FIELDS = ['severity', 'priority']
/** Read wherever they stand; `routing_key` and `service_key` are secrets, which an annotation would show to everybody. */
const READ_FIELDS = new Set(
  'labels annotations link url link_to_upstream_details image_url links startsAt starts_at endsAt ends_at routing_key service_key'.split(
    ' ',
  ),
)

function readAlert(alert: unknown, now: Instant, receipt: string): Signal | string {
  if (!isObject(alert)) return 'an alert has to be an object with at least a `title`'
  const warnings: string[] = []
  const titleField = fieldIn(alert, TITLE_FIELDS)
  const keyField = fieldIn(alert, KEY_FIELDS)
  const actionField = fieldIn(alert, ACTION_FIELDS)
  const severityField = fieldIn(alert, SEVERITY_FIELDS)

  const labels = textsOf(alert['labels'], 'dropped', 'labels', warnings)
  // Of a priority `normal` is a rank like others.
  const severity = severityField === undefined ? labels['severity'] : alert[severityField]
  const isOver = severityField !== 'priority' && saysOver(severity)

  const startsAt = momentOf(alert, 'startsAt', 'starts_at', warnings)
  const endsAt = momentOf(alert, 'endsAt', 'ends_at', warnings)
  const ended = endsAt !== undefined && endsAt <= now
  const action = actionOf(alert, actionField, ended || isOver, warnings)
  if (action !== 'trigger' && keyField === undefined) return `\`dedup_key\` is required to ${action}: the one the alert was triggered with`
  const key = keyField === undefined ? receipt : keyOf(alert, keyField, warnings)
  if (keyField === undefined) warn(warnings, 'no dedup_key, so every report is its own alert and only a person can resolve it')

  const sentTitle = titleField === undefined ? '' : textOf(alert[titleField])
  const title = titleOf(sentTitle, warnings)
  if (action === 'trigger' && title === '') return `\`title\` is required${hintFor(alert)}`

  const annotations = textsOf(alert['annotations'], 'kept', 'annotations', warnings)
  const used = [keyField, actionField, severityField, title === sentTitle ? titleField : undefined]
  addUnknownFields(annotations, alert, used)

  const signal: Signal = {
    dedupKey: dedupKeyOf(key),
    action,
    title: namedTitle(title, { labels, annotations }) || titleOf(key, warnings) || action,
    severity: action !== 'trigger' && (severity === undefined || isOver) ? 4 : rankOf(severity, warnings),
    labels: clipped(labels, LABEL_MAX, 'labels', warnings),
    annotations: clipped(annotations, ANNOTATION_MAX, 'annotations', warnings),
    links: linksOf(alert, annotations, warnings),
    warnings,
  }
  if (startsAt !== undefined) signal.startsAt = startsAt
  if (action === 'resolve') signal.endsAt = ended ? endsAt : now
  else if (ended) warn(warnings, 'endsAt has passed although the alert is not resolved, so it was ignored')
  else if (endsAt !== undefined) signal.endsAt = endsAt
  return signal
}

/** The first of these fields that says something. */
function fieldIn(alert: JsonObject, fields: string[]): string | undefined {
  return fields.find((field) => scalarText(alert[field]) !== undefined)
}

/**
 * What the alert says of itself: its status, else an end that stands in another field or is all its severity says, else
 * that it has an end.
 */
function actionOf(alert: JsonObject, statusField: string | undefined, isOver: boolean, warnings: string[]): Signal['action'] {
  if (statusField !== undefined) {
    const action = actionSaid(alert[statusField])
    if (action === undefined) warn(warnings, `unknown status ${quoted(alert[statusField])}, taken as firing`)
    return action ?? 'trigger'
  }
  return isOver || END_FIELDS.some((field) => saysEnd(alert[field])) ? 'resolve' : 'trigger'
}

function keyOf(alert: JsonObject, field: string, warnings: string[]): string {
  const key = alert[field]
  if (typeof key === 'number' && !Number.isSafeInteger(key)) warn(warnings, `${field} is not an exact number: send it in quotes`)
  return textOf(key)
}

/** Also seconds or milliseconds since 1970, as scripts tend to send. */
function momentOf(alert: JsonObject, field: string, otherField: string, warnings: string[]): Instant | undefined {
  const value = alert[field] ?? alert[otherField]
  if (typeof value !== 'number') return instantOf(value, field, warnings)
  const at = Math.round(value < 1e11 ? value * 1000 : value)
  if (at > 0 && at < YEAR_9999) return at
  warn(warnings, `${field} ${quoted(value)} ignored: write it like 2026-01-31T09:00:00Z`)
  return undefined
}

const YEAR_9999 = Date.UTC(9999, 0)

function addUnknownFields(annotations: Texts, alert: JsonObject, used: (string | undefined)[]): void {
  for (const field in alert) {
    if (READ_FIELDS.has(field) || used.includes(field)) continue
    const text = textOf(alert[field])
    if (text !== '') annotations[field] ??= text
  }
}

function linksOf(alert: JsonObject, annotations: Texts, warnings: string[]): Signal['links'] {
  const links: Signal['links'] = []
  addAnyLink(links, alert['link'], 'link', warnings)
  addAnyLink(links, alert['url'], 'url', warnings)
  addLink(links, alert['link_to_upstream_details'], 'Source', 'link_to_upstream_details', warnings)
  addLink(links, alert['image_url'], 'Image', 'image_url', warnings)
  const list = alert['links']
  for (const link of Array.isArray(list) ? list : [list]) addAnyLink(links, link, 'links', warnings)
  addLink(links, annotations['runbook_url'], 'Runbook', 'runbook_url', warnings)
  return links
}

function addAnyLink(links: Signal['links'], link: unknown, field: string, warnings: string[]): void {
  if (isObject(link)) addLink(links, link['href'] ?? link['url'], link['text'] ?? link['title'], field, warnings)
  else addLink(links, link, undefined, field, warnings)
}

function hintFor(alert: JsonObject): string {
  return Array.isArray(alert['alerts']) ? ': this looks like an Alertmanager or Grafana webhook, so set `source` to that' : ''
}
