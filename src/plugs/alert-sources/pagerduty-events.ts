import type { Signal } from '../../modules/alerts/signal.ts'
import { isObject, type JsonObject, scalarText, textOf } from './json.ts'
import { addLink, noTexts, type Texts, textsOf } from './signal-parts.ts'

/** PagerDuty's limit for `dedup_key` and `incident_key`. */
export const EVENT_KEY_MAX = 255

export function actionOf(word: unknown): Signal['action'] | undefined {
  return word === 'trigger' || word === 'acknowledge' || word === 'resolve' ? word : undefined
}

/** Details are free: an object becomes annotations, anything else one annotation under the field's own name. */
export function annotationsOf(details: unknown, field: string, warnings: string[]): Texts {
  if (isObject(details)) return textsOf(details, 'dropped', field, warnings)
  const annotations = noTexts()
  const text = textOf(details)
  if (text !== '') annotations[field] = text
  return annotations
}

/** The monitoring system that sent the event: a link when it gave its address, else no more than a name. */
export function addClient(links: Signal['links'], annotations: Texts, event: JsonObject, warnings: string[]): void {
  const client = scalarText(event['client'])
  addLink(links, event['client_url'], client, 'client_url', warnings)
  if (client !== undefined && links.length === 0) annotations['client'] ??= client
}

export function addLinks(links: Signal['links'], list: unknown, field: string, warnings: string[]): void {
  if (!Array.isArray(list)) return
  for (const link of list) if (isObject(link)) addLink(links, link['href'], link['text'], field, warnings)
}

/** An image leads where its sender says, or else to itself. */
export function addImage(links: Signal['links'], image: JsonObject, field: string, warnings: string[]): void {
  addLink(links, scalarText(image['href']) ?? image['src'], scalarText(image['alt']) ?? 'Image', field, warnings)
}

/** The integration's key, as the event carries it. */
export function keyIn(event: JsonObject, field: 'routing_key' | 'service_key'): { key?: string } {
  const key = event[field]
  return typeof key === 'string' ? { key } : {}
}
