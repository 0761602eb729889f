import { agoText, momentText } from '../../kernel/moment.ts'
import { shorten } from '../../kernel/text.ts'
import { type Instant, parseInstant } from '../../kernel/time.ts'
import type { PageContent } from '../../modules/paging/index.ts'
import { wordsFor } from './words.ts'

/** `SEV1` */
export function severityOf({ incident }: PageContent): string {
  return `SEV${incident.severity}`
}

/** `SEV1 Checkout is down (INC-142) and 2 more` */
export function headlineOf(worst: PageContent, others: number): string {
  const one = `${severityOf(worst)} ${shorten(oneLine(worst.incident.title), 120)} (${worst.incident.number})`
  return others === 0 ? one : `${one} ${wordsFor(worst).andMore(others)}`
}

/** A page in a few lines, below its headline. */
export function briefOf(page: PageContent, now: Instant): string[] {
  const alert = page.alerts.newest[0]
  const labels = Object.entries(alert?.labels ?? {}).map(([name, value]) => `${oneLine(name)}=${shorten(oneLine(value), 80)}`)
  return [
    summaryOf(page, now),
    alert && alert.title !== page.incident.title ? shorten(oneLine(alert.title), 300) : '',
    shorten(labels.join(' '), 500),
    oneLine(page.page.reason),
    oneLine(ifNobodyActs(page)),
    page.page.possiblyDuplicate ? wordsFor(page).possiblyDuplicate : '',
  ].filter(Boolean)
}

/** A bundle, a line for each page. */
export function linesOf(pages: PageContent[], now: Instant): string[] {
  return pages.map(
    (page) => `${severityOf(page)} ${shorten(oneLine(page.incident.title), 80)} (${page.incident.number}), ${summaryOf(page, now)}`,
  )
}

/** Told before a bundle of which a page may have been there already. */
export function duplicateLine(pages: PageContent[]): string[] {
  return pages.some((page) => page.page.possiblyDuplicate) ? [wordsFor(pages[0]!).possiblyDuplicate] : []
}

/** `checkout · since 16:02 Berlin, 14:02 UTC (12 min ago) · 3 alerts` */
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
  const { language, timeZone: zone } = page.person
  return `${momentText(at, now, { language, zone })} (${agoText(now - at, language)})`
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
