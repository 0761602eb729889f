import { refuse } from '../kernel/result.ts'
import { iso } from '../kernel/time.ts'
import type { alertsContract } from '../modules/alerts/contract.ts'
import { type Alert, type AlertLink, readAlert, readLinks, viewsOf } from '../modules/alerts/index.ts'
import type { Documents } from '../modules/documents/index.ts'
import { readIncidentBriefs } from '../modules/incidents/index.ts'
import { decisionsOf, type RecordedEvent, readTimeline } from '../modules/timeline/index.ts'
import type { Handlers } from '../platform/contract.ts'
import type { Database } from '../platform/db.ts'
import { tellingOf } from './pieces/words.ts'
import { type WhyWords, whyWords } from './why-words.ts'

type Step =
  Awaited<ReturnType<Handlers<typeof alertsContract>['getAlertWhy']>> extends infer Reply
    ? Reply extends { steps: (infer One)[] }
      ? One
      : never
    : never

/** Every decision about an alert, from receipt to the provider's answer, in order and in plain sentences. */
export function createReadWhy(db: Database, documents: Documents): Handlers<typeof alertsContract>['getAlertWhy'] {
  return async ({ params, caller, reader, now }) => {
    const say = whyWords[reader.language]
    const alert = await readAlert(db.sql, params.id, caller)
    if (!alert) return refuse('not-found', `There is no alert ${params.id.slice(0, 60)}.`)
    const links = await readLinks(db.sql, alert.id)
    // It may have been moved out of one that is not for everybody.
    const others = [...new Set(links.map(({ incidentId }) => incidentId))].filter((id) => id !== alert.incidentId)
    const seen = others.length === 0 ? new Map() : await readIncidentBriefs(db.sql, others, caller)
    const snapshot = await documents.fresh(db.sql)
    const telling = tellingOf(snapshot, reader, now)
    const events =
      alert.incidentId === null ? [] : (await readTimeline(db.sql, alert.incidentId, 0, 2000)).filter(({ redacted }) => !redacted)
    const steps: Step[] = [received(alert, say), deduped(alert, say)]
    const grouping = groupingOf(events, say)
    for (const { kind, at, incidentId } of links) {
      if (incidentId !== alert.incidentId && !seen.has(incidentId)) continue
      steps.push({
        step: 'grouped',
        at: iso(at),
        text: wayIn(kind, grouping, say),
        outcome: 'done',
        data: { kind, incident: incidentId },
      })
    }
    for (const event of events) steps.push(...decisionsOf(event.event, telling).map((one) => ({ ...one, at: iso(event.happenedAt) })))
    if (alert.incidentId === null)
      steps.push({
        step: 'routed',
        at: iso(alert.openedAt),
        text: alert.endedBy === 'late' ? say.late : say.noIncident,
        outcome: 'withheld',
        data: {},
      })
    const [view] = await viewsOf(db.sql, [alert], caller)
    return { alert: view!, steps }
  }
}

function wayIn(kind: AlertLink['kind'], grouping: string, say: WhyWords): string {
  if (kind === 'followed') return say.followed
  if (kind === 'moved' || kind === 'split' || kind === 'linked') return say.moved
  return kind === 'opened' ? say.opened(grouping) : say.joined(grouping)
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
