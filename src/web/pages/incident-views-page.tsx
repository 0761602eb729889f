import { useParams, useRouter } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { isOpen } from '../../modules/incidents/status.ts'
import { isSignedOut } from '../data/api.ts'
import { useLive } from '../data/live.ts'
import { usePersonLook } from '../data/people.ts'
import { queries, useQuery } from '../data/queries.ts'
import type { CommandView } from '../data/views.ts'
import { links } from '../links.ts'
import { countText, decimalText } from '../parts/number-words.ts'
import { SkeletonRows } from '../parts/skeleton.tsx'
import { ExecutiveScreen } from '../screens/incidents/executive-screen.tsx'
import { PlanScreen } from '../screens/incidents/plan-screen.tsx'
import { words } from '../screens/incidents/view-words.ts'
import { WallScreen } from '../screens/incidents/wall-screen.tsx'
import { NotFoundScreen } from '../screens/shell/not-found-screen.tsx'
import { ProblemScreen } from '../screens/shell/problem-screen.tsx'
import { declaredOf } from './command-view.ts'

interface Seen {
  number: string
  view: CommandView
  isStale: boolean
}

/** One declared incident on a screen that nobody sits at. */
export function WallPage() {
  return <Whole>{(seen) => <Wall {...seen} />}</Whole>
}

/** One declared incident for whoever has nothing to do there. */
export function ExecutivePage() {
  return <Whole>{(seen) => <Executive {...seen} />}</Whole>
}

/** What is to be done in one, to be printed and laid beside the keyboard. */
export function PlanPage() {
  return <Whole>{(seen) => <Plan {...seen} />}</Whole>
}

/** Without the frame: whoever is not signed in is led to the way in, and what is not declared to its own page. */
function Whole({ children }: { children: (seen: Seen) => ReactNode }) {
  const { number = '' } = useParams({ strict: false }) as { number?: string }
  const me = useQuery(queries.me())
  const incident = useQuery({ ...queries.incident(number), enabled: me.data !== undefined })
  const staleness = useLive(me.data !== undefined)
  const router = useRouter()
  const view = incident.data
  const away = isSignedOut(me.error)
    ? links.signIn(router.history.location.href)
    : view && !view.declared
      ? links.incident(view.number)
      : undefined
  useEffect(() => {
    if (away !== undefined) router.history.replace(away)
  }, [away, router])
  if (incident.isError && !view)
    return (incident.error as { status?: number }).status === 404 ? (
      <NotFoundScreen />
    ) : (
      <ProblemScreen onRetry={() => void incident.refetch()} />
    )
  // What a list knew of it is not enough.
  if (!view?.needs || away !== undefined) return <SkeletonRows rows={8} />
  return children({ number, view: view as CommandView, isStale: staleness !== undefined })
}

function Wall({ number, view, isStale }: Seen) {
  const look = usePersonLook()
  const roles = useQuery(queries.roles(number)).data?.items ?? []
  const tasks = useQuery(queries.tasks(number)).data?.items ?? []
  const alerts = useQuery(queries.alerts(number)).data?.items ?? []
  const known = useQuery(queries.catchUp(number)).data
  const promises = usePromises(number)
  const open = tasks.filter(({ state }) => state === 'open')
  const byHand = open.find(({ handsOn, person }) => handsOn && person !== null)
  return (
    <WallScreen
      incident={declaredOf(view, look)}
      now={byHand ? `${look(byHand.person!).name}: ${byHand.text}` : (known?.now.lastUpdate ?? view.cause ?? undefined)}
      tasks={open.map(({ id, text, person, due }) => ({
        ...{ id, text },
        who: person === null ? undefined : look(person).name,
        due: due === null ? undefined : Date.parse(due),
      }))}
      moments={(known?.events ?? []).map(({ at, text }) => ({ at: Date.parse(at), text }))}
      promises={promises}
      roles={roles
        .filter(({ wanted, people }) => wanted || people.length > 0)
        .map(({ role, name, people }) => ({ role, name, people: people.map(({ person }) => look(person)) }))}
      alerts={alerts.map(({ openedAt, status }) => ({ openedAt: Date.parse(openedAt), firing: status === 'open' }))}
      isStale={isStale}
    />
  )
}

function Executive({ number, view }: Seen) {
  const look = usePersonLook()
  const known = useQuery(queries.catchUp(number)).data
  const updates = useQuery(queries.updates(number)).data?.items ?? []
  const [promise] = usePromises(number)
  const holder = (role: string) => {
    const who = view.roles.find((one) => one.role === role)?.people[0]?.person
    return who === undefined ? undefined : look(who)
  }
  const said = updates.filter(({ audience }) => audience === 'internal').map(({ id, at, text }) => ({ id, at: Date.parse(at), text }))
  return (
    <ExecutiveScreen
      incident={declaredOf(view, look)}
      customers={customersOf(view.impact)}
      doing={said[0]?.text ?? view.cause ?? undefined}
      wanted={known?.wanted ?? []}
      promise={isOpen(view) ? promise : undefined}
      leads={holder('commander')}
      contact={holder('executive-liaison') ?? holder('communications-lead')}
      said={said.slice(1, 6)}
    />
  )
}

function Plan({ number, view }: Seen) {
  const look = usePersonLook()
  const plan = useQuery(queries.plan(number))
  if (!plan.data) return plan.isError ? <ProblemScreen onRetry={() => void plan.refetch()} /> : <SkeletonRows rows={8} />
  return <PlanScreen incident={declaredOf(view, look)} sections={plan.data.sections} />
}

/** The next words that somebody has promised, the soonest first. */
function usePromises(number: string) {
  const reminders = useQuery(queries.reminders(number)).data?.items ?? []
  return reminders
    .flatMap(({ id, rule, subject, since, promisedAt, how, stoppedBecause }) =>
      rule !== 'update' || how !== 'say' || subject.includes(':') || promisedAt === null || stoppedBecause !== null
        ? []
        : [{ id, to: words.audiences[subject] ?? subject, since: Date.parse(since), by: Date.parse(promisedAt) }],
    )
    .sort((a, b) => a.by - b.by)
}

function customersOf(impact: CommandView['impact']): string | undefined {
  if (!impact) return undefined
  const { users, regions = [], segments = [], services = [] } = impact
  const who = [
    ...(users?.count === undefined ? [] : [words.users(countText(users.count))]),
    ...(users?.percent === undefined ? [] : [words.ofAll(decimalText(users.percent, 0))]),
    ...segments,
    ...regions,
    ...services,
  ]
  return who.length === 0 ? undefined : who.join(', ')
}
