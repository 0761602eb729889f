export const FORMATS = ['table', 'wide', 'json', 'yaml', 'csv', 'md', 'name'] as const
export type Format = (typeof FORMATS)[number]

/** For every command that prints data. */
export const printing = {
  output: {
    short: 'o',
    value: 'format',
    choices: FORMATS,
    summary: 'table on a terminal and json elsewhere, unless said; wide cuts nothing off',
  },
  json: { summary: 'the same as -o json' },
  field: {
    value: 'path',
    many: true,
    summary: 'only this of each, without quotes: number, next.people.0.person; several stand with a tab between',
  },
} as const

export const watching = { watch: { short: 'w', summary: 'keep it on screen and redraw when something happens' } } as const

export const dryRun = { dryRun: { summary: 'say what would be done, and do nothing' } } as const

export const yes = { yes: { short: 'y', summary: 'do not ask' } } as const

export const limit = { limit: { value: 'n', summary: 'at most this many (50)' } } as const

export const span = {
  since: { value: 'when', summary: 'opened then or later: 24h, "mon 09:00", 2026-01-05T09:00' },
  until: { value: 'when', summary: 'opened before then' },
} as const

export const severityOption = { value: '1-5', summary: 'how bad, 1 worst; also SEV1 or critical, error, warning, info' } as const

/** For what acts on incidents: some by name, some from a pipe, or all of one's own. */
export const incidentIds = [
  {
    name: 'ids',
    many: true,
    optional: true,
    names: 'incident',
    summary: '142, INC-142 or inc_…, several if you like; - reads them from standard input',
  },
] as const

export const mine = { mine: { short: 'm', summary: 'all open incidents that wait for you or that you have acknowledged' } } as const

export const files = {
  file: { short: 'f', value: 'path', many: true, summary: 'a file or a folder of documents, as often as you like; - reads standard input' },
} as const

/** Where the server is; every command that talks to one takes these. */
export const reaching = {
  server: { value: 'url', summary: 'the server, instead of TOCSIN_SERVER' },
  profile: { value: 'name', names: 'profile', summary: 'a server and its token from your profiles' },
} as const
