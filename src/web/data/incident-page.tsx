import { useParams, useSearch } from '@tanstack/react-router'
import { type IncidentTab, incidentTabs } from '../links.ts'
import type { IconName } from '../parts/icon-names.ts'
import { SkeletonRows } from '../parts/skeleton.tsx'
import type { Incident } from '../screens/incidents/incident.ts'
import { IncidentScreen } from '../screens/incidents/incident-screen.tsx'
import type { TimelineEntry } from '../screens/incidents/timeline-tab.tsx'
import { words as writeWords } from '../screens/incidents/write-words.ts'
import { NotFoundScreen } from '../screens/shell/not-found-screen.tsx'
import { ProblemScreen } from '../screens/shell/problem-screen.tsx'
import { useActs } from './acts.ts'
import { escalationOf } from './escalation-view.ts'
import { Frame } from './frame.tsx'
import { type IncidentView, momentOf, rowOf } from './incident-view.ts'
import { usePersonLook } from './people.ts'
import { loadableOf, queries, useQuery } from './queries.ts'
import { entriesOf } from './timeline-entries.tsx'
import type { IncidentChange, Unsent } from './unsent.ts'

/** One incident: what happened, who is next, its alerts with their reasons, its pages with the providers' answers. */
export function IncidentPage() {
  const { number = '' } = useParams({ strict: false }) as { number?: string }
  const { tab, alert } = useSearch({ strict: false }) as { tab?: string; alert?: string }
  // Another incident is another page: nothing of the one before may be seen in it.
  return <FedIncident key={number} number={number} tab={incidentTabs.find((one) => one === tab) ?? 'timeline'} alert={alert} />
}

function FedIncident({ number, tab, alert }: { number: string; tab: IncidentTab; alert?: string | undefined }) {
  const me = useQuery(queries.me())
  const incident = useQuery(queries.incident(number))
  const escalation = useQuery(queries.escalation(number))
  const timeline = useQuery(queries.timeline(number))
  const alerts = useQuery(queries.alerts(number))
  const pages = useQuery(queries.pages(number))
  const opened = alert ?? (tab === 'alerts' ? alerts.data?.items[0]?.id : undefined)
  const why = useQuery({ ...queries.why(opened ?? ''), enabled: opened !== undefined })
  const look = usePersonLook()
  const { act, note, change, pendingOf, busy } = useActs()
  if (incident.isError && !incident.data) {
    const missing = (incident.error as { status?: number }).status === 404
    return <Frame place="incidents">{missing ? <NotFoundScreen /> : <ProblemScreen onRetry={() => void incident.refetch()} />}</Frame>
  }
  if (!incident.data) {
    return (
      <Frame place="incidents">
        <SkeletonRows rows={8} />
      </Frame>
    )
  }
  const pending = pendingOf(incident.data.id)
  // Painted at once; the banner says while it has not arrived, and it goes back if it is refused.
  const view: IncidentView = Object.assign({}, incident.data, ...pending.map(({ write }) => (write.act === 'change' ? write.change : {})))
  const seen = { title: view.title, summary: view.summary ?? '', severity: view.severity }
  const mayAct = me.data?.permissions.includes('incident:act') === true
  const over = view.status === 'resolved'
  const shown: Incident = {
    ...rowOf(view, look),
    urgency: view.urgency,
    summary: view.summary ?? undefined,
    lifecycle: {
      detected: Date.parse(view.startedAt),
      impact: momentOf(view.impactStartedAt),
      acknowledged: momentOf(view.acknowledgedAt),
      resolved: momentOf(view.resolvedAt),
    },
    paged: [...new Set((pages.data ?? []).filter((page) => page.attempts.length > 0).map((page) => page.person))].map(look),
    policy: view.policy === null ? undefined : { name: view.policy },
    openedBy: openedBy(view, alerts.data?.items.at(-1)?.integration, (name) => look(name).name),
    groupedBy: view.grouping.length === 0 ? undefined : view.grouping.map(({ label, value }) => `${label} ${value}`).join(', '),
    alertCount: alerts.data?.items.length,
    firingAlertCount: alerts.data?.items.filter(({ status }) => status === 'open').length ?? 0,
    pageCount: pages.data?.length,
  }
  return (
    <Frame place="incidents" current={view.number}>
      <IncidentScreen
        incident={shown}
        escalation={escalationOf(escalation.data, view, pages.data ?? [], timeline.data ?? [], look)}
        tab={tab}
        timeline={loadableOf(timeline, (events) => [
          ...pendingNotes(pending, me.data?.person?.displayName),
          ...entriesOf(events, look, me.data?.person?.name),
        ])}
        alerts={loadableOf(alerts, ({ items }) =>
          items.map((one) => ({
            id: one.id,
            title: one.title,
            severity: one.severity as 1,
            status: one.status,
            detail: one.annotations['description'] ?? one.integration,
            count: one.count,
            openedAt: Date.parse(one.openedAt),
            labels: one.labels,
          })),
        )}
        openAlert={opened}
        why={
          opened === undefined
            ? undefined
            : loadableOf(why, ({ steps }) => steps.map(({ step, at, text, outcome }) => ({ step, at: Date.parse(at), text, outcome })))
        }
        pages={loadableOf(pages, (items) =>
          items.map((page) => ({
            id: page.id,
            person: look(page.person),
            channel: { title: page.contact, icon: CHANNEL_ICONS[page.channel] ?? 'push' },
            address: page.channel,
            level: page.level > (escalation.data?.levels.length ?? Number.POSITIVE_INFINITY) - 1 ? ('catch-all' as const) : page.level,
            round: page.round + 1,
            at: Date.parse(page.attempts.at(-1)?.beganAt ?? page.dueAt),
            outcome: page.status,
            detail: page.attempts.at(-1)?.answer ?? page.endedReason ?? undefined,
            possiblyTwice: page.possiblyDuplicate,
          })),
        )}
        busy={busy?.id === view.id ? busy.act : undefined}
        onAcknowledge={mayAct && view.status === 'detected' ? () => act(view.id, 'acknowledge') : undefined}
        onEscalate={mayAct && !over && view.policy !== null ? () => act(view.id, 'escalate') : undefined}
        onResolve={mayAct && !over ? () => act(view.id, 'resolve') : undefined}
        onNote={mayAct ? (text) => note(view.id, text) : undefined}
        onSeverity={mayAct && !over ? (severity, reason) => change(view.id, { severity }, { severity: seen.severity }, reason) : undefined}
        onWords={mayAct ? (words) => change(view.id, words, partOf(seen, words)) : undefined}
      />
    </Frame>
  )
}

/** What was written and is not on the timeline yet stands on top of it, and says so. */
function pendingNotes(pending: Unsent[], me: string | undefined): TimelineEntry[] {
  return pending
    .flatMap(({ key, write, madeAt, state }): TimelineEntry[] =>
      write.act === 'note'
        ? [
            {
              id: key,
              at: madeAt,
              kind: 'fact',
              icon: 'note',
              who: me === undefined ? undefined : { name: me },
              what: state.kind === 'waiting' ? writeWords.noteState.waiting : writeWords.noteState.sending,
              quote: write.text,
              mine: true,
            },
          ]
        : [],
    )
    .reverse()
}

/** The same fields as in a change, as they were seen. */
function partOf<Part extends object>(seen: Required<IncidentChange>, change: Part): IncidentChange {
  return Object.fromEntries(Object.entries(seen).filter(([name]) => name in change))
}

const CHANNEL_ICONS: Record<string, IconName> = { email: 'mail', webhook: 'webhook', ntfy: 'push', screen: 'phone' }

function openedBy(view: IncidentView, integration: string | undefined, name: (person: string) => string): string {
  return view.declaredBy === null ? (integration ?? '') : name(view.declaredBy)
}
