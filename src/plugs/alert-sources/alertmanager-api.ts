import { type Instant, iso } from '../../kernel/time.ts'
import type { Signal } from '../../modules/alerts/signal.ts'
import type { AlertSource, Answer, ReadContext, Reading } from '../../modules/intake/source.ts'
import { prometheusSnippets, webhookExample } from './alertmanager.ts'
import { GROUP_MAX, readContent } from './alertmanager-alerts.ts'
import { keyedAddress } from './connect.ts'
import { isObject, type JsonObject, parseJson } from './json.ts'
import { instantOf, Problems } from './signal-parts.ts'

/** `POST /api/v2/alerts` as Alertmanager serves it: Prometheus, amtool and others send straight to us. */
export const alertmanagerApi: AlertSource = {
  name: 'alertmanager-api',
  title: 'Prometheus',
  read,
  example: (test) => webhookExample(test).alerts.map(({ labels, annotations }) => ({ labels, annotations, startsAt: iso(test.now) })),
  address: keyedAddress,
  doors: [{ method: 'POST', path: '/in/:key/api/v2/alerts', key: { in: 'path' } }],
  connect: prometheusSnippets,
  unknownKey: said(404, 'no integration has this key'),
  overloaded: { ...said(503, 'overloaded, please send it again'), headers: { 'Content-Type': 'application/json', 'Retry-After': '5' } },
  tooLarge: said(413, 'the body is too large: at most 16 MB, 32 MB inflated'),
  bodyMax: GROUP_MAX,
}

/** The same list at `/api/v1/alerts`, as Alertmanager served it until 0.27: Loki, Thanos and ElastAlert of those years send there. */
export const alertmanagerApiV1: AlertSource = {
  ...alertmanagerApi,
  name: 'alertmanager-api-v1',
  title: 'Prometheus (API v1)',
  doors: [{ method: 'POST', path: '/in/:key/api/v1/alerts', key: { in: 'path' } }],
  read: (body, context) => {
    const reading = read(body, context)
    const { status } = reading.answer
    return { ...reading, answer: status < 400 ? { status, body: { status: 'success' } } : badData(status, reading.problems.join('; ')) }
  },
  unknownKey: badData(404, 'no integration has this key'),
  overloaded: { ...badData(503, 'overloaded, please send it again'), headers: { 'Retry-After': '5' } },
  tooLarge: badData(413, 'the body is too large: at most 4 MB, 8 MB inflated'),
}

function badData(status: number, error: string): Answer {
  return { status, body: { status: 'error', errorType: status === 503 ? 'server_error' : 'bad_data', error } }
}

function read(body: Buffer, context: ReadContext): Reading {
  const parsed = parseJson(body)
  if ('problem' in parsed) return unreadable(parsed.problem)
  if (!Array.isArray(parsed.value)) return unreadable('The body has to be a list of alerts.')
  const signals: Signal[] = []
  const problems = new Problems()
  for (const [index, alert] of parsed.value.entries()) {
    const signal = isObject(alert) ? readAlert(alert, context.now) : 'has to be an object'
    if (typeof signal === 'string') problems.add(`alerts[${index}]: ${signal}`)
    else signals.push(signal)
  }
  if (problems.list.length > 0) return { signals, problems: problems.list, answer: said(400, problems.list.join('; ')) }
  return { signals, problems: [], answer: { status: 200, body: '' } }
}

/** Here the end says whether an alert fires: a past one resolves it, a future one lets it lapse unless it is sent again. */
function readAlert(alert: JsonObject, now: Instant): Signal | string {
  const signal = readContent(alert)
  if (typeof signal === 'string') return signal
  const endsAt = instantOf(alert['endsAt'], 'endsAt', signal.warnings)
  signal.startsAt = instantOf(alert['startsAt'], 'startsAt', signal.warnings) ?? Math.min(now, endsAt ?? now)
  if (endsAt === undefined) return signal
  if (endsAt < signal.startsAt) return 'start time must be before end time'
  if (endsAt <= now) signal.action = 'resolve'
  signal.endsAt = endsAt
  return signal
}

function unreadable(problem: string): Reading {
  const message = `parsing alerts body from "" failed, because ${problem}`
  return { signals: [], problems: [problem], answer: { status: 400, body: { code: 400, message } } }
}

/** Alertmanager's own refusals are a JSON text, quotes included. */
function said(status: number, message: string): Answer {
  return { status, body: JSON.stringify(message), headers: { 'Content-Type': 'application/json' } }
}
