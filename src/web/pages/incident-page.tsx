import { useMutation } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useState } from 'react'
import { mayAcknowledge, mayEscalate, mayResolve } from '../../modules/incidents/may.ts'
import { isOpen } from '../../modules/incidents/status.ts'
import { useActs } from '../data/acts.ts'
import { api, ask } from '../data/api.ts'
import { wholeLength } from '../data/counts.ts'
import { type IncidentView, momentOf, rowOf } from '../data/incident-view.ts'
import { usePersonLook } from '../data/people.ts'
import { tellWriting } from '../data/presence.ts'
import { loadableOf, messageOf, queries, queryClient, useQuery } from '../data/queries.ts'
import type { IncidentChange, Unsent } from '../data/unsent.ts'
import type { KnownIncident } from '../data/views.ts'
import type { Beginning } from '../frame/declare-dialog.tsx'
import { Frame } from '../frame/frame.tsx'
import { language } from '../language.ts'
import { type IncidentTab, incidentTabs } from '../links.ts'
import { SkeletonRows } from '../parts/skeleton.tsx'
import { useToast } from '../parts/toast.tsx'
import { channelIcon } from '../product/on-call/channels.ts'
import { roomKeys } from '../product/shell/key-hints.ts'
import type { Incident } from '../screens/incidents/incident.ts'
import { IncidentScreen, type WarRoom } from '../screens/incidents/incident-screen.tsx'
import type { TimelineEntry } from '../screens/incidents/timeline-entry.ts'
import { words as timelineWords } from '../screens/incidents/timeline-words.ts'
import { words as writeWords } from '../screens/incidents/write-words.ts'
import { ProblemScreen } from '../screens/shell/problem-screen.tsx'
import { commandOf } from './command-view.ts'
import { escalationOf } from './escalation-view.ts'
import { entriesOf, gapsIn } from './timeline-entries.tsx'

// Few incidents are private: the others do not bring along what these need.
const Members = lazy(() => import('./private-incident.tsx').then((module) => ({ default: module.Members })))
const Ending = lazy(() => import('./ending-incident.tsx').then((module) => ({ default: module.Ending })))
const LevelQuestion = lazy(() => import('./ending-incident.tsx').then((module) => ({ default: module.LevelQuestion })))
const DeclareDialog = lazy(() => import('../frame/declare-dialog.tsx').then((module) => ({ default: module.DeclareDialog })))
const people = (part: 'Roles' | 'PeopleActs' | 'Presence' | 'PeopleTab') =>
  lazy(() => import('./room-people.tsx').then((module) => ({ default: module[part] })))
const clocks = (part: 'Needs' | 'Clocks') => lazy(() => import('./room-clocks.tsx').then((module) => ({ default: module[part] })))
const updates = (part: 'UpdateActs' | 'UpdatesTab') =>
  lazy(() => import('./room-updates.tsx').then((module) => ({ default: module[part] })))
const Roles = people('Roles')
const PeopleActs = people('PeopleActs')
const Presence = people('Presence')
const PeopleTab = people('PeopleTab')
const Needs = clocks('Needs')
const Clocks = clocks('Clocks')
const UpdateActs = updates('UpdateActs')
const UpdatesTab = updates('UpdatesTab')
const TasksTab = lazy(() => import('./room-tasks.tsx').then((module) => ({ default: module.TasksTab })))
const MoveAlert = lazy(() => import('./alert-moves.tsx').then((module) => ({ default: module.MoveAlert })))
const GlassPage = lazy(() => import('./private-incident.tsx').then((module) => ({ default: module.GlassPage })))

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
  // Asked again it is pending once more, and what somebody was writing would be gone with the form.
  const [wasMissing, setWasMissing] = useState(false)
  const escalation = useQuery(queries.escalation(number))
  const timeline = useQuery(queries.timeline(number))
  const alerts = useQuery(queries.alerts(number))
  const pages = useQuery(queries.pages(number))
  const isDeclared = incident.data?.declared === true
  const updates = useQuery({ ...queries.updates(number), enabled: isDeclared })
  const tasks = useQuery({ ...queries.tasks(number), enabled: isDeclared })
  const opened = alert ?? (tab === 'alerts' ? alerts.data?.items[0]?.id : undefined)
  const why = useQuery({ ...queries.why(opened ?? ''), enabled: opened !== undefined })
  const look = usePersonLook()
  const { act, step, resolve, note, change, pendingOf, busy } = useActs()
  const onWriting = useCallback((isWriting: boolean) => tellWriting(number, isWriting), [number])
  const [declaring, setDeclaring] = useState<Beginning | undefined>()
  const toast = useToast()
  const mend = useMutation({
    mutationFn: ({ seq, text, reason }: { seq: number; text?: string; reason?: string }) => {
      const params = { id: incident.data!.id, seq }
      return text === undefined ? api.deleteEntry({ params, body: reason ? { reason } : {} }) : api.editEntry({ params, body: { text } })
    },
    onError: (failed) => toast({ icon: 'warn', text: timelineWords.notMended(messageOf(failed)) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['incident', number, 'timeline'] }),
  })
  const attach = async (files: File[]) => {
    for (const file of files) {
      toast({ text: writeWords.attaching(file.name) })
      const why = await attachFile(incident.data!.id, file)
      toast(why === undefined ? { text: writeWords.attached(file.name) } : { icon: 'warn', text: writeWords.notAttached(file.name, why) })
    }
  }
  const mending = {
    onEdit: (seq: number, text: string) => mend.mutate({ seq, text }),
    onDelete: (seq: number, reason: string) => mend.mutate({ seq, reason }),
  }
  const isMissing = incident.isError ? (incident.error as { status?: number }).status === 404 : wasMissing
  if (isMissing !== wasMissing) setWasMissing(isMissing)
  if (!incident.data && (incident.isError || isMissing)) {
    return (
      <Frame place="incidents">
        {isMissing ? (
          <Suspense>
            <GlassPage number={number} mayBreak={me.data?.person != null && me.data.permissions.includes('admin')} />
          </Suspense>
        ) : (
          <ProblemScreen onRetry={() => void incident.refetch()} />
        )}
      </Frame>
    )
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
  const view: KnownIncident = Object.assign({}, incident.data, ...pending.map(({ write }) => (write.act === 'change' ? write.change : {})))
  const seen = { title: view.title, summary: view.summary ?? '', severity: view.severity }
  const commander = incident.data.roles?.find(({ role }) => role === 'commander')
  const commands = commander?.people.some(({ person }) => person === me.data?.person?.name) === true
  const mayAct = me.data?.permissions.includes('incident:act') === true
  const mayDeclare = me.data?.permissions.includes('incident:declare') === true
  const over = !isOpen(view)
  // Until it is closed people are told of it, and what is left of its tasks is done.
  const lasts = !over || view.status === 'resolved'
  const mayPost = lasts && me.data?.permissions.includes('comms:publish') === true
  const declare = () => setDeclaring({ title: view.title, existing: view })
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
    alertCount: wholeLength(alerts.data),
    firingAlertCount:
      wholeLength(alerts.data) === undefined ? undefined : alerts.data!.items.filter(({ status }) => status === 'open').length,
    pageCount: pages.data?.length,
    isPrivate: view.visibility === 'private',
    command: view.declared ? commandOf(view, mayAct) : undefined,
  }
  return (
    <Frame place="incidents" current={view.number}>
      <IncidentScreen
        incident={shown}
        escalation={escalationOf(escalation.data, view, pages.data ?? [], timeline.data ?? [], look)}
        tab={tab}
        timeline={loadableOf(timeline, (events) => [
          ...pendingNotes(pending, me.data?.person?.displayName),
          ...entriesOf(events, look, me.data?.person?.name, commands),
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
        alertActs={
          mayAct && !over
            ? (one) => (
                <Suspense>
                  <MoveAlert key={one.id} number={view.number} alert={one} />
                </Suspense>
              )
            : undefined
        }
        why={
          opened === undefined
            ? undefined
            : loadableOf(why, ({ steps }) => steps.map(({ step, at, text, outcome }) => ({ step, at: Date.parse(at), text, outcome })))
        }
        pages={loadableOf(pages, (items) =>
          items.map((page) => ({
            id: page.id,
            person: look(page.person),
            channel: { title: page.contact, icon: channelIcon(page.channel) },
            address: page.channel,
            level: page.level > (escalation.data?.levels.length ?? Number.POSITIVE_INFINITY) - 1 ? ('catch-all' as const) : page.level,
            round: page.round + 1,
            at: Date.parse(page.attempts.at(-1)?.beganAt ?? page.dueAt),
            outcome: page.status,
            detail: page.attempts.at(-1)?.answer ?? page.endedReason ?? undefined,
            possiblyTwice: page.possiblyDuplicate,
          })),
        )}
        room={
          shown.command &&
          roomOf(number, {
            ...{ mayAct: mayAct && !over, mayFinish: mayAct && lasts, mayPost, canMitigate: shown.command.can.includes('mitigated') },
            tasksStandElsewhere: tab === 'tasks',
            counts: { updates: updates.data?.items.length, tasks: tasks.data?.items.length },
            onWriting,
          })
        }
        needs={
          view.declared || (view.needs ?? []).length > 0
            ? (onStep) => (
                <Suspense>
                  <Needs number={number} mayAct={mayAct} mayPost={mayPost} onStep={onStep} onDeclare={mayDeclare ? declare : undefined} />
                </Suspense>
              )
            : undefined
        }
        members={
          view.members && (
            <Suspense>
              <Members number={number} members={view.members} mayAct={mayAct} />
            </Suspense>
          )
        }
        busy={busy?.id === view.id ? busy.act : undefined}
        onAcknowledge={mayAct && mayAcknowledge(view) === 'yes' ? () => act(view.id, 'acknowledge') : undefined}
        onEscalate={mayAct && mayEscalate(view) === 'yes' ? () => act(view.id, 'escalate') : undefined}
        onResolve={mayAct && mayResolve(view) === 'yes' ? () => act(view.id, 'resolve') : undefined}
        onDeclare={mayDeclare && mayAct && !view.declared && !over ? declare : undefined}
        onStep={mayAct && view.declared ? (name, said) => step(view.id, name, said, view.status) : undefined}
        levelDialog={(onClose) => (
          <Suspense>
            <LevelQuestion
              scheme={view.scheme.name}
              incident={shown}
              onSet={(severity, reason) => change(view.id, { severity }, { severity: seen.severity }, reason)}
              onClose={onClose}
            />
          </Suspense>
        )}
        ending={(ending, onClose) => (
          <Suspense>
            <Ending
              id={view.id}
              scheme={view.scheme.name}
              incident={{ ...shown, command: shown.command! }}
              ending={ending}
              onResolve={(said) => resolve(view.id, said)}
              onCloseIncident={() => step(view.id, 'close', {}, view.status)}
              onClose={onClose}
            />
          </Suspense>
        )}
        gaps={gapsIn(timeline.data ?? [], { rank: view.severity, until: momentOf(view.resolvedAt) ?? Date.now() })}
        onNote={mayDeclare ? (said) => note(view.id, said) : undefined}
        onAttach={mayDeclare ? attach : undefined}
        mending={mayDeclare ? mending : undefined}
        onSeverity={mayAct && !over ? (severity, reason) => change(view.id, { severity }, { severity: seen.severity }, reason) : undefined}
        onWords={mayAct ? (words, before) => change(view.id, words, partOf(before, words)) : undefined}
      />
      {declaring && (
        <Suspense>
          <DeclareDialog begin={declaring} onClose={() => setDeclaring(undefined)} onDeclared={() => {}} />
        </Suspense>
      )}
    </Frame>
  )
}

interface RoomFacts {
  /** On their own tab. */
  tasksStandElsewhere: boolean
  mayAct: boolean
  /** Tasks are worked off after its end, too. */
  mayFinish: boolean
  mayPost: boolean
  canMitigate: boolean
  counts: { updates: number | undefined; tasks: number | undefined }
  onWriting: WarRoom['onWriting']
}

/** Sends a file as it is; answers why not, if not. The same file sent again is there once. */
async function attachFile(id: string, file: File): Promise<string | undefined> {
  try {
    const response = await ask(`/api/v1/incidents/${id}/attachments?name=${encodeURIComponent(file.name)}`, {
      ...{ method: 'POST', body: file, headers: { 'content-type': 'application/octet-stream', 'accept-language': language } },
    })
    if (response.ok) return undefined
    return ((await response.json()) as { message?: string }).message ?? response.statusText
  } catch (error) {
    return messageOf(error)
  }
}

/** The parts of its war room, each of which asks for what it shows. */
function roomOf(number: string, { mayAct, mayFinish, mayPost, canMitigate, counts, tasksStandElsewhere, onWriting }: RoomFacts): WarRoom {
  const of = { number, mayAct, mayPost }
  return {
    onWriting,
    keys: roomKeys.filter(({ given }) => ({ u: mayPost, t: mayFinish, m: canMitigate })[given ?? ''] ?? mayAct),
    acts: (
      <Suspense>
        <PeopleActs {...of} />
        <UpdateActs {...of} />
      </Suspense>
    ),
    roles: (
      <Suspense>
        <Roles {...of} />
      </Suspense>
    ),
    beside: (
      <Suspense>
        <Presence {...of} />
      </Suspense>
    ),
    aside: (
      <Suspense>
        <Clocks {...of} mayAct={mayFinish} tasksStandElsewhere={tasksStandElsewhere} />
      </Suspense>
    ),
    tabs: {
      updates: {
        count: counts.updates,
        content: (
          <Suspense>
            <UpdatesTab {...of} />
          </Suspense>
        ),
      },
      tasks: {
        count: counts.tasks,
        content: (
          <Suspense>
            <TasksTab {...of} mayAct={mayFinish} />
          </Suspense>
        ),
      },
      people: {
        content: (
          <Suspense>
            <PeopleTab {...of} />
          </Suspense>
        ),
      },
    },
  }
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
function partOf<Part extends object>(seen: IncidentChange, change: Part): IncidentChange {
  return Object.fromEntries(Object.entries(seen).filter(([name]) => name in change))
}

function openedBy(view: IncidentView, integration: string | undefined, name: (person: string) => string): string {
  return view.declaredBy === null ? (integration ?? '') : name(view.declaredBy)
}
