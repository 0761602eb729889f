import type { Language } from '../../kernel/language.ts'
import { momentText, type Reader } from '../../kernel/moment.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Sql } from '../../platform/db.ts'
import { levelOf, numberText } from '../incidents/index.ts'
import { type RecordedEvent, readLatest, statusName } from '../timeline/index.ts'
import type { Impact } from './command.ts'
import type { Held } from './held.ts'
import { nextUpdateOf } from './view.ts'

/** What whoever takes a role over must know, in a few lines that can be read aloud. */
export async function writeBrief(sql: Sql, held: Held, reader: Reader, now: Instant): Promise<string> {
  const decided = await readLatest(sql, held.incident.id, ['note.added', 'poll.decided'], 50)
  return briefOf(held, decisionsIn(decided).slice(0, 3), reader, now)
}

export function briefOf({ incident, command, around }: Held, decisions: string[], reader: Reader, now: Instant): string {
  const say = words[reader.language]
  const next = nextUpdateOf(around)
  const impact = impactText(command?.impact ?? null, reader.language)
  return [
    `${numberText(incident.number)} ${levelOf(incident)}: ${incident.title}`,
    `${say.status}: ${statusName(incident.status, reader.language)}${incident.held ? '' : `, ${say.nobody}`}`,
    ...(command?.cause ? [`${say.cause}: ${command.cause}`] : []),
    ...(impact ? [`${say.impact}: ${impact}`] : []),
    ...around.tasks
      .filter(({ kind }) => kind === 'task')
      .map(({ number, text, person }) => `${say.task} ${number}: ${text}${person === null ? '' : ` (${person})`}`),
    ...(next === null ? [] : [`${say.next}: ${momentText(next, now, reader)}`]),
    ...decisions.map((text) => `${say.decided}: ${text}`),
  ].join('\n')
}

/** What was decided, the latest first. */
export function decisionsIn(events: RecordedEvent[]): string[] {
  return events.flatMap(({ event }) =>
    event.type === 'poll.decided' || (event.type === 'note.added' && event.data.kind === 'decision') ? [event.data.text] : [],
  )
}

function impactText(impact: Impact | null, language: Language): string {
  const say = words[language]
  const { services = [], regions = [], segments = [], users, revenueUsd, failedRequests } = impact ?? {}
  return [
    ...services,
    ...regions,
    ...segments,
    ...(users?.percent === undefined ? [] : [say.percent(users.percent)]),
    ...(users?.count === undefined ? [] : [say.users(users.count)]),
    ...(revenueUsd === undefined ? [] : [`$${revenueUsd}`]),
    ...(failedRequests === undefined ? [] : [say.failed(failedRequests)]),
  ].join(', ')
}

const english = {
  status: 'Status',
  nobody: 'nobody has it',
  cause: 'Cause',
  impact: 'Impact',
  task: 'Task',
  next: 'Next update by',
  decided: 'Decided',
  percent: (share: number) => `${share} % of users`,
  users: (count: number) => (count === 1 ? 'one user' : `${count} users`),
  failed: (count: number) => (count === 1 ? 'one failed request' : `${count} failed requests`),
}
const words: Record<Language, typeof english> = {
  en: english,
  de: {
    status: 'Status',
    nobody: 'niemand hat ihn',
    cause: 'Ursache',
    impact: 'Auswirkung',
    task: 'Aufgabe',
    next: 'Nächste Mitteilung bis',
    decided: 'Entschieden',
    percent: (share) => `${share} % der Nutzer`,
    users: (count) => (count === 1 ? 'ein Nutzer' : `${count} Nutzer`),
    failed: (count) => (count === 1 ? 'eine fehlgeschlagene Anfrage' : `${count} fehlgeschlagene Anfragen`),
  },
}
