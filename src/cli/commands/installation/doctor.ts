import { momentText } from '../../../kernel/moment.ts'
import { CommandError } from '../../errors.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printOne } from '../../printing.ts'
import { demoTeller } from '../../product/demo-parts.ts'
import { everything } from '../../product/lists.ts'
import { type Server, tokenRefused } from '../../server/connect.ts'
import type { Session } from '../../session.ts'
import { type Text, tone } from '../../text/spans.ts'
import type { doctor } from '../../verbs/installation.ts'
import type { InputOf } from '../../verbs/verb.ts'
import {
  byMailOnly,
  type Check,
  clockCheck,
  engineChecks,
  fail,
  gapChecks,
  linksCheck,
  mailCheck,
  ok,
  ownAlarmChecks,
  type Readiness,
  reachChecks,
  serviceChecks,
  versionCheck,
} from './checks.ts'

/** Every failure prints the line that mends it; the exit code is for cron. */
export async function examine(session: Session, input: InputOf<typeof doctor>): Promise<ExitCode> {
  const checks = await allChecks(session)
  const counts = { ok: 0, warn: 0, fail: 0 }
  for (const { level } of checks) counts[level]++
  printOne(session, input, {
    value: { ok: counts.fail === 0, checks },
    name: counts.fail === 0 ? 'ok' : 'fail',
    lines: () => [...checks.flatMap(checkLines), summaryLine(counts)],
  })
  return counts.fail === 0 ? EXIT.ok : EXIT.failed
}

async function allChecks(session: Session): Promise<Check[]> {
  const server = session.server()
  let reached: Reached
  try {
    reached = await askReadiness(session, server)
  } catch (error) {
    if (error instanceof CommandError && error.exit === EXIT.failed) return [fail('server', error.message, error.mend)]
    throw error
  }
  const { readiness, answeredMs, clockOffsetMs } = reached
  const engine = [
    ok('server', `${server.url}, from ${server.through}`),
    versionCheck(readiness.version, session.version),
    ...engineChecks(readiness, answeredMs),
    clockCheck(clockOffsetMs),
  ]
  const databaseAway = readiness.why.some((reason) => /database/.test(reason))
  return databaseAway ? engine : [...engine, ...(await peopleChecks(session, readiness))]
}

interface Reached {
  readiness: Readiness
  answeredMs: number
  clockOffsetMs: number
}

async function askReadiness(session: Session, server: Server): Promise<Reached> {
  const asked = session.now()
  const begun = performance.now()
  const response = await server.request('/readyz')
  const answeredMs = performance.now() - begun
  const text = await response.text()
  if (!(response.headers.get('content-type') ?? '').includes('json')) {
    // Strangers are told no more than one word.
    if (/^(not )?ready\n$/.test(text)) {
      if (server.token !== null) throw tokenRefused(server)
      throw new CommandError(
        EXIT.signIn,
        'The server does not know you, and tells strangers nothing.',
        'Set TOCSIN_TOKEN, or name a profile with --profile.',
      )
    }
    throw new CommandError(
      EXIT.failed,
      `${server.url} answered ${response.status}, but not as Tocsin does.`,
      `Is the address right? It comes from ${server.through}.`,
    )
  }
  const readiness = JSON.parse(text) as Readiness
  // An older server tells its clock by the header alone, cut to the second: half a second is added on average.
  const told = readiness.now === undefined ? Date.parse(response.headers.get('date') ?? '') + 500 : Date.parse(readiness.now)
  const clockOffsetMs = Number.isNaN(told) ? 0 : told - (asked + answeredMs / 2)
  return { readiness, answeredMs, clockOffsetMs }
}

async function peopleChecks(session: Session, { mail, publicUrl }: Readiness): Promise<Check[]> {
  const { api } = session.server()
  const [onCall, schedules, services, alarms] = await Promise.all([
    everything((query) => api.listOnCall({ query })),
    everything((query) => api.listSchedules({ query })),
    everything((query) => api.listServices({ query })),
    api.listIncidents({ query: { status: ['open'], service: ['tocsin'] } }),
  ])
  const isDemo = await demoTeller(session, schedules)
  const real = <One extends { origin: { kind: string } }>(all: One[]) => all.filter(({ origin }) => origin.kind !== 'demo')
  return [
    ...mailCheck(mail, byMailOnly(onCall)),
    linksCheck(publicUrl, publicUrl === undefined ? null : await answers(publicUrl)),
    ...reachChecks(onCall, isDemo, session.now()),
    ...gapChecks(real(schedules), (at) => momentText(Date.parse(at), session.now(), { language: 'en', zone: session.zone })),
    ...serviceChecks(real(services)),
    ...ownAlarmChecks(alarms.items),
  ]
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`, { signal: AbortSignal.timeout(5000) }).then(
    ({ ok }) => ok,
    () => false,
  )
}

function checkLines({ level, what, text, fix }: Check): Text[] {
  const sign = level === 'ok' ? tone('done', 'ok') : level === 'warn' ? tone('soon', '! ') : tone('missing', 'x ')
  return [
    [sign, '  ', tone(level === 'ok' ? 'dim' : 'strong', what.padEnd(9)), '  ', text],
    ...(fix === undefined ? [] : [[' '.repeat(15), tone('dim', 'mend: '), fix]]),
  ]
}

function summaryLine(counts: Record<Check['level'], number>): Text {
  return [
    tone('strong', `${counts.ok} ok`),
    ', ',
    counts.warn > 0 ? tone('soon', `${counts.warn} to look at`) : 'none to look at',
    ', ',
    counts.fail > 0 ? tone('missing', `${counts.fail} wrong`) : 'none wrong',
  ]
}
