import { shorten } from '../../kernel/text.ts'
import type { Instant } from '../../kernel/time.ts'
import type { PageContent } from '../../modules/paging/index.ts'
import { ifNobodyActs, oneLine, POSSIBLY_DUPLICATE, severityOf, sinceInWords, summaryOf } from './wording.ts'

/** Shown in full; the rest of a bundle is a line each, because mail programs cut messages at about 100 KB. */
export const IN_FULL = 15
export const AS_LINES = 150
const ALERTS_SHOWN = 3
const LABELS_SHOWN = 12

/** `[SEV1] Checkout is down (INC-142)`, of a bundle the worst one and how many more. Pages come worst first, here and below. */
export function subjectOf(pages: PageContent[]): string {
  const [worst, ...others] = pages
  if (!worst) return 'Nothing left to do'
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  return `[${severityOf(worst)}] ${shorten(oneLine(worst.incident.title), 120)} (${worst.incident.number})${more}`
}

export function textOf(pages: PageContent[], now: Instant): string {
  const [worst, ...others] = pages
  if (!worst) return ''
  const body = others.length === 0 ? textOfOne(worst, now) : textOfBundle(pages, now)
  const duplicate = pages.some((page) => page.page.possiblyDuplicate) ? [POSSIBLY_DUPLICATE, ''] : []
  return [...body, '', ...duplicate, '-- ', footer(worst)].join('\n')
}

function textOfOne(page: PageContent, now: Instant): string[] {
  const { incident, actions } = page
  return [
    `${severityOf(page)} ${oneLine(incident.title)} (${incident.number})`,
    '',
    ...factsOf(page, now).map(([name, value]) => `${`${name}:`.padEnd(9)}${value}`),
    '',
    `Acknowledge: ${actions.acknowledge}`,
    `Escalate:    ${actions.escalate}`,
    `Resolve:     ${actions.resolve}`,
    `Open:        ${incident.url}`,
    '',
    oneLine(ifNobodyActs(page)),
    ...newestOf(page).flatMap((alert) => [
      '',
      `- ${shorten(oneLine(alert.title), 300)}`,
      ...alert.labels.map(([name, value]) => `    ${name} = ${value}`),
      ...(alert.labelsLeft > 0 ? [`    and ${alert.labelsLeft} more`] : []),
    ]),
  ]
}

function textOfBundle(pages: PageContent[], now: Instant): string[] {
  const shown = pages.slice(0, IN_FULL + AS_LINES)
  return [
    `${pages.length} incidents need you.`,
    ...shown.flatMap((page, place) => [
      '',
      `${severityOf(page)} ${oneLine(page.incident.title)} (${page.incident.number})`,
      `  ${summaryOf(page, now)}`,
      ...(place < IN_FULL ? [`  Acknowledge: ${page.actions.acknowledge}`, `  Escalate:    ${page.actions.escalate}`] : []),
      `  Open:        ${page.incident.url}`,
    ]),
    ...(pages.length > shown.length ? ['', `… and ${pages.length - shown.length} more.`] : []),
  ]
}

export function factsOf(page: PageContent, now: Instant): [string, string][] {
  const { incident, alerts } = page
  const facts: [string, string][] = [
    ['Service', incident.service ? oneLine(incident.service) : ''],
    ['Since', sinceInWords(incident.startedAt, now)],
    ['Alerts', alerts.count > 0 ? `${alerts.count}` : ''],
    ['Why you', oneLine(page.page.reason)],
  ]
  return facts.filter(([, value]) => value !== '')
}

export interface ShownAlert {
  title: string
  labels: [string, string][]
  labelsLeft: number
}

export function newestOf({ alerts }: PageContent): ShownAlert[] {
  return alerts.newest.slice(0, ALERTS_SHOWN).map(({ title, labels }) => {
    const all = Object.entries(labels)
    const shown = all.slice(0, LABELS_SHOWN).map(([name, value]): [string, string] => [oneLine(name), shorten(oneLine(value), 200)])
    return { title, labels: shown, labelsLeft: all.length - shown.length }
  })
}

export function nameOf({ incident }: PageContent): string {
  return `${shorten(oneLine(incident.title), 120)} (${incident.number})`
}

export function footer({ person }: PageContent): string {
  return `Sent to ${oneLine(person.displayName || person.name)} by Tocsin. Each action opens a page that asks once more before anything happens; whoever has this mail can take them.`
}
