import type { Language } from '../../kernel/language.ts'
import { utcClock } from '../../kernel/moment.ts'
import { type Instant, iso, MINUTE } from '../../kernel/time.ts'
import type { Sql } from '../../platform/db.ts'
import {
  actorText,
  type Gap,
  gapsOf,
  isMending,
  lineOf,
  type ReadEntry,
  readEntries,
  readHappenings,
  readMendings,
  readStretch,
} from '../timeline/index.ts'
import { type Incident, numberText } from './incident.ts'
import { eventViewOf } from './view.ts'

const EVENTS_AT_ONCE = 500

type Listener = Parameters<typeof lineOf>[1]
type Fact = ReturnType<typeof eventViewOf>

/** An incident as a text to read, in Markdown: in the order things happened, with what was mended and where nothing is told of. */
export async function* exportedText(
  sql: Sql,
  incident: Incident,
  { now, listener }: { now: Instant; listener: Listener },
): AsyncGenerator<string> {
  const say = words[listener.language]
  yield `${headText(incident, say)}\n## ${say.timeline}\n`
  const until = incident.resolvedAt ?? now
  const gaps = gapsOf(await readHappenings(sql, incident.id), { rank: incident.severity, until })
  const mendings = (await readMendings(sql, incident.id)).map(eventViewOf)
  let day = ''
  for (let after: { happenedAt: Instant; seq: number } | undefined; ; ) {
    const events = await readStretch(sql, incident.id, { order: 'happened', first: 'oldest', after, limit: EVENTS_AT_ONCE })
    const own = new Set(events.map(({ seq }) => seq))
    const read = readEntries([...events.filter(({ event }) => !isMending(event.type)).map(eventViewOf), ...mendings])
    for (const entry of read.filter(({ fact }) => own.has(fact.seq) && !isMending(fact.type))) {
      const at = Date.parse(entry.fact.happenedAt)
      while (gaps.length > 0 && gaps[0]!.until <= at) yield gapText(gaps.shift()!, say)
      const today = entry.fact.happenedAt.slice(0, 10)
      if (today !== day) yield `\n### ${today}, UTC\n\n`
      day = today
      yield entryText(entry, listener, say)
    }
    if (events.length < EVENTS_AT_ONCE) break
    const last = events.at(-1)!
    after = { happenedAt: last.happenedAt, seq: last.seq }
  }
  yield gaps.map((gap) => gapText(gap, say)).join('')
}

function headText({ number, title, summary, severity, status, service, detectedAt, resolvedAt }: Incident, say: Words): string {
  const facts: [string, string | null][] = [
    [say.severity, String(severity)],
    [say.status, status],
    [say.service, service],
    [say.began, iso(detectedAt)],
    [say.ended, resolvedAt === null ? null : iso(resolvedAt)],
  ]
  const lines = facts.flatMap(([name, value]) => (value === null ? [] : [`- ${name}: ${plain(value)}`]))
  return `# ${numberText(number)}: ${plain(title)}\n\n${summary ? `${plain(summary)}\n\n` : ''}${lines.join('\n')}\n`
}

function entryText({ fact, before, deleted, redacted, typedLate }: ReadEntry<Fact>, listener: Listener, say: Words): string {
  const line = plain(lineOf(fact, listener))
  const by = (mended: { by: string; reason?: string | undefined }) =>
    [actorText(mended.by, listener), ...(mended.reason === undefined ? [] : [plain(mended.reason)])].join(', ')
  const notes = [
    ...(typedLate ? [say.typed(`${fact.recordedAt.slice(0, 10)} ${utcClock(Date.parse(fact.recordedAt))}`)] : []),
    ...(before.length > 0 && !fact.redacted ? [say.edited(before.map((text) => `“${plain(text)}”`).join(', '))] : []),
    ...(deleted ? [say.deleted(by(deleted))] : []),
    ...(redacted ? [say.redacted(by(redacted))] : []),
  ]
  const said = deleted ? `~~${line}~~` : line
  return `- **${utcClock(Date.parse(fact.happenedAt), 'seconds')}** ${said}${notes.map((note) => ` *(${note})*`).join('')}\n`
}

function gapText({ from, until }: Gap, say: Words): string {
  return `- *${say.gap(utcClock(from), Math.floor((until - from) / MINUTE))}*\n`
}

/** On one line, and nothing of it taken for Markdown or HTML. */
function plain(text: string): string {
  const lines = text.split('\n').map((line) => line.trim())
  return lines
    .filter((line) => line !== '')
    .join(' / ')
    .replace(/[\\`*_[\]<>|~]/g, '\\$&')
}

const english = {
  timeline: 'Timeline',
  severity: 'Severity',
  status: 'Status',
  service: 'Service',
  began: 'Began',
  ended: 'Ended',
  typed: (at: string) => `typed ${at}`,
  edited: (before: string) => `edited, before: ${before}`,
  deleted: (by: string) => `deleted by ${by}`,
  redacted: (by: string) => `taken away by ${by}`,
  gap: (from: string, minutes: number) => `From ${from}, ${minutes} min: no person, alert, change or update is told of.`,
}
type Words = typeof english

const german: Words = {
  timeline: 'Verlauf',
  severity: 'Schweregrad',
  status: 'Stand',
  service: 'Service',
  began: 'Begann',
  ended: 'Endete',
  typed: (at) => `geschrieben ${at}`,
  edited: (before) => `bearbeitet, vorher: ${before}`,
  deleted: (by) => `gelöscht von ${by}`,
  redacted: (by) => `entfernt von ${by}`,
  gap: (from, minutes) =>
    `Ab ${from}, ${minutes} Min.: von keiner Person, keinem Alert, keiner Änderung und keiner Mitteilung ist etwas bekannt.`,
}

const words: Record<Language, Words> = { en: english, de: german }
