import type { Language } from '../kernel/language.ts'
import { refuse } from '../kernel/result.ts'
import { iso } from '../kernel/time.ts'
import type { alertsContract } from '../modules/alerts/contract.ts'
import { type Alert, readAlert, readLinks, viewsOf } from '../modules/alerts/index.ts'
import type { Documents } from '../modules/documents/index.ts'
import { displayName, Person } from '../modules/people/index.ts'
import { type RecordedEvent, readTimeline } from '../modules/timeline/index.ts'
import type { Handlers } from '../platform/contract.ts'
import type { Database } from '../platform/db.ts'
import { type WhyWords, whyWords } from './why-words.ts'
import { absentText, foundText } from './words.ts'

type Step =
  Awaited<ReturnType<Handlers<typeof alertsContract>['getAlertWhy']>> extends infer Reply
    ? Reply extends { steps: (infer One)[] }
      ? One
      : never
    : never

/** Every decision about an alert, from receipt to the provider's answer, in order and in plain sentences. */
export function createReadWhy(db: Database, documents: Documents): Handlers<typeof alertsContract>['getAlertWhy'] {
  return async ({ params, language }) => {
    const say = whyWords[language]
    const alert = await readAlert(db.sql, params.id)
    if (!alert) return refuse('not-found', `There is no alert ${params.id.slice(0, 60)}.`)
    const links = await readLinks(db.sql, alert.id)
    const snapshot = await documents.fresh(db.sql)
    const called = (person: string) => displayName(person, snapshot.get(Person, person)?.spec)
    const events = alert.incidentId === null ? [] : await readTimeline(db.sql, alert.incidentId, 0, 2000)
    const steps: Step[] = [received(alert, say), deduped(alert, say)]
    const grouping = groupingOf(events, say)
    for (const { kind, at, incidentId } of links) {
      steps.push({
        step: 'grouped',
        at: iso(at),
        text: kind === 'opened' ? say.opened(grouping) : say.joined(grouping),
        outcome: 'done',
        data: { kind, incident: incidentId },
      })
    }
    for (const event of events) steps.push(...wordedFor(event, called, language))
    if (alert.incidentId === null)
      steps.push({
        step: 'routed',
        at: iso(alert.openedAt),
        text: alert.endedBy === 'late' ? say.late : say.noIncident,
        outcome: 'withheld',
        data: {},
      })
    const [view] = await viewsOf(db.sql, [alert])
    return { alert: view!, steps }
  }
}

function groupingOf(events: RecordedEvent[], say: WhyWords): string {
  const opened = events[0]?.event
  const by = opened?.type === 'incident.opened' ? (opened.data.grouping ?? []) : []
  return by.length === 0 ? say.onItsOwn : say.by(by.map(([label, value]) => `${label} = ${value || say.empty}`).join(', '))
}

function received(alert: Alert, say: WhyWords): Step {
  return {
    step: 'received',
    at: iso(alert.openedAt),
    text: say.received(alert.integration, alert.dedupKey.slice(0, 80)),
    outcome: 'done',
    data: { integration: alert.integration, dedupKey: alert.dedupKey, position: alert.first.position, warnings: alert.warnings },
  }
}

function deduped(alert: Alert, say: WhyWords): Step {
  return { step: 'deduped', at: iso(alert.openedAt), text: say.isNew(alert.count), outcome: 'done', data: { count: alert.count } }
}

/** Sentences call people as people do; the data beside them keeps the names of the configuration. */
function wordedFor(event: RecordedEvent, called: (person: string) => string, language: Language): Step[] {
  const worded = stepsOf(withNames(event, called) as RecordedEvent, language)
  return stepsOf(event, language).map((step, place) => ({ ...step, text: worded[place]!.text }))
}

function withNames(value: unknown, called: (person: string) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => withNames(one, called))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, key === 'person' && typeof one === 'string' ? called(one) : withNames(one, called)]),
  )
}

function stepsOf({ event, happenedAt }: RecordedEvent, language: Language): Step[] {
  const at = iso(happenedAt)
  const say = whyWords[language]
  switch (event.type) {
    case 'incident.opened': {
      const { service, policy, severity, urgency } = event.data
      return [
        {
          step: 'routed',
          at,
          text: policy === null ? say.routedNowhere(service) : say.routed(service, severity, urgency, policy),
          outcome: 'done',
          data: { service, policy, severity, urgency },
        },
      ]
    }
    case 'escalation.none':
      return [{ step: 'level', at, text: say.noPolicy, outcome: 'withheld', data: { ...event.data } }]
    case 'incident.severity-changed': {
      const { from, to, urgency } = event.data
      return [{ step: 'routed', at, text: say.severity(from, to, urgency), outcome: 'done', data: { ...event.data } }]
    }
    case 'escalation.level-decided': {
      const { level, round, policy, policyVersion, found, pages, lateMs } = event.data
      const steps: Step[] = [
        {
          step: 'level',
          at,
          text:
            say.level(level, policy, policyVersion || say.builtIn, round) +
            (lateMs === undefined ? '' : say.lateBy(Math.round(lateMs / 1000))),
          outcome: 'done',
          data: { level: level ?? null, round, policy, policyVersion },
        },
      ]
      for (const one of found)
        steps.push(
          one.absent === undefined
            ? { step: 'person', at, text: say.chosen(one.person ?? '', foundText(one, language)), outcome: 'done', data: { ...one } }
            : { step: 'person', at, text: say.nobody(absentText(one, language)), outcome: 'failed', data: { ...one } },
        )
      for (const page of pages)
        steps.push({
          step: 'rule',
          at,
          text: say.rule(page.person, page.rule + 1, page.contact, page.channel, Math.round(page.afterMs / 1000)),
          outcome: 'done',
          data: { ...page },
        })
      return steps
    }
    case 'page.delivered':
      return [{ step: 'page', at, text: say.delivered(event.data), outcome: 'done', data: { ...event.data } }]
    case 'page.failed':
    case 'page.gave-up':
      return [{ step: 'page', at, text: say.failed(event.data), outcome: 'failed', data: { ...event.data } }]
    case 'page.outcome-unknown':
      return [{ step: 'page', at, text: say.unknown(event.data), outcome: 'failed', data: { ...event.data } }]
    case 'escalation.level-failed':
      return [{ step: 'level', at, text: say.levelFailed(event.data.level), outcome: 'failed', data: { ...event.data } }]
    case 'incident.unacknowledged':
      return [{ step: 'routed', at, text: say.unacknowledged, outcome: 'done', data: { ...event.data } }]
    case 'escalation.stopped': {
      const { reason, pagesWithdrawn } = event.data
      const text = say.stopped(reason, pagesWithdrawn)
      return [{ step: 'stopped', at, text, outcome: pagesWithdrawn > 0 ? 'withheld' : 'done', data: { ...event.data } }]
    }
    default:
      return []
  }
}
