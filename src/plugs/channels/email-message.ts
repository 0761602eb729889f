import { shorten } from '../../kernel/text.ts'
import type { Instant } from '../../kernel/time.ts'
import type { PageContent } from '../../modules/paging/index.ts'
import { ifNobodyActs, oneLine, severityOf, sinceInWords, summaryOf } from './wording.ts'
import { wordsFor } from './words.ts'

/** Shown in full; the rest of a bundle is a line each, because mail programs cut messages at about 100 KB. */
export const IN_FULL = 15
export const AS_LINES = 150
const ALERTS_SHOWN = 3
const LABELS_SHOWN = 12

/** `[SEV1] Checkout is down (INC-142)`, of a bundle the worst one and how many more. Pages come worst first, here and below. */
export function subjectOf(pages: PageContent[]): string {
  const [worst, ...others] = pages
  if (!worst) return ''
  const more = others.length === 0 ? '' : ` ${wordsFor(worst).andMore(others.length)}`
  return `[${severityOf(worst)}] ${shorten(oneLine(worst.incident.title), 120)} (${worst.incident.number})${more}`
}

export function textOf(pages: PageContent[], now: Instant): string {
  const [worst, ...others] = pages
  if (!worst) return ''
  const body = others.length === 0 ? textOfOne(worst, now) : textOfBundle(pages, now)
  const duplicate = pages.some((page) => page.page.possiblyDuplicate) ? [wordsFor(worst).possiblyDuplicate, ''] : []
  return [...body, '', ...duplicate, '-- ', footer(worst)].join('\n')
}

function textOfOne(page: PageContent, now: Instant): string[] {
  const { incident, actions } = page
  const say = wordsFor(page)
  const facts = factsOf(page, now)
  const wide = Math.max(...facts.map(([name]) => name.length)) + 2
  return [
    `${severityOf(page)} ${oneLine(incident.title)} (${incident.number})`,
    '',
    ...facts.map(([name, value]) => `${`${name}:`.padEnd(wide)}${value}`),
    '',
    `${`${say.acts.acknowledge}:`.padEnd(13)}${actions.acknowledge}`,
    `${`${say.acts.escalate}:`.padEnd(13)}${actions.escalate}`,
    `${`${say.acts.resolve}:`.padEnd(13)}${actions.resolve}`,
    `${`${say.acts.open}:`.padEnd(13)}${incident.url}`,
    '',
    oneLine(ifNobodyActs(page)),
    ...newestOf(page).flatMap((alert) => [
      '',
      `- ${shorten(oneLine(alert.title), 300)}`,
      ...alert.labels.map(([name, value]) => `    ${name} = ${value}`),
      ...(alert.labelsLeft > 0 ? [`    ${say.andMore(alert.labelsLeft)}`] : []),
    ]),
  ]
}

function textOfBundle(pages: PageContent[], now: Instant): string[] {
  const shown = pages.slice(0, IN_FULL + AS_LINES)
  const say = wordsFor(pages[0]!)
  return [
    `${say.needYou(pages.length)}.`,
    ...shown.flatMap((page, place) => [
      '',
      `${severityOf(page)} ${oneLine(page.incident.title)} (${page.incident.number})`,
      `  ${summaryOf(page, now)}`,
      ...(place < IN_FULL
        ? [
            `  ${`${say.acts.acknowledge}:`.padEnd(13)}${page.actions.acknowledge}`,
            `  ${`${say.acts.escalate}:`.padEnd(13)}${page.actions.escalate}`,
          ]
        : []),
      `  ${`${say.acts.open}:`.padEnd(13)}${page.incident.url}`,
    ]),
    ...(pages.length > shown.length ? ['', `… ${say.andMore(pages.length - shown.length)}.`] : []),
  ]
}

export function factsOf(page: PageContent, now: Instant): [string, string][] {
  const { incident, alerts } = page
  const say = wordsFor(page).facts
  const facts: [string, string][] = [
    [say.service, incident.service ? oneLine(incident.service) : ''],
    [say.since, sinceInWords(page, now)],
    [say.alerts, alerts.count > 0 ? `${alerts.count}` : ''],
    [say.why, oneLine(page.page.reason)],
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

export function footer(page: PageContent): string {
  return wordsFor(page).footer(oneLine(page.person.displayName || page.person.name))
}
