import { type Instant, MINUTE, parseInstant } from '../../kernel/time.ts'
import type { PageContent } from '../../modules/paging/index.ts'

/** `SEV1` */
export function severityOf({ incident }: PageContent): string {
  return `SEV${incident.severity}`
}

/** `checkout · since 2025-05-12 14:02 UTC (12 min ago) · 3 alerts` */
export function summaryOf({ incident, alerts }: PageContent, now: Instant): string {
  return [incident.service ? oneLine(incident.service) : '', `since ${sinceInWords(incident.startedAt, now)}`, alertsInWords(alerts.count)]
    .filter(Boolean)
    .join(' · ')
}

export function sinceInWords(startedAt: string, now: Instant): string {
  const at = parseInstant(startedAt)
  if (at === undefined) return oneLine(startedAt)
  const utc = new Date(at).toISOString()
  return `${utc.slice(0, 10)} ${utc.slice(11, 16)} UTC (${agoInWords(now - at)})`
}

function agoInWords(ms: number): string {
  const minutes = Math.floor(ms / MINUTE)
  if (minutes < 1) return 'just now'
  if (minutes < 120) return `${minutes} min ago`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`
}

export function alertsInWords(count: number): string {
  if (count === 0) return ''
  return count === 1 ? '1 alert' : `${count} alerts`
}

/** What follows when the person does nothing: the module's own sentence, or what is always true. */
export function ifNobodyActs({ page }: PageContent): string {
  return page.ifNobodyActs ?? 'If nobody acknowledges, the next level of the escalation policy is paged.'
}

/** Told to the person, so that a second ring is not taken for a second incident. */
export const POSSIBLY_DUPLICATE = 'You may have had this page before: the last attempt ended without an answer.'

/** The most severe first; among equals the oldest. */
export function worstFirst(pages: PageContent[]): PageContent[] {
  return [...pages].sort((a, b) => a.incident.severity - b.incident.severity || a.incident.startedAt.localeCompare(b.incident.startedAt))
}

/**
 * A value from an alert, safe to stand in a line of ours: it cannot start a line that looks like one of our links, nor
 * turn the reading direction around.
 */
export function oneLine(text: string): string {
  return text
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Bidi_Control}/gu, '')
    .trim()
}
