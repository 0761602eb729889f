import { expect, test } from 'vitest'
import { iso } from '../../kernel/time.ts'
import { type ImportFormat, type ImportRules, readImport } from './import.ts'

const NOW = Date.parse('2026-03-20T12:00:00Z')
const read = (format: ImportFormat, content: string, rules: Partial<ImportRules> = {}) =>
  readImport(content, { format, zone: 'UTC', now: NOW, ...rules })
const rows = (...args: Parameters<typeof read>) => {
  const { rows, bad } = read(...args)
  expect(bad).toEqual([])
  return rows.map(({ at, who, text }) => [iso(at), who ?? '', text])
}

test('a table as people keep it, with its times in their zone', () => {
  const table =
    'What we saw:\n\n| Time | Event | Who |\n|---|:--:|---|\n| 13:00 | Deployment **v2.3.1** | |\n| 13:05:30 | a \\| b | Li |\n\nLater.'
  expect(rows('markdown', table, { date: '2026-03-14', zone: 'Europe/Berlin' })).toEqual([
    ['2026-03-14T12:00:00.000Z', '', 'Deployment **v2.3.1**'],
    ['2026-03-14T12:05:30.000Z', 'Li', 'a | b'],
  ])
})

test('times that stand alone go on after midnight', () => {
  expect(rows('markdown', '|Uhrzeit|Ereignis|\n|-|-|\n|23:50|one|\n|00:10|two|\n|00:05 UTC|three|', { date: '2026-03-14' })).toEqual([
    ['2026-03-14T23:50:00.000Z', '', 'one'],
    ['2026-03-15T00:10:00.000Z', '', 'two'],
    ['2026-03-15T00:05:00.000Z', '', 'three'],
  ])
})

test('CSV with quotes, lines within them, semicolons, and the day in a column of its own', () => {
  const csv = '\uFEFFDate;Time;Author;Description\r\n2026-03-14;13:00;"Li ""W"" Wen";"first\nsecond"\r\n\r\n2026-03-14;13:01;;third\r\n'
  expect(rows('csv', csv)).toEqual([
    ['2026-03-14T13:00:00.000Z', 'Li "W" Wen', 'first\nsecond'],
    ['2026-03-14T13:01:00.000Z', '', 'third'],
  ])
})

test('JSON a line, each with a source and a name of its own', () => {
  const { rows } = read(
    'jsonl',
    '{"at":"2026-03-14T13:00:00+01:00","text":"a","source":"jira","ref":"OPS-1"}\n\n{"ts":1773489600,"message":"b"}\n',
  )
  expect(rows).toMatchObject([
    { at: Date.parse('2026-03-14T12:00:00Z'), source: 'jira', ref: 'OPS-1', text: 'a' },
    { at: Date.parse('2026-03-14T12:00:00Z'), source: 'jsonl', text: 'b' },
  ])
})

test('a day of a channel, as Slack exports it', () => {
  const messages = [
    {
      type: 'message',
      ts: '1773489600.000200',
      user: 'U1',
      user_profile: { real_name: 'Raj Iyer' },
      text: 'see &lt;graph&gt; <https://g.test/1|here>',
    },
    { type: 'message', subtype: 'channel_join', ts: '1773489601.000200', text: '<@U2> has joined' },
    { type: 'message', ts: '1773489602.000200', username: 'deploybot', text: 'v2.3.1 <@U2|lin>' },
  ]
  expect(rows('slack', JSON.stringify(messages))).toEqual([
    ['2026-03-14T12:00:00.000Z', 'Raj Iyer', 'see <graph> here'],
    ['2026-03-14T12:00:02.000Z', 'deploybot', 'v2.3.1 lin'],
  ])
  expect(read('slack', JSON.stringify(messages)).rows[0]).toMatchObject({ source: 'slack', ref: '1773489600.000200' })
})

test('a row without a name is named by what it says, so that it comes once', () => {
  const refs = (text: string, at: string) => read('jsonl', JSON.stringify({ at, text })).rows[0]!.ref
  expect(refs('a', '2026-03-14T13:00:00Z')).toBe(refs('a', '2026-03-14T14:00:00+01:00'))
  expect(refs('a', '2026-03-14T13:00:00Z')).not.toBe(refs('a', '2026-03-14T13:00:01Z'))
})

const faulty: [what: string, format: ImportFormat, content: string, line: number, message: RegExp][] = [
  ['a time without a day', 'markdown', '|Time|Event|\n|-|-|\n|13:00|x|', 3, /--date/],
  ['a time that is none', 'csv', 'time,event\n25:00,x', 2, /‹25:00› is no moment/],
  ['a day that is none', 'csv', 'time,event\n2026-02-30 10:00,x', 2, /is no moment/],
  ['no moment', 'csv', 'time,event\n,x', 2, /has no moment/],
  ['no text', 'jsonl', '{"at":"2026-03-14T13:00:00Z"}', 1, /says nothing/],
  ['the future', 'jsonl', '\n{"at":"2026-03-21T13:00:00Z","text":"x"}', 2, /still to come/],
  ['no JSON', 'jsonl', 'x', 1, /is no JSON object/],
  ['no array', 'slack', '{}', 1, /no array of messages/],
  ['no table', 'markdown', 'nothing', 1, /holds no table/],
  ['a table without times', 'markdown', '|Event|\n|-|\n|x|', 1, /names no column for a moment/],
  ['a table without texts', 'csv', 'time,colour\n13:00,red', 1, /names no column for a text/],
]
test.each(faulty)('%s is named by its line', (_what, format, content, line, message) => {
  const { rows, bad } = read(format, content)
  expect(rows).toEqual([])
  expect(bad).toMatchObject([{ line, message: expect.stringMatching(message) }])
})
