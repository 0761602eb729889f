import { DAY, SECOND } from '../../../kernel/time.ts'
import type { IsDemo } from '../../product/demo-parts.ts'
import type { IncidentView, OnCallView, ScheduleView, ServiceView } from '../../product/kinds.ts'
import { isOnPurpose } from '../../product/on-call-cells.ts'
import { lengthOf } from '../../text/moments.ts'

/** One line of the doctor: what was looked at, how it is, and the line that mends it. */
export interface Check {
  level: 'ok' | 'warn' | 'fail'
  what: string
  text: string
  fix?: string
}

/** What /readyz tells a trusted caller; a newer server tells more, an older one less. */
export interface Readiness {
  ready: boolean
  why: string[]
  /** What is wrong although it works. */
  warnings?: string[]
  version: string
  schema: number
  loops: { name: string; lastError: string | null; lastSuccessAt: string | null }[]
  /** The server's clock, on which everything is due. */
  now?: string
  publicUrl?: string
  mail?: { configured: boolean; from?: string | null }
  paused?: { since: string; because: string } | null
}

export function engineChecks({ why, warnings = [], loops, schema, paused }: Readiness, answeredMs: number): Check[] {
  const database = why.filter((reason) => /database/.test(reason))
  const late = why.filter((reason) => !/database/.test(reason))
  return [
    database.length === 0
      ? ok('database', `answers, schema ${schema}, ${Math.round(answeredMs)} ms there and back`)
      : fail('database', database.join('; '), 'see the log of the server, and `DATABASE_URL`'),
    late.length === 0
      ? ok('engine', `${loops.length} loops, none late`)
      : fail('engine', late.join('; '), 'see the log of the server; a restart loses nothing'),
    ...(paused ? [fail('paging', `paused since ${paused.since}, nobody is paged: ${paused.because}`, 'tocsin resume')] : []),
    ...warnings.filter((text) => !paused || !text.startsWith('paused ')).map((text) => warn('engine', text)),
  ]
}

export function versionCheck(server: string, ours: string): Check {
  return server === ours
    ? ok('version', server)
    : warn('version', `the server is ${server}, this command line is ${ours}`, 'use the command line that came with the server')
}

const CLOCK_OFF_MS = 5 * SECOND

/** HTTP tells whole seconds: what is within one is as good as none. */
export function clockCheck(offsetMs: number): Check {
  const off = Math.abs(offsetMs)
  if (off < 2 * SECOND) return ok('clock', 'the server and this machine agree within a second or two')
  const text = `the server is ${lengthOf(off)} ${offsetMs > 0 ? 'ahead of' : 'behind'} this machine`
  return off < CLOCK_OFF_MS ? ok('clock', text) : warn('clock', text, 'set the clocks by NTP: times on screens and in logs will disagree')
}

export function mailCheck(mail: Readiness['mail'], byMailOnly: string[]): Check[] {
  if (mail === undefined) return [warn('mail', 'this server does not tell whether mail can leave it')]
  if (mail.configured) return [ok('mail', `leaves as ${mail.from ?? 'its sender'}`)]
  if (byMailOnly.length > 0)
    return [fail('mail', `not set, and ${byMailOnly.join(', ')} can be reached by mail only`, 'set TOCSIN_SMTP_URL and TOCSIN_MAIL_FROM')]
  return [ok('mail', 'not set, and nobody on call needs it')]
}

export function linksCheck(publicUrl: string | undefined, reachable: boolean | null): Check {
  if (publicUrl === undefined) return warn('links', 'this server does not tell its public address')
  if (/^https?:\/\/(localhost|127\.|\[::1\])/.test(publicUrl))
    return warn('links', `pages link to ${publicUrl}, which opens on this machine only`, 'start with --url https://… as people reach it')
  if (reachable === false)
    return fail('links', `pages link to ${publicUrl}, which does not answer from here`, 'check --url, DNS and the proxy in front')
  return publicUrl.startsWith('https:')
    ? ok('links', publicUrl)
    : warn('links', `pages link to ${publicUrl}, which is not encrypted`, 'put it behind HTTPS and set --url')
}

/** Every level of every policy leads to somebody, and everybody it leads to can be reached. The demo company is left out. */
export function reachChecks(everybody: readonly OnCallView[], isDemo: IsDemo, now: number): Check[] {
  const all = everybody.filter((row) => !isDemo(row) && (row.catchAll || !isOnPurpose(row)))
  const levels = new Map<string, OnCallView[]>()
  for (const row of all)
    if (row.policy !== null) levels.set(`${row.policy} ${row.level}`, [...(levels.get(`${row.policy} ${row.level}`) ?? []), row])
  const people = new Map<string, OnCallView>()
  for (const row of all) if (row.person !== null) people.set(row.person, people.get(row.person) ?? row)
  const wrong = [
    ...[...levels.values()].filter((rows) => rows.every(({ person }) => person === null)).map((rows) => emptyLevel(rows[0]!)),
    ...[...people.values()].flatMap((one) => outOfReach(one, now)),
  ]
  if (wrong.length > 0) return wrong
  if (levels.size === 0) {
    const why =
      everybody.length > 0 ? 'nobody but the demo company: nobody would be paged in earnest' : 'no escalation policy: nobody would be paged'
    return [warn('on call', why, 'tocsin apply -f examples/first-steps.yaml')]
  }
  return [ok('on call', `${levels.size} levels lead to ${people.size} ${people.size === 1 ? 'person' : 'people'}, each with a contact`)]
}

/** A level of nobody is passed over at once; a catch-all of nobody is the end. */
function emptyLevel({ policy, level, catchAll, why }: OnCallView): Check {
  const found = catchAll ? fail : warn
  return found(
    'on call',
    `${policy}, ${catchAll ? 'catch-all' : `level ${level}`}: ${phrase(why)}`,
    `put somebody there: tocsin policy show ${policy}`,
  )
}

function outOfReach({ person, displayName, reachable }: OnCallView, now: number): Check[] {
  if (reachable.length === 0)
    return [
      fail(
        'people',
        `${displayName} is on call and has no contact`,
        `give ${displayName} a contact: tocsin export --kind people --name ${person}`,
      ),
    ]
  if (!reachable.every(({ reaches }) => reaches === 'this screen')) return unprovenLately(now, { person, displayName, reachable })
  return [
    warn('people', `${displayName} is on call with a phone drawn on a screen, which rings nowhere`, `give ${displayName} another contact`),
  ]
}

/** As long as the server's own check of people allows. */
const PROVEN_FOR_MS = 30 * DAY

/** What worked once, and was not heard for a month: it may be muted, or ring in other hands. */
function unprovenLately(
  now: number,
  { person, displayName, reachable }: Pick<OnCallView, 'person' | 'displayName' | 'reachable'>,
): Check[] {
  const old = reachable.filter(
    ({ state, lastDeliveredAt }) => state === 'works' && lastDeliveredAt !== null && now - Date.parse(lastDeliveredAt) > PROVEN_FOR_MS,
  )
  if (old.length === 0) return []
  const which = old.map(({ contact }) => contact).join(', ')
  return [warn('people', `${displayName}: nothing has arrived by ${which} for 30 days`, `let it ring: tocsin person page ${person}`)]
}

/** A sentence as the end of another. */
function phrase(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`
}

/** On call, and reached by mail alone. */
export function byMailOnly(all: readonly OnCallView[]): string[] {
  const found = all.filter(({ reachable }) => reachable.length > 0 && reachable.every(({ reaches }) => reaches === 'an inbox'))
  return [...new Set(found.flatMap(({ displayName }) => (displayName === null ? [] : [displayName])))]
}

export function gapChecks(schedules: readonly ScheduleView[], dayText: (at: string) => string): Check[] {
  const gaps = schedules.flatMap(({ name, nextGap }) => (nextGap ? [{ name, nextGap }] : []))
  if (gaps.length === 0) return schedules.length === 0 ? [] : [ok('schedules', `${schedules.length} without a gap in the next 14 days`)]
  return gaps.map(({ name, nextGap: { from, until } }) =>
    warn(
      'schedules',
      `${name} has nobody from ${dayText(from)}, ${lengthOf(Date.parse(until) - Date.parse(from))}`,
      `tocsin schedule gaps ${name}`,
    ),
  )
}

export function serviceChecks(services: readonly ServiceView[]): Check[] {
  const silent = services.filter(({ policy }) => policy === null)
  return silent.map(({ name }) =>
    warn('services', `${name} has no escalation policy: its alerts page nobody`, `write policy: into the service ${name}`),
  )
}

/** Alarms Tocsin raised about itself. */
export function ownAlarmChecks(open: readonly IncidentView[]): Check[] {
  return open.map(({ number, title }) => fail('alarm', `${number} ${title}`, `tocsin incident show ${number}`))
}

export function ok(what: string, text: string): Check {
  return { level: 'ok', what, text }
}

export function warn(what: string, text: string, fix?: string): Check {
  return { level: 'warn', what, text, ...(fix !== undefined && { fix }) }
}

export function fail(what: string, text: string, fix?: string): Check {
  return { level: 'fail', what, text, ...(fix !== undefined && { fix }) }
}
