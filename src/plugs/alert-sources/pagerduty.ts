import { namedTitle, type SeverityRank, type Signal } from '../../modules/alerts/signal.ts'
import type { AlertSource, ReadContext, Reading } from '../../modules/intake/source.ts'
import { curlSnippet } from './connect.ts'
import { isObject, type JsonObject, parseJson, scalarText } from './json.ts'
import { ANNOTATION_MAX, LABEL_MAX } from './limits.ts'
import { busyEvents, EVENT_MAX, invalidEvent, refusedEvent, tooLargeEvent, unreadableEvent } from './pagerduty-answers.ts'
import { actionOf, addClient, addImage, addLinks, annotationsOf, EVENT_KEY_MAX, keyIn } from './pagerduty-events.ts'
import { rankOf, wordOf } from './severity.ts'
import { clipped, noTexts, type Texts, titleOf } from './signal-parts.ts'

/** PagerDuty's Events API v2, `POST /v2/enqueue`. The door has already found the integration by `routing_key`. */
export const pagerduty: AlertSource = {
  name: 'pagerduty',
  title: 'PagerDuty Events v2',
  read,
  example: (test) => ({
    routing_key: test.key,
    event_action: 'trigger',
    dedup_key: test.dedupKey,
    payload: {
      summary: test.title,
      source: 'tocsin',
      severity: wordOf(test.severity),
      class: test.dedupKey,
      custom_details: { description: test.description },
    },
  }),
  address: ({ baseUrl }) => `${baseUrl}/v2/enqueue`,
  connect: ({ baseUrl, key }) => [
    { name: 'PagerDuty', code: `address      ${baseUrl}/v2/enqueue\nrouting_key  ${key}` },
    {
      name: 'Alertmanager',
      file: 'alertmanager.yml',
      code: `global:
  pagerduty_url: ${baseUrl}/v2/enqueue
receivers:
  - name: tocsin
    pagerduty_configs:
      - routing_key: ${key}`,
    },
    curlSnippet(`${baseUrl}/v2/enqueue`, {
      ...{ routing_key: key, event_action: 'trigger', dedup_key: 'try-it' },
      payload: { summary: 'Sent by hand', source: 'my-shell', severity: 'info' },
    }),
  ],
  doors: [{ method: 'POST', path: '/v2/enqueue', key: { in: 'body' }, bodyMax: EVENT_MAX }],
  unknownKey: invalidEvent(401, ["'routing_key' is invalid: no integration has this key"]),
  overloaded: busyEvents,
  tooLarge: tooLargeEvent,
}

function read(body: Buffer, context: ReadContext): Reading {
  const parsed = parseJson(body)
  if ('problem' in parsed) return { signals: [], problems: [parsed.problem], answer: unreadableEvent }
  if (!isObject(parsed.value)) return { signals: [], problems: ['The event has to be an object.'], answer: unreadableEvent }
  const signal = readEvent(parsed.value, context)
  const key = keyIn(parsed.value, 'routing_key')
  if (Array.isArray(signal)) return { ...refusedEvent(signal), ...key }
  const answer = { status: 202, body: { status: 'success', message: 'Event processed', dedup_key: signal.dedupKey } }
  return { signals: [signal], problems: [], answer, ...key }
}

/**
 * The signal, or what PagerDuty would complain about. `payload.timestamp` stays an annotation: it is when the event was
 * made, not when the trouble began, and PagerDuty takes every trigger after a resolve as new, whatever it says.
 */
function readEvent(event: JsonObject, context: ReadContext): Signal | string[] {
  const action = actionOf(event['event_action'])
  const payload = isObject(event['payload']) ? event['payload'] : undefined
  const errors = errorsIn(event, action, payload)
  if (action === undefined || errors.length > 0) return errors
  const warnings: string[] = []
  const dedupKey = scalarText(event['dedup_key']) ?? context.receipt
  const annotations = annotationsOf(payload?.['custom_details'], 'custom_details', warnings)
  const timestamp = scalarText(payload?.['timestamp'])
  if (timestamp !== undefined) annotations['timestamp'] ??= timestamp
  const links: Signal['links'] = []
  addClient(links, annotations, event, warnings)
  addLinks(links, event['links'], 'links', warnings)
  if (Array.isArray(event['images'])) for (const image of event['images']) if (isObject(image)) addImage(links, image, 'images', warnings)
  const labels = labelsOf(payload, warnings)
  const summary = namedTitle(scalarText(payload?.['summary']) ?? '', { labels, annotations })
  return {
    dedupKey,
    action,
    title: titleOf(summary, warnings) || titleOf(dedupKey, warnings) || action,
    severity: severityOf(action, payload, warnings),
    labels,
    annotations: clipped(annotations, ANNOTATION_MAX, 'custom_details', warnings),
    links,
    warnings,
  }
}

function errorsIn(event: JsonObject, action: Signal['action'] | undefined, payload: JsonObject | undefined): string[] {
  const errors: string[] = []
  const key = scalarText(event['dedup_key'])
  if (action === undefined) {
    errors.push(
      scalarText(event['event_action']) === undefined
        ? "'event_action' is missing or blank"
        : "'event_action' is invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')",
    )
  }
  if (key !== undefined && key.length > EVENT_KEY_MAX)
    errors.push(`Length of 'dedup_key' is incorrect (should be at most ${EVENT_KEY_MAX})`)
  if (key === undefined && (action === 'acknowledge' || action === 'resolve')) errors.push("'dedup_key' is missing or blank")
  if (action !== 'trigger') return errors
  if (payload === undefined) errors.push("'payload' is missing or blank")
  else {
    if (scalarText(payload['summary']) === undefined) errors.push("'payload.summary' is missing or blank")
    if (scalarText(payload['source']) === undefined) errors.push("'payload.source' is missing or blank")
    if (payload['severity'] === undefined) errors.push("'payload.severity' is missing or blank")
  }
  return errors
}

/**
 * PagerDuty refuses a severity it does not know, also the blank one that Alertmanager sends when its template finds no
 * label, and that page is then lost: here both are taken as an error. What ends or eases an alert needs none.
 */
function severityOf(action: Signal['action'], payload: JsonObject | undefined, warnings: string[]): SeverityRank {
  return action !== 'trigger' && !payload?.['severity'] ? 4 : rankOf(payload?.['severity'], warnings)
}

function labelsOf(payload: JsonObject | undefined, warnings: string[]): Texts {
  const labels = noTexts()
  if (payload === undefined) return labels
  const kind = scalarText(payload['class'])
  const source = scalarText(payload['source'])
  const component = scalarText(payload['component'])
  const group = scalarText(payload['group'])
  if (kind !== undefined) {
    labels['alertname'] = kind
    labels['class'] = kind
  }
  if (source !== undefined) labels['source'] = source
  if (component !== undefined) labels['component'] = component
  if (group !== undefined) labels['group'] = group
  return clipped(labels, LABEL_MAX, 'labels', warnings)
}
