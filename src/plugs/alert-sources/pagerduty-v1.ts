import type { SeverityRank, Signal } from '../../modules/alerts/signal.ts'
import type { AlertSource, ReadContext, Reading } from '../../modules/intake/source.ts'
import { curlSnippet } from './connect.ts'
import { isObject, type JsonObject, parseJson, scalarText } from './json.ts'
import { ANNOTATION_MAX } from './limits.ts'
import { busyEvents, EVENT_MAX, invalidEvent, refusedEvent, tooLargeEvent } from './pagerduty-answers.ts'
import { actionOf, addClient, addImage, addLinks, annotationsOf, EVENT_KEY_MAX, keyIn } from './pagerduty-events.ts'
import { rankOf, wordOf } from './severity.ts'
import { clipped, noTexts, titleOf } from './signal-parts.ts'

/** PagerDuty's Events API v1, `POST /generic/2010-04-15/create_event.json`, found by `service_key`. */
export const pagerdutyV1: AlertSource = {
  name: 'pagerduty-v1',
  title: 'PagerDuty Events v1',
  read,
  example: (test) => ({
    service_key: test.key,
    event_type: 'trigger',
    incident_key: test.dedupKey,
    description: test.title,
    details: { severity: wordOf(test.severity), description: test.description },
  }),
  address: ({ baseUrl }) => `${baseUrl}/generic/2010-04-15/create_event.json`,
  connect: ({ baseUrl, key }) => [
    { name: 'PagerDuty v1', code: `address      ${baseUrl}/generic/2010-04-15/create_event.json\nservice_key  ${key}` },
    curlSnippet(`${baseUrl}/generic/2010-04-15/create_event.json`, {
      ...{ service_key: key, event_type: 'trigger', incident_key: 'try-it', description: 'Sent by hand' },
      details: { severity: 'info' },
    }),
  ],
  doors: [{ method: 'POST', path: '/generic/2010-04-15/create_event.json', key: { in: 'body' }, bodyMax: EVENT_MAX }],
  unknownKey: invalidEvent(401, ['Service key is invalid: no integration has this key']),
  overloaded: busyEvents,
  tooLarge: tooLargeEvent,
}

function read(body: Buffer, context: ReadContext): Reading {
  const parsed = parseJson(body)
  if ('problem' in parsed) return refusedEvent([parsed.problem])
  if (!isObject(parsed.value)) return refusedEvent(['The event has to be an object.'])
  const signal = readEvent(parsed.value, context)
  const key = keyIn(parsed.value, 'service_key')
  if (Array.isArray(signal)) return { ...refusedEvent(signal), ...key }
  const answer = { status: 200, body: { status: 'success', message: 'Event processed', incident_key: signal.dedupKey } }
  return { signals: [signal], problems: [], answer, ...key }
}

function readEvent(event: JsonObject, context: ReadContext): Signal | string[] {
  const action = actionOf(event['event_type'])
  const errors = errorsIn(event, action)
  if (action === undefined || errors.length > 0) return errors
  const warnings: string[] = []
  const dedupKey = scalarText(event['incident_key']) ?? context.receipt
  const annotations = annotationsOf(event['details'], 'details', warnings)
  const links: Signal['links'] = []
  addClient(links, annotations, event, warnings)
  addContexts(links, event['contexts'], warnings)
  return {
    dedupKey,
    action,
    title: titleOf(scalarText(event['description']) ?? '', warnings) || titleOf(dedupKey, warnings) || action,
    severity: severityOf(action, annotations['severity'], warnings),
    labels: noTexts(),
    annotations: clipped(annotations, ANNOTATION_MAX, 'details', warnings),
    links,
    warnings,
  }
}

function errorsIn(event: JsonObject, action: Signal['action'] | undefined): string[] {
  const errors: string[] = []
  const key = scalarText(event['incident_key'])
  if (action === undefined) {
    errors.push(
      scalarText(event['event_type']) === undefined
        ? 'Event type is missing or blank'
        : 'Event type is invalid (must be one of the following: trigger, acknowledge or resolve)',
    )
  }
  if (key !== undefined && key.length > EVENT_KEY_MAX) errors.push(`Incident key is too long (maximum is ${EVENT_KEY_MAX} characters)`)
  if (key === undefined && (action === 'acknowledge' || action === 'resolve')) errors.push('Incident key is missing or blank')
  if (action === 'trigger' && scalarText(event['description']) === undefined) errors.push('Description is missing or blank')
  return errors
}

/** This version has no field for it; senders that care put one into the details. */
function severityOf(action: Signal['action'], severity: string | undefined, warnings: string[]): SeverityRank {
  return action !== 'trigger' && !severity ? 4 : rankOf(severity, warnings)
}

/** Contexts are links and images in one list, told apart by `type`. */
function addContexts(links: Signal['links'], contexts: unknown, warnings: string[]): void {
  if (!Array.isArray(contexts)) return
  for (const context of contexts) {
    if (!isObject(context)) continue
    if (context['type'] === 'image') addImage(links, context, 'contexts', warnings)
    else addLinks(links, [context], 'contexts', warnings)
  }
}
