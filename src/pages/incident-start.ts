import { brotliCompressSync, constants } from 'node:zlib'
import { LANGUAGES, type Language } from '../kernel/language.ts'
import { SECOND } from '../kernel/time.ts'
import { within } from '../platform/deadlines.ts'
import { type RawReply, type RawRequest, type RawRoute, SECURITY_HEADERS } from '../platform/http.ts'
import { accepts, builtPage } from '../platform/static-files.ts'
import { html, type Markup } from './html.ts'
import { severityMark } from './marks.ts'
import { languageOf } from './shell.ts'
import { pageWords } from './words.ts'

export interface IncidentStartParts {
  /** The folder of the built web application. */
  web: string
  /** What the API answers whoever sent these headers; undefined for anything but a yes. */
  look(path: string, headers: RawRequest['headers']): Promise<string | undefined>
  /** Where the live stream stands. */
  end(): Promise<string>
}

/** The database gets so long; then the page comes without, as it does for strangers, and asks for itself. */
const WITHIN_MS = 1.5 * SECOND
/** More than this is not worth a longer wait for the first words. */
const REPLY_LETTERS_MAX = 40_000

interface Seen {
  number: string
  title: string
  severity: number
  status: string
  acknowledgedBy: string | null
}

/**
 * The application's page for one incident, as whoever was woken opens it on a slow line: what it is and who has it
 * stands in the page and is read before any script has come, and what the scripts ask for first is there already.
 */
export function incidentStartRoute({ web, look, end }: IncidentStartParts): RawRoute {
  const built = builtPage(web)
  const page = built === undefined ? '' : withChunk(built)

  async function handle({ params, headers }: RawRequest): Promise<RawReply> {
    if (page === '') return { status: 404, body: 'There is nothing here.\n', headers: { 'content-type': 'text/plain; charset=utf-8' } }
    const number = params['number']!
    const known = /^[1-9]\d{0,9}$/.test(number) && headers['cookie'] !== undefined
    const start = known ? await within(WITHIN_MS, 'Looking at an incident', startOf(number, headers)).catch(() => undefined) : undefined
    return reply(start === undefined ? page : filled(page, start), headers)
  }

  async function startOf(number: string, asked: RawRequest['headers']) {
    // Before all that is read: what happens from here on is told by the stream.
    const live = await end()
    const whose = { cookie: asked['cookie'] }
    const me = await look('/me', { ...whose, 'accept-language': asked['accept-language'] })
    if (me === undefined) return undefined
    const chosen = (JSON.parse(me) as { person: { language?: string | null; timeZone?: string | null } | null }).person
    const language = LANGUAGES.find((one) => one === chosen?.language) ?? languageOf(asked)
    const reader = { 'accept-language': language, 'time-zone': chosen?.timeZone ?? 'UTC' }
    const paths = pathsOf(number)
    const replies = await Promise.all(paths.map((path) => look(path, { ...whose, ...reader })))
    const here = [['/me', me] as const, ...paths.map((path, place) => [path, replies[place]] as const)]
    const read = <Reply>(path: string) => {
      const text = here.find(([one]) => one === path)?.[1]
      return text === undefined ? undefined : (JSON.parse(text) as Reply)
    }
    const incident = read<Seen>(`/incidents/${number}`)
    if (!incident) return undefined
    const people = read<{ items: { name: string; spec: { displayName?: string } }[] }>(PEOPLE)?.items ?? []
    const holder = people.find(({ name }) => name === incident.acknowledgedBy)?.spec.displayName ?? incident.acknowledgedBy
    const kept = here.filter(([, text]) => text !== undefined && text.length <= REPLY_LETTERS_MAX)
    const told = kept.map(([path, text]) => `${JSON.stringify(`/api/v1${path}`)}:${text}`).join(',')
    const data = `{"language":${JSON.stringify(language)},"live":${JSON.stringify(live)},"replies":{${told}}}`
    return { data, head: headOf(incident, holder, language) }
  }

  return { method: 'GET', path: '/i/:number', permission: 'public', callerWithinMs: 0, handle }
}

const PEOPLE = '/configuration/people?limit=200'

/** What the application asks for on this page, letter by letter (`src/web/data/queries.ts`). */
function pathsOf(number: string): string[] {
  const incident = `/incidents/${number}`
  return [
    ...[incident, `${incident}/escalation`, `${incident}/timeline?limit=200`, `${incident}/pages?limit=200`],
    ...[`/alerts?incident=${number}&limit=200`, '/incidents?status=open&limit=200', '/on-call?limit=200', PEOPLE],
    ...['/me/preferences', '/demo', '/pause'],
  ]
}

function headOf({ number, title, severity, status, acknowledgedBy }: Seen, holder: string | null, language: Language): Markup {
  const { done, start } = { done: pageWords[language].night.done, start: pageWords[language].start }
  const state = status === 'resolved' ? done.resolved(null) : acknowledgedBy === null ? start.notAcknowledged : done.acknowledged(holder)
  return html`<main class="start" lang="${language}"><div class="incident-title">${severityMark(severity, 30, `SEV${severity}`)}<h1>${title}</h1></div><p class="start-state"><span class="mono dim">${number}</span> <strong>${state}</strong></p></main>`
}

/** Its screen is fetched along with the rest, not after it. */
function withChunk({ text, assets }: { text: string; assets: string[] }): string {
  const chunk = assets.find((name) => /^work-.*\.js$/.test(name))
  return chunk === undefined ? text : text.replace('</head>', `<link rel="modulepreload" crossorigin href="/assets/${chunk}"></head>`)
}

/** As data it runs nowhere, so the content policy lets it be; nothing in it can end its element. */
function filled(page: string, { data, head }: { data: string; head: Markup }): string {
  const element = `<script type="application/json" id="start">${data.replaceAll('<', '\\u003c')}</script>`
  return page.replace('<div id="root">', () => `${head.text}${element}<div id="root">`)
}

function reply(page: string, headers: RawRequest['headers']): RawReply {
  const isPacked = accepts(headers, 'br')
  return {
    status: 200,
    body: isPacked ? brotliCompressSync(page, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }) : page,
    headers: {
      ...SECURITY_HEADERS,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      vary: 'accept-encoding',
      ...(isPacked && { 'content-encoding': 'br' }),
    },
  }
}
