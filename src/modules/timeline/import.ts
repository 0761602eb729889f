import { hash } from 'node:crypto'
import { storable } from '../../kernel/text.ts'
import { DAY, HOUR, type Instant, iso, parseInstant, SECOND } from '../../kernel/time.ts'
import { instantOf, type LocalTime, zoneOf } from '../../kernel/zone.ts'
import { readCsv, readMarkdownTable, type TableRow } from './import-tables.ts'

export const IMPORT_FORMATS = ['jsonl', 'csv', 'slack', 'markdown'] as const
export type ImportFormat = (typeof IMPORT_FORMATS)[number]

/** One thing that happened, as others wrote it down. */
export interface ImportedRow {
  at: Instant
  text: string
  who?: string
  source: string
  /** Its name there; of a row without one, what it says. */
  ref: string
}

export interface BadRow {
  line: number
  message: string
}

export interface ImportRules {
  format: ImportFormat
  /** Of rows that name none. */
  source?: string | undefined
  /** The day of times that stand alone: 2026-03-14. */
  date?: string | undefined
  /** Of times without an offset. */
  zone: string
  now: Instant
}

export const ROWS_MAX = 2000
const TEXT_MAX = 10_000
const NAME_MAX = 200

/** A row as it stands there: nothing is known of it yet. */
interface RawRow {
  line: number
  at?: unknown
  text?: unknown
  who?: unknown
  source?: unknown
  ref?: unknown
}

/** What a file says that happened; every row that cannot be used is named by its line. */
export function readImport(content: string, rules: ImportRules): { rows: ImportedRow[]; bad: BadRow[] } {
  const rows: ImportedRow[] = []
  const bad: BadRow[] = []
  const moments = momentReader(rules)
  for (const raw of rawRows(content, rules.format)) {
    if ('message' in raw) {
      bad.push(raw)
      continue
    }
    const row = rowOf(raw, moments, rules)
    if (typeof row === 'string') bad.push({ line: raw.line, message: row })
    else rows.push(row)
  }
  return { rows, bad }
}

function rowOf(raw: RawRow, momentOf: (written: unknown) => Instant | string, { format, source, now }: ImportRules): ImportedRow | string {
  const text = storable(plainOf(raw.text)).trim()
  if (text === '') return 'says nothing: a row has a moment and a text'
  if (text.length > TEXT_MAX) return `is longer than ${TEXT_MAX} letters`
  const at = momentOf(raw.at)
  if (typeof at === 'string') return at
  if (at > now) return `happened ${iso(at)}, which is still to come; write a moment that has passed`
  const [who, from, ref] = [raw.who, raw.source, raw.ref].map((value) => storable(plainOf(value)).trim().slice(0, NAME_MAX))
  return {
    at,
    text,
    ...(who && { who }),
    source: from || (source ?? format),
    ref: ref || hash('sha256', `${iso(at)}\n${who}\n${text}`).slice(0, 32),
  }
}

function plainOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** Reads moments row by row: times that stand alone go on to the next day where midnight lies between two of them. */
function momentReader({ date, zone: name, format }: ImportRules): (written: unknown) => Instant | string {
  const zone = zoneOf(name)
  let day: LocalTime | undefined
  let before: number | undefined
  return (written) => {
    const text = plainOf(written).trim()
    if (text === '') return 'has no moment'
    const exact = parseInstant(text) ?? (format === 'slack' || format === 'jsonl' ? ofEpoch(text) : undefined)
    if (exact !== undefined) return exact
    const dated = /^(\d{4}-\d\d-\d\d)(?:[T ]+(\d{1,2}:\d\d(?::\d\d)?)(?:\.\d+)?)?( ?(?:UTC|Z))?$/i.exec(text)
    const [midnight, time] = dated ? [dayOf(dated[1]!), timeOf(dated[2] ?? '')] : []
    if (midnight !== undefined && time !== undefined) return instantOf(dated![3] ? UTC : zone, midnight + time)
    const alone = /^(\d{1,2}:\d\d(?::\d\d)?)( ?(?:UTC|Z))?$/i.exec(text)
    const clock = alone ? timeOf(alone[1]!) : undefined
    if (clock === undefined)
      return `‹${text.slice(0, 40)}› is no moment; write 2026-03-14T13:05:00Z, 2026-03-14 13:05, or 13:05 with the day said beside`
    day ??= dayOf(date ?? '')
    if (day === undefined) return `‹${text}› is a time without a day; say which (\`date\`, --date 2026-03-14)`
    if (before !== undefined && before - clock > 12 * HOUR) day += DAY
    before = clock
    return instantOf(alone![2] ? UTC : zone, day + clock)
  }
}

const UTC = zoneOf('UTC')

/** Seconds since 1970 as Slack writes them, or milliseconds. */
function ofEpoch(text: string): Instant | undefined {
  if (/^\d{10}(\.\d+)?$/.test(text)) return Math.floor(Number(text) * SECOND)
  return /^\d{13}$/.test(text) ? Number(text) : undefined
}

/** Undefined where the calendar has no such day. */
export function dayOf(text: string): LocalTime | undefined {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00Z`) : Number.NaN
  return !Number.isNaN(day) && iso(day).startsWith(text) ? day : undefined
}

function timeOf(text: string): number | undefined {
  const found = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/.exec(text)
  if (!found) return undefined
  const [hour, minute, second] = [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)]
  return hour < 24 && minute < 60 && second < 60 ? hour * HOUR + minute * 60 * SECOND + second * SECOND : undefined
}

function rawRows(content: string, format: ImportFormat): (RawRow | BadRow)[] {
  const plain = content.replace(/^\uFEFF/, '')
  switch (format) {
    case 'jsonl':
      return readJsonLines(plain)
    case 'slack':
      return readSlack(plain)
    case 'csv':
      return readTable(readCsv(plain))
    case 'markdown':
      return readTable(readMarkdownTable(plain))
  }
}

/** What columns are called, by what they hold. */
const CALLED: Record<Exclude<keyof RawRow, 'line'>, string[]> = {
  at: ['at', 'happenedat', 'time', 'timestamp', 'datetime', 'when', 'moment', 'ts', 'zeit', 'zeitpunkt', 'uhrzeit', 'wann'],
  text: [
    'text',
    'event',
    'what',
    'message',
    'note',
    'entry',
    'description',
    'summary',
    'action',
    'ereignis',
    'was',
    'beschreibung',
    'notiz',
  ],
  who: ['who', 'author', 'user', 'person', 'by', 'name', 'actor', 'wer', 'von'],
  source: ['source', 'quelle'],
  ref: ['ref', 'id', 'reference', 'key'],
}
const DAYS = ['date', 'day', 'datum', 'tag']

function cellOf(record: Map<string, unknown>, called: string[]): unknown {
  const name = called.find((one) => record.has(one))
  return name === undefined ? undefined : record.get(name)
}

function rawOf(line: number, record: Map<string, unknown>): RawRow {
  const [day, time] = [cellOf(record, DAYS), cellOf(record, CALLED.at)]
  const at = plainOf(day) === '' ? time : [plainOf(day), plainOf(time)].filter((part) => part !== '').join(' ')
  const { text, who, source, ref } = CALLED
  return { line, at, text: cellOf(record, text), who: cellOf(record, who), source: cellOf(record, source), ref: cellOf(record, ref) }
}

function keyed(record: Iterable<[string, unknown]>): Map<string, unknown> {
  return new Map([...record].map(([name, value]) => [name.toLowerCase().replace(/[^a-zäöüß]/g, ''), value]))
}

function readTable(rows: TableRow[]): (RawRow | BadRow)[] {
  const [head, ...others] = rows
  if (!head) return [{ line: 1, message: 'holds no table: the first row names the columns, such as time and event' }]
  const record = (cells: string[]) => keyed(head.cells.map((name, i): [string, string] => [name, cells[i] ?? '']))
  const names = record([])
  for (const [wanted, called] of [
    ['a moment', [...CALLED.at, ...DAYS]],
    ['a text', CALLED.text],
  ] as const)
    if (!called.some((name) => names.has(name)))
      return [
        { line: head.line, message: `names no column for ${wanted}; call it ${wanted === 'a text' ? 'event or text' : 'time or at'}` },
      ]
  return others.map(({ line, cells }) => rawOf(line, record(cells)))
}

function readJsonLines(content: string): (RawRow | BadRow)[] {
  return content.split('\n').flatMap((text, i): (RawRow | BadRow)[] => {
    if (text.trim() === '') return []
    const value = parsed(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return [{ line: i + 1, message: 'is no JSON object; write one a line: {"at": "2026-03-14T13:05:00Z", "text": "Rolled back"}' }]
    return [rawOf(i + 1, keyed(Object.entries(value)))]
  })
}

interface SlackMessage {
  type?: unknown
  subtype?: unknown
  ts?: unknown
  text?: unknown
  user?: unknown
  username?: unknown
  user_profile?: { real_name?: unknown; display_name?: unknown }
}

/** Who came and went is no account of what happened. */
const SLACK_NOISE = /^(channel|group)_(join|leave|name|topic|purpose|archive|unarchive)$/

/** One day of one channel, as Slack exports it: an array of messages. Lines are counted by messages. */
function readSlack(content: string): (RawRow | BadRow)[] {
  const value = parsed(content)
  const { messages = value } = (value ?? {}) as { messages?: unknown }
  if (!Array.isArray(messages)) return [{ line: 1, message: 'is no array of messages; export the channel and take the file of the day' }]
  return (messages as SlackMessage[]).flatMap((message, i): (RawRow | BadRow)[] => {
    if (typeof message !== 'object' || message === null) return [{ line: i + 1, message: 'is no message' }]
    const { type, subtype, ts, text, user, username, user_profile: profile } = message
    if ((type !== undefined && type !== 'message') || SLACK_NOISE.test(plainOf(subtype)) || plainOf(text).trim() === '') return []
    const who = [profile?.display_name, profile?.real_name, username, user].map(plainOf).find((name) => name !== '')
    return [{ line: i + 1, at: ts, text: unescaped(plainOf(text)), who, ref: ts }]
  })
}

/** Links as their address, mentions as their name where Slack says it; what it escapes, as it was typed. */
function unescaped(text: string): string {
  return text
    .replace(/<[@#!]?(?:[^|<>]*\|)?([^|<>]+)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
