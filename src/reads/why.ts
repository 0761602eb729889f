import { refuse } from '../kernel/result.ts'
import { iso } from '../kernel/time.ts'
import type { alertsContract } from '../modules/alerts/contract.ts'
import { type Alert, readAlert, readLinks, viewsOf } from '../modules/alerts/index.ts'
import { type RecordedEvent, readTimeline } from '../modules/timeline/index.ts'
import type { Handlers } from '../platform/contract.ts'
import type { Database } from '../platform/db.ts'
import { absentText, foundText } from './words.ts'

type Step =
  Awaited<ReturnType<Handlers<typeof alertsContract>['getAlertWhy']>> extends infer Reply
    ? Reply extends { steps: (infer One)[] }
      ? One
      : never
    : never

/** Every decision about an alert, from receipt to the provider's answer, in order and in plain sentences. */
export function createReadWhy(db: Database): Handlers<typeof alertsContract>['getAlertWhy'] {
  return async ({ params }) => {
    const alert = await readAlert(db.sql, params.id)
    if (!alert) return refuse('not-found', `There is no alert ${params.id.slice(0, 60)}.`)
    const links = await readLinks(db.sql, alert.id)
    const events = alert.incidentId === null ? [] : await readTimeline(db.sql, alert.incidentId, 0, 2000)
    const steps: Step[] = [received(alert), deduped(alert)]
    const grouping = groupingOf(events)
    for (const { kind, at, incidentId } of links) {
      const text =
        kind === 'opened'
          ? `It opened a new incident, grouped ${grouping}.`
          : `It joined an open incident, grouped ${grouping}. Joining pages nobody by itself.`
      steps.push({ step: 'grouped', at: iso(at), text, outcome: 'done', data: { kind, incident: incidentId } })
    }
    for (const event of events) steps.push(...stepsOf(event))
    if (alert.incidentId === null)
      steps.push({ step: 'routed', at: iso(alert.openedAt), text: withheldText(alert), outcome: 'withheld', data: {} })
    const [view] = await viewsOf(db.sql, [alert])
    return { alert: view!, steps }
  }
}

function groupingOf(events: RecordedEvent[]): string {
  const opened = events[0]?.event
  const by = opened?.type === 'incident.opened' ? (opened.data.grouping ?? []) : []
  return by.length === 0 ? 'on its own' : `by ${by.map(([label, value]) => `${label} = ${value || '(empty)'}`).join(', ')}`
}

function received(alert: Alert): Step {
  const text = `Received from the integration ${alert.integration} as ‹${alert.dedupKey.slice(0, 80)}›, kept on disk before the sender was answered.`
  return {
    step: 'received',
    at: iso(alert.openedAt),
    text,
    outcome: 'done',
    data: { integration: alert.integration, dedupKey: alert.dedupKey, position: alert.first.position, warnings: alert.warnings },
  }
}

function deduped(alert: Alert): Step {
  const text =
    alert.count <= 1
      ? 'No alert of this key was open: it is a new one.'
      : `No alert of this key was open: it is a new one. It has been reported ${alert.count} times; repeats are counted and page nobody.`
  return { step: 'deduped', at: iso(alert.openedAt), text, outcome: 'done', data: { count: alert.count } }
}

function withheldText(alert: Alert): string {
  return alert.endedBy === 'late'
    ? 'It was worked off after its own end had been: recorded as opened and ended, nobody was paged.'
    : 'It belongs to no incident: nobody was paged.'
}

function stepsOf({ event, happenedAt }: RecordedEvent): Step[] {
  const at = iso(happenedAt)
  switch (event.type) {
    case 'incident.opened': {
      const { service, policy, severity, urgency } = event.data
      const text =
        policy === null
          ? `Routed to ${service ?? 'no service'}, which has no escalation policy.`
          : `Routed to the service ${service ?? '(none)'}: rank ${severity}, ${urgency} urgency, escalation policy ${policy}.`
      return [{ step: 'routed', at, text, outcome: 'done', data: { service, policy, severity, urgency } }]
    }
    case 'escalation.none':
      return [
        {
          step: 'level',
          at,
          text: 'Nobody is paged: there is no escalation policy to follow.',
          outcome: 'withheld',
          data: { ...event.data },
        },
      ]
    case 'incident.severity-changed':
      return [
        {
          step: 'routed',
          at,
          text: `The severity changed from rank ${event.data.from} to ${event.data.to}; urgency ${event.data.urgency}.`,
          outcome: 'done',
          data: { ...event.data },
        },
      ]
    case 'escalation.level-decided': {
      const { level, round, policy, policyVersion, found, pages, lateMs } = event.data
      const name = level === undefined ? 'The catch-all' : `Level ${level}`
      const late = lateMs === undefined ? '' : ` ${Math.round(lateMs / 1000)} s late.`
      const steps: Step[] = [
        {
          step: 'level',
          at,
          text: `${name} of the policy ${policy} (version ${policyVersion || 'built in'}) came due${round > 0 ? `, round ${round + 1}` : ''}.${late}`,
          outcome: 'done',
          data: { level: level ?? null, round, policy, policyVersion },
        },
      ]
      for (const one of found)
        steps.push(
          one.absent === undefined
            ? { step: 'person', at, text: `${one.person} was chosen: ${foundText(one)}.`, outcome: 'done', data: { ...one } }
            : { step: 'person', at, text: `Nobody here: ${absentText(one)}. The next goes at once.`, outcome: 'failed', data: { ...one } },
        )
      for (const page of pages)
        steps.push({
          step: 'rule',
          at,
          text: `${page.person}’s rule ${page.rule + 1}: ${page.contact} (${page.channel})${page.afterMs > 0 ? `, ${Math.round(page.afterMs / 1000)} s after the level is reached` : ', at once'}.`,
          outcome: 'done',
          data: { ...page },
        })
      return steps
    }
    case 'page.delivered':
      return [
        {
          step: 'page',
          at,
          text: `${event.data.person}’s ${event.data.contact} (${event.data.channel}) took the page, attempt ${event.data.attempt}: ${event.data.answer}.`,
          outcome: 'done',
          data: { ...event.data },
        },
      ]
    case 'page.failed':
    case 'page.gave-up':
      return [
        {
          step: 'page',
          at,
          text: `${event.data.person}’s ${event.data.contact} (${event.data.channel}) failed at attempt ${event.data.attempt}: ${event.data.answer}.`,
          outcome: 'failed',
          data: { ...event.data },
        },
      ]
    case 'page.outcome-unknown':
      return [
        {
          step: 'page',
          at,
          text: `Nobody knows whether ${event.data.person}’s ${event.data.contact} (${event.data.channel}) got it: ${event.data.answer}. It is repeated with the same key.`,
          outcome: 'failed',
          data: { ...event.data },
        },
      ]
    case 'escalation.level-failed':
      return [
        {
          step: 'level',
          at,
          text: `Every contact of level ${event.data.level} failed: the next level goes now.`,
          outcome: 'failed',
          data: { ...event.data },
        },
      ]
    case 'incident.unacknowledged':
      return [
        { step: 'routed', at, text: 'Nobody has it any more: it pages again from level 1.', outcome: 'done', data: { ...event.data } },
      ]
    case 'escalation.stopped': {
      const { reason, pagesWithdrawn } = event.data
      const text = `The escalation stopped (${reason})${pagesWithdrawn > 0 ? `; ${pagesWithdrawn} ${pagesWithdrawn === 1 ? 'page was' : 'pages were'} withdrawn` : ''}.`
      return [{ step: 'stopped', at, text, outcome: pagesWithdrawn > 0 ? 'withheld' : 'done', data: { ...event.data } }]
    }
    default:
      return []
  }
}
