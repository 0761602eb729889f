import { type Instant, MINUTE, parseInstant } from '../../kernel/time.ts'
import type { PageContent } from '../../modules/paging/index.ts'
import { wordsFor } from './words.ts'

/** `SEV1` */
export function severityOf({ incident }: PageContent): string {
  return `SEV${incident.severity}`
}

/** `checkout · since 2025-05-12 14:02 UTC (12 min ago) · 3 alerts` */
export function summaryOf(page: PageContent, now: Instant): string {
  const { incident, alerts } = page
  const say = wordsFor(page)
  return [
    incident.service ? oneLine(incident.service) : '',
    say.since(sinceInWords(page, now)),
    alerts.count === 0 ? '' : say.alerts(alerts.count),
  ]
    .filter(Boolean)
    .join(' · ')
}

export function sinceInWords(page: PageContent, now: Instant): string {
  const { startedAt } = page.incident
  const at = parseInstant(startedAt)
  if (at === undefined) return oneLine(startedAt)
  const utc = new Date(at).toISOString()
  return `${utc.slice(0, 10)} ${utc.slice(11, 16)} UTC (${agoInWords(page, now - at)})`
}

function agoInWords(page: PageContent, ms: number): string {
  const say = wordsFor(page)
  const minutes = Math.floor(ms / MINUTE)
  if (minutes < 1) return say.justNow
  if (minutes < 120) return say.minutesAgo(minutes)
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? say.hoursAgo(hours) : say.daysAgo(Math.floor(hours / 24))
}

/** What follows when the person does nothing: the module's own sentence, or what is always true. */
export function ifNobodyActs(content: PageContent): string {
  return content.page.ifNobodyActs ?? wordsFor(content).ifNobodyActs
}

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
