import { lazy, Suspense, useState } from 'react'
import type { ReminderRule } from '../../modules/command/reminders.ts'
import { roleName } from '../../modules/timeline/command-words.ts'
import { ApiError } from '../../platform/client.ts'
import { useActs } from '../data/acts.ts'
import { api } from '../data/api.ts'
import { momentOf } from '../data/incident-view.ts'
import { usePersonLook } from '../data/people.ts'
import { messageOf, queries, useQuery } from '../data/queries.ts'
import { useRoomAct } from '../data/room.ts'
import { language } from '../language.ts'
import { sentence } from '../parts/form.ts'
import { useToast } from '../parts/toast.tsx'
import { type ClockShown, ClocksSection } from '../screens/war-room/clocks-section.tsx'
import { words as clockWords } from '../screens/war-room/clocks-words.ts'
import { type NeedShown, NeedsList } from '../screens/war-room/needs-list.tsx'
import { words as needWords } from '../screens/war-room/needs-words.ts'
import type { Audience } from '../screens/war-room/updates-tab.tsx'
import { Tasks, useTaskActs } from './room-tasks.tsx'
import { PostUpdate } from './room-updates.tsx'

const ReasonDialog = lazy(() => import('../screens/war-room/reason-dialog.tsx').then((module) => ({ default: module.ReasonDialog })))

interface OfRoom {
  number: string
  mayAct: boolean
}

type Reminder = Awaited<ReturnType<typeof api.listReminders>>['items'][number]
type Task = Awaited<ReturnType<typeof api.listTasks>>['items'][number]

interface NeedsProps extends OfRoom {
  mayPost: boolean
  /** Steps of the work: what they ask is asked by the page around. */
  onStep?: ((step: 'mitigated' | 'resolve' | 'close') => void) | undefined
  onDeclare?: (() => void) | undefined
}

/** What waits for somebody, three at most, the longest overdue first. */
export function Needs({ number, mayAct, mayPost, onStep, onDeclare }: NeedsProps) {
  const me = useQuery(queries.me()).data?.person?.name
  const incident = useQuery(queries.incident(number)).data
  const reminders = useQuery(queries.reminders(number)).data?.items ?? []
  const roles = useQuery(queries.roles(number)).data?.items ?? []
  const tasks = useQuery(queries.tasks(number)).data?.items ?? []
  const look = usePersonLook()
  const toast = useToast()
  const { act, note } = useActs()
  const { later, dialog, ask } = useReminderActs(number)
  const [writes, setWrites] = useState(false)
  const [posts, setPosts] = useState<Audience | undefined>()
  const onFailed = (failed: unknown) => toast({ icon: 'warn', text: messageOf(failed) })
  const take = useRoomAct(number, {
    send: (role: string, idempotencyKey) => api.giveRole({ params: { id: number, role }, body: { person: me! }, idempotencyKey }),
    onDone: ({ warnings }) => warnings.map((text) => toast({ icon: 'warn', text })),
    onFailed,
  })
  const accept = useRoomAct(number, {
    send: (role: string, idempotencyKey) => api.answerOffer({ params: { id: number, role }, body: { accept: true }, idempotencyKey }),
    onFailed,
  })
  const takeBack = useRoomAct(number, {
    send: (role: string, idempotencyKey) => api.withdrawOffer({ params: { id: number, role }, idempotencyKey }),
    onFailed,
  })
  const { finish } = useTaskActs(number)
  if (!incident?.needs) return null
  const { id } = incident

  const shown = incident.needs.map(({ need: rule, subject, since }): NeedShown => {
    const own = reminders.find((one) => one.rule === rule && one.subject === subject)
    const run = reminders.find((one) => one.rule === rule && one.subject === `${subject}:run` && one.stoppedBecause === null)
    const task = tasks.find((one) => one.id === subject)
    const offer = roles.find(({ role }) => role === subject)?.offer
    const asked = rule === 'task' ? task?.person : rule === 'offer' ? offer?.to : undefined
    const ends = ((): Partial<NeedShown> => {
      switch (rule) {
        case 'nobody-has-it':
          return { onAct: () => act(id, 'acknowledge') }
        case 'stuck':
          return { onAct: () => act(id, 'escalate') }
        case 'commander-empty':
        case 'role-empty':
          return me === undefined ? {} : { onAct: () => take.mutate(subject) }
        case 'offer':
          if (asked === me) return { onAct: () => accept.mutate(subject) }
          return offer?.by === me ? { actName: needWords.takeBack, onAct: () => takeBack.mutate(subject) } : {}
        case 'task':
          return task ? { onAct: () => finish(task.id) } : {}
        case 'quiet':
          return { onAct: () => setWrites(true) }
        case 'mitigated':
        case 'resolve':
        case 'close':
          return { onAct: onStep && (() => onStep(rule)) }
        case 'declare':
          return { onAct: onDeclare }
        case 'update':
          return { onAct: mayPost ? () => setPosts(subject as Audience) : undefined }
      }
    })()
    return {
      rule,
      key: subject,
      subject: inWords(rule, subject, tasks),
      who: asked && (rule === 'task' || asked !== me) ? look(asked).name : undefined,
      // Of what was promised for a moment it is the moment that counts.
      since: Date.parse(rule === 'task' || rule === 'update' ? since : (own?.since ?? since)),
      againAt: momentOf(own?.dueAt ?? null),
      pagesAt: run && (run.sent > 0 ? 'now' : momentOf(run.dueAt)),
      ...(mayAct && { ...ends, ...(own && { onLater: own.snoozes < 3 ? () => later(own) : undefined, onNotNeeded: () => ask(own) }) }),
    }
  })
  return (
    <>
      <NeedsList needs={shown} />
      {dialog}
      {posts && <PostUpdate number={number} audience={posts} onClose={() => setPosts(undefined)} />}
      {writes && (
        <Suspense>
          <ReasonDialog
            {...needWords.note}
            onSay={(text) => {
              note(id, { text, kind: 'note', at: undefined })
              setWrites(false)
            }}
            onClose={() => setWrites(false)}
          />
        </Suspense>
      )}
    </>
  )
}

/** What falls due, and what is to be done. */
export function Clocks({ number, mayAct, tasksStandElsewhere }: OfRoom & { tasksStandElsewhere: boolean }) {
  const reminders = useQuery(queries.reminders(number)).data?.items
  const needs = useQuery(queries.incident(number)).data?.needs ?? []
  const tasks = useQuery(queries.tasks(number)).data?.items ?? []
  const { later, dialog, ask } = useReminderActs(number)
  if (!reminders) return null
  return (
    <>
      <ClocksSection
        clocks={clocksOf(
          // What waits already stands where it is done; a promise has its clock all the same.
          reminders.filter(({ rule, subject }) => rule === 'update' || !needs.some((one) => one.need === rule && one.subject === subject)),
          tasks,
          (own) =>
            mayAct && !isPaging(own) ? { onLater: own.snoozes < 3 ? () => later(own) : undefined, onNotNeeded: () => ask(own) } : {},
        )}
      />
      {dialog}
      {!tasksStandElsewhere && <Tasks number={number} mayAct={mayAct} />}
    </>
  )
}

/** One a thing: paging has a clock of its own only once nothing is said before it. Tasks count down where they stand. */
function clocksOf(reminders: Reminder[], tasks: Task[], actsOf: (own: Reminder) => Partial<ClockShown>): ClockShown[] {
  const going = reminders.filter(
    ({ rule, subject, stoppedBecause }) => rule !== 'task' && !subject.endsWith(':before') && stoppedBecause === null,
  )
  return going
    .flatMap((own): ClockShown[] => {
      const { id, rule, subject, how, dueAt, promisedAt, snoozedUntil, sent } = own
      const title = clockWords.rules[rule](inWords(rule, subject, tasks))
      const shared = { id, since: Date.parse(own.since), ...actsOf(own) }
      if (how === 'run') {
        const isNext = going.every((one) => one.rule !== rule || `${one.subject}:run` !== subject || one.sent > 0)
        const to = sent > 0 ? 'paging' : momentOf(dueAt)
        return isNext && to !== undefined ? [{ ...shared, title: clockWords.pages(title), to, how: 'due' }] : []
      }
      // Put off is the asking, not the promise.
      const to = momentOf(promisedAt ?? dueAt)
      const isPutOff = promisedAt === null && snoozedUntil !== null && snoozedUntil === dueAt
      return to === undefined ? [] : [{ ...shared, title, to, how: isPutOff ? 'put-off' : promisedAt === null ? 'due' : 'promised' }]
    })
    .sort((a, b) => (a.to === 'paging' ? 0 : a.to) - (b.to === 'paging' ? 0 : b.to))
}

function isPaging({ how, sent }: Reminder): boolean {
  return how === 'run' && sent > 0
}

function inWords(rule: ReminderRule, subject: string, tasks: Task[]): string {
  const [about = ''] = subject.split(':')
  if (rule === 'update') return clockWords.audiences[about as 'internal'] ?? about
  return rule === 'task' ? (tasks.find(({ id }) => id === about)?.text ?? '') : about === '' ? '' : sentence(roleName(about, language))
}

/** Puts a reminder off, or asks why it is not needed. */
function useReminderActs(number: string) {
  const toast = useToast()
  const [asked, setAsked] = useState<Reminder | undefined>()
  const later = useRoomAct(number, {
    send: ({ id }: Reminder, idempotencyKey) => api.changeReminder({ params: { id }, body: { snooze: '10m' }, idempotencyKey }),
    onDone: () => toast({ icon: 'snooze', text: needWords.putOff }),
    onFailed: (failed) => toast({ icon: 'warn', text: refusedText(failed) }),
  })
  const stop = useRoomAct(number, {
    send: ({ id, reason }: { id: string; reason: string }, idempotencyKey) =>
      api.changeReminder({ params: { id }, body: { stop: reason }, idempotencyKey }),
    onDone: () => setAsked(undefined),
  })
  const ask = (own: Reminder) => {
    stop.reset()
    setAsked(own)
  }
  const dialog = asked && (
    <Suspense>
      <ReasonDialog
        title={clockWords.why(asked.text)}
        label={clockWords.reason}
        hint={clockWords.reasonHint}
        keep={clockWords.keep}
        act={clockWords.stop}
        busy={stop.isPending}
        failure={stop.isError ? refusedText(stop.error) : undefined}
        onSay={(reason) => stop.mutate({ id: asked.id, reason })}
        onClose={() => setAsked(undefined)}
      />
    </Suspense>
  )
  return { later: later.mutate, ask, dialog }
}

/** In the language of the page, where it is known what is refused. */
function refusedText(failed: unknown): string {
  return (failed instanceof ApiError ? clockWords.refused[failed.refusal] : undefined) ?? messageOf(failed)
}
