import type { Instant } from '../../kernel/time.ts'
import { age, countdown } from '../text/moments.ts'
import { severityMark } from '../text/severity.ts'
import { type Text, tone } from '../text/spans.ts'
import type { Column } from '../text/table.ts'
import type { EscalationView, IncidentView, ListedIncidentView } from './kinds.ts'

/** What a person is called, by the name of the configuration. */
export type Called = (person: string) => string

/** `142` for INC-142. */
export function shortNumber(number: string): string {
  return number.replace(/^INC-/, '')
}

export function incidentColumns(now: Instant, called: Called): Column<ListedIncidentView>[] {
  return [
    { head: 'SEV', cell: ({ severity }) => severityMark(severity), value: ({ severity }) => severity },
    { head: 'ID', cell: ({ number }) => shortNumber(number), value: ({ number }) => number, right: true },
    { head: 'TITLE', cell: titleCell, value: ({ title }) => title, shrinks: true },
    { head: 'STATUS', cell: ({ status }) => status },
    {
      head: 'AGE',
      cell: ({ startedAt }) => age(now - Date.parse(startedAt)),
      value: ({ startedAt }) => startedAt,
      right: true,
    },
    { head: 'SERVICE', cell: ({ service }) => service ?? '-', value: ({ service }) => service },
    { head: 'WHO', cell: (one) => whoCell(one, called), value: (one) => one.resolvedBy ?? one.acknowledgedBy },
    { head: 'NEXT', cell: (one) => nextCell(one, now), value: ({ next }) => next?.dueAt ?? null },
  ]
}

export function titleCell({ title, demo }: Pick<IncidentView, 'title' | 'demo'>): Text {
  return demo ? [tone('strong', title), tone('dim', ' demo')] : tone('strong', title)
}

/** Who has it. Nobody is the one thing that is loud. */
export function whoCell(
  { status, acknowledgedBy, resolvedBy }: Pick<IncidentView, 'status' | 'acknowledgedBy' | 'resolvedBy'>,
  called: Called,
): Text {
  if (status === 'resolved') return resolvedBy === null ? '-' : called(resolvedBy)
  return acknowledgedBy === null ? tone('missing', '!nobody') : called(acknowledgedBy)
}

function nextCell({ status, policy, next }: ListedIncidentView, now: Instant): Text {
  if (status !== 'detected') return '-'
  if (next) return nextInWords({ ...next, at: next.dueAt }, now)
  return policy === null ? '-' : tone('missing', '!nobody')
}

/** `Lin Wei in 1:12`; undefined when nobody will be paged. */
export function nextText({ state, next }: EscalationView, now: Instant): Text | undefined {
  return state !== 'active' || !next ? undefined : nextInWords(next, now)
}

interface Next {
  at: string | null
  level: number
  catchAll: boolean
  people: { person: string; displayName: string }[]
}

function nextInWords(next: Next, now: Instant): Text {
  const people = [...new Set(next.people.filter(({ person }) => person !== '').map(({ displayName }) => displayName))]
  const who = people.length > 3 ? `${people.slice(0, 2).join(', ')} and ${people.length - 2} more` : people.join(', ')
  const name = who === '' ? (next.catchAll ? 'catch-all' : `level ${next.level}`) : who
  if (next.at === null) return `then ${name}`
  const left = Date.parse(next.at) - now
  return left <= 0 ? `${name} now` : [`${name} in `, left < 300_000 ? tone('soon', countdown(left)) : countdown(left)]
}
