import { dryRun, mine, printing } from './shared.ts'
import { verb } from './verb.ts'

const id = { name: 'id', names: 'incident', summary: '142, INC-142 or inc_…' } as const
const seq = { name: 'entry', summary: 'the number of the entry, as `tocsin incident timeline` shows it' } as const
export const note = verb({
  words: 'note',
  summary: 'write on the timeline of incidents',
  arguments: [
    {
      name: 'idsAndText',
      many: true,
      optional: true,
      names: 'incident',
      summary: 'one or more incidents (- reads them from standard input), then the text',
    },
  ],
  options: {
    kind: { value: 'kind', choices: ['note', 'decision', 'observation'], summary: 'what it is; note unless said' },
    message: { value: 'text', summary: 'the text, when it looks like a number' },
    at: { value: 'when', summary: 'when it happened, if not now: 14:05, "20m ago", 2026-01-05T09:00' },
    ...mine,
    ...dryRun,
    ...printing,
  },
  examples: [
    'tocsin note 142 "Rolled back gateway 2.14"',
    'tocsin note 142 "p99 was over 4 s" --at 14:05 --kind observation',
    'tocsin note --mine "Handing over to Li"',
  ],
  sameAs: ['incident note'],
  alsoCalled: ['comment', 'incident note', 'incident comment'],
})

export const incidentTimeline = verb({
  words: 'incident timeline',
  summary: 'what happened, entry by entry, with what was mended and where nothing is told of',
  arguments: [id],
  options: {
    order: { value: 'order', choices: ['happened', 'recorded'], summary: 'by when it happened, unless said' },
    show: {
      value: 'what',
      many: true,
      choices: ['key', 'people', 'alerts', 'chat', 'changes', 'pages'],
      summary: 'only this; several are seen together',
    },
    ...printing,
  },
  examples: [
    'tocsin incident timeline 142',
    'tocsin incident timeline 142 --show key --show people',
    'tocsin incident timeline 142 -o csv',
  ],
  alsoCalled: ['timeline', 'incident log', 'incident history', 'entry list'],
})

export const incidentExport = verb({
  words: 'incident export',
  summary: 'an incident with its whole timeline, as a file',
  details:
    'md is to read, json for programs, bundle is sealed and signed: `tocsin incident verify` says, without a server, whether anything in it was changed.',
  arguments: [id],
  options: {
    format: { value: 'format', choices: ['md', 'json', 'bundle'], summary: 'md unless said' },
    file: { short: 'f', value: 'path', summary: 'write it there, not to standard output' },
  },
  examples: ['tocsin incident export 142 > inc-142.md', 'tocsin incident export 142 --format bundle -f inc-142.bundle.json'],
  alsoCalled: ['incident download', 'incident save', 'incident dump'],
})

export const incidentVerify = verb({
  words: 'incident verify',
  summary: 'check that a bundle is as it was signed; needs no server',
  details:
    'Every entry must fit the one before it, and the last one what was signed. Whose key signed it you compare yourself: give the one you know with --key.',
  arguments: [{ name: 'file', summary: 'the bundle; - reads standard input' }],
  options: { key: { value: 'key', summary: 'it must be signed by this key, as `tocsin api GET /signing-key` tells it' } },
  examples: ['tocsin incident verify inc-142.bundle.json'],
  exits: { 1: 'something was changed; the first entry that does not fit is named' },
  offline: true,
  alsoCalled: ['verify', 'incident check'],
})

export const incidentImport = verb({
  words: 'incident import-timeline',
  summary: 'put what others wrote down on the timeline, at the moments it happened',
  details:
    'A table in Markdown or CSV (a column for the time, one for what happened, maybe one for who), JSON a line, or the file of a day from a Slack export. What is there already, by its source and name or by what it says, is not added twice.',
  arguments: [id, { name: 'file', summary: 'the file; - reads standard input' }],
  options: {
    format: { value: 'format', choices: ['jsonl', 'csv', 'slack', 'markdown'], summary: 'by the name of the file, unless said' },
    date: { value: 'day', summary: 'the day of times that stand alone: 2026-03-14' },
    zone: { value: 'zone', summary: 'of times without an offset; yours unless said' },
    source: { value: 'name', summary: 'where it comes from; the format unless said' },
    ...dryRun,
    ...printing,
  },
  examples: [
    'tocsin incident import-timeline 142 notes.md --date 2026-03-14 --zone Europe/Berlin',
    'tocsin incident import-timeline 142 2026-03-14.json --dry-run',
  ],
  exits: { 2: 'a row cannot be used; nothing was added, and each such row is named by its line' },
  alsoCalled: ['incident import', 'import-timeline', 'timeline import'],
})

export const entryEdit = verb({
  words: 'entry edit',
  summary: 'say an entry of yours in other words',
  details: 'The words of before stay on the timeline.',
  arguments: [id, seq, { name: 'text', many: true, summary: 'the words it has from now on' }],
  options: { ...dryRun, ...printing },
  examples: ['tocsin entry edit 142 17 "Graphs are red in eu-1"'],
  exits: { 5: 'somebody else wrote it, or Tocsin did; or it was deleted or redacted' },
  alsoCalled: ['entry update', 'note edit', 'timeline edit'],
})

export const entryDelete = verb({
  words: 'entry delete',
  summary: 'take an entry of yours back',
  details: 'It stays on the timeline, as deleted.',
  arguments: [id, seq],
  options: { reason: { value: 'text', summary: 'why' }, ...dryRun, ...printing },
  examples: ['tocsin entry delete 142 17 --reason "said too soon"'],
  exits: { 5: 'somebody else wrote it, or Tocsin did' },
  alsoCalled: ['entry remove', 'note delete', 'timeline delete'],
})

export const entryRedact = verb({
  words: 'entry redact',
  summary: 'take away for good what an entry says, such as a password',
  details: 'For admins. Its digest stays, so that the timeline can still be verified.',
  arguments: [id, seq],
  options: { reason: { value: 'text', summary: 'why it may not stay' }, ...dryRun, ...printing },
  examples: ['tocsin entry redact 142 17 --reason "a password"'],
  exits: { 5: 'it was sealed by an older version, over its own words' },
  alsoCalled: ['entry erase', 'note redact', 'timeline redact'],
})
