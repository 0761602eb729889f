import { useParams, useSearch } from '@tanstack/react-router'
import { type ReactNode, useContext, useState } from 'react'
import { incidentTabs } from '../../links.ts'
import { FollowLink } from '../../parts/link.tsx'
import { TickingProvider } from '../../parts/ticking.tsx'
import { useToast } from '../../parts/toast.tsx'
import { statusFilters, readFilter, type StatusFilter } from '../incidents/filter.ts'
import { IncidentScreen } from '../incidents/incident-screen.tsx'
import { IncidentsScreen } from '../incidents/incidents-screen.tsx'
import { NowScreen } from '../now/now-screen.tsx'
import { PhoneScreen } from '../phone/phone-screen.tsx'
import { AppShell } from '../shell/app-shell.tsx'
import { NotFoundScreen } from '../shell/not-found-screen.tsx'
import type { PlaceName } from '../shell/places.ts'
import { SignInScreen } from '../sign-in/sign-in-screen.tsx'
import { loadableAs } from './loadable-as.ts'
import * as one from './sample/incident.tsx'
import { loginErrors, openIncidents, resolvedLately } from './sample/incidents.ts'
import { beatriz, ida, noor, raj } from './sample/people.ts'
import * as phone from './sample/phone.ts'
import { on, sampleTicker, sampleZone } from './sample/time.ts'
import { timeline } from './sample/timeline.tsx'

/** A screen with drawn data; `?show=` puts it into a state: loading, failed, kept, empty, detected, resolved, stale. */
export function TwinScreen() {
  const { screen } = useParams({ strict: false }) as { screen: string }
  const search = useSearch({ strict: false }) as Record<string, string | undefined>
  const Drawn = screens[screen]
  if (!Drawn) return <NotFoundScreen />
  return (
    <TickingProvider ticker={sampleTicker} zone={sampleZone}>
      <StayAmongTwins>
        <Drawn search={search} show={search.show ?? ''} />
      </StayAmongTwins>
    </TickingProvider>
  )
}

interface DrawnProps {
  search: Record<string, string | undefined>
  show: string
}

const screens: Record<string, (props: DrawnProps) => ReactNode> = {
  now: DrawnNow,
  incidents: DrawnIncidents,
  incident: DrawnIncident,
  'sign-in': DrawnSignIn,
  phone: DrawnPhone,
}

/** Links of the product lead from twin to twin, so that drawn data is never mistaken for real. */
function StayAmongTwins({ children }: { children: ReactNode }) {
  const follow = useContext(FollowLink)
  const twins: [RegExp, string][] = [
    [/^\/(?=\?|$)/, '/parts/now'],
    [/^\/incidents/, '/parts/incidents'],
    [/^\/i\/138/, '/parts/incident?show=detected&'],
    [/^\/i\/\d+/, '/parts/incident'],
  ]
  const followTwin = (href: string) => {
    const found = twins.find(([path]) => path.test(href))
    follow(found ? href.replace(...found).replace('&?', '&').replace(/&$/, '') : href)
  }
  return <FollowLink value={followTwin}>{children}</FollowLink>
}

function DrawnShell({ place, show, current, children }: { place: PlaceName; show: string; current?: string; children: ReactNode }) {
  const toast = useToast()
  const draw = () => toast({ icon: 'info', text: 'Only drawn here' })
  return (
    <AppShell
      place={place}
      available={['now', 'incidents', 'on-call', 'services']}
      organisation="Harbourline"
      counts={{ incidents: openIncidents.length }}
      me={{ person: beatriz, onCallUntil: on('2026-10-23T07:00:00Z') }}
      open={{ count: openIncidents.length, items: openIncidents.slice(0, 4), current }}
      staleness={show === 'stale' ? { since: on('2026-10-20T03:14:22Z'), nextTryAt: on('2026-10-20T03:23:46Z'), onTry: draw } : undefined}
      onDeclare={draw}
      onSearch={draw}
      onSignOut={draw}
    >
      {children}
    </AppShell>
  )
}

function DrawnNow({ show }: DrawnProps) {
  const toast = useToast()
  const empty = show === 'empty'
  const acknowledge = () => toast({ text: 'Acknowledged EU login errors, Sam is not paged', undo: { onUndo: () => {} } })
  return (
    <DrawnShell place="now" show={show}>
      <NowScreen
        duty={loadableAs(show, empty ? { kind: 'off', next: { what: 'Payments primary', from: on('2026-11-02T08:00:00Z') } } : { kind: 'on', person: beatriz, what: 'Incident command', until: on('2026-10-23T07:00:00Z'), then: 'Sam' })}
        waiting={loadableAs(show, empty ? [] : [{ incident: loginErrors, level: 'level 2 of Identity' }])}
        open={loadableAs(show, empty ? { rows: [], total: 0, quietSince: on('2026-10-16T12:02:00Z') } : { rows: openIncidents.slice(0, 5), total: openIncidents.length })}
        onCall={loadableAs(show, [
          { schedule: 'Payments', people: [raj], until: on('2026-10-26T08:00:00Z') },
          { schedule: 'Core platform', people: [noor], until: on('2026-10-21T07:00:00Z') },
          { schedule: 'Identity', people: [ida], until: on('2026-10-26T08:00:00Z') },
          { schedule: 'Weekend', people: [] },
        ])}
        onAcknowledge={acknowledge}
        onEscalate={() => toast({ text: 'Paging Sam now' })}
      />
    </DrawnShell>
  )
}

function DrawnIncidents({ search, show }: DrawnProps) {
  const filter = readFilter(search)
  const [newCount, setNewCount] = useState(3)
  const all = [...openIncidents, ...resolvedLately]
  const matching: Record<StatusFilter, typeof all> = {
    open: openIncidents,
    detected: all.filter((row) => row.status === 'detected'),
    acknowledged: all.filter((row) => row.status === 'acknowledged'),
    resolved: resolvedLately,
    all,
  }
  const rows = show === 'empty' || filter.after ? [] : matching[filter.status]
  const counts = Object.fromEntries(statusFilters.map((status) => [status, matching[status].length]))
  return (
    <DrawnShell place="incidents" show={show}>
      <IncidentsScreen
        filter={filter}
        counts={{ ...counts, resolved: 220, all: 226 }}
        list={loadableAs(show, {
          rows,
          resolvedLately: filter.status === 'open' && rows.length > 0 ? resolvedLately : [],
          from: 1,
          next: filter.status === 'resolved' || filter.status === 'all' ? 'cursor' : undefined,
        })}
        newCount={show === '' ? newCount : 0}
        onShowNew={() => setNewCount(0)}
      />
    </DrawnShell>
  )
}

function DrawnIncident({ search, show }: DrawnProps) {
  const toast = useToast()
  const tab = incidentTabs.find((name) => name === search.tab) ?? 'timeline'
  const isDetected = show === 'detected'
  const incident = isDetected ? one.detected : show === 'resolved' ? one.resolved : one.acknowledged
  const acts = {
    onAcknowledge: isDetected ? () => toast({ text: 'Acknowledged EU login errors, Sam is not paged', undo: { onUndo: () => {} } }) : undefined,
    onEscalate: () => toast({ text: 'Paging the next level now' }),
    onResolve: () => toast({ text: `Resolved ${incident.number}`, undo: { onUndo: () => {} } }),
  }
  const escalation = show === 'nobody' ? ({ state: 'none' } as const) : isDetected ? one.climbing : one.stopped
  return (
    <DrawnShell place="incidents" show={show} current={incident.number}>
      <IncidentScreen
        incident={incident}
        escalation={escalation}
        tab={tab}
        timeline={loadableAs(show, show === 'empty' ? [] : timeline)}
        newEntryCount={show === '' ? 2 : 0}
        alerts={loadableAs(show, show === 'empty' ? [] : one.alerts)}
        openAlert={search.alert ?? (show === '' ? 'alr_8f31' : undefined)}
        why={loadableAs(show, one.why)}
        pages={loadableAs(show, show === 'empty' ? [] : isDetected ? one.climbingPages : one.pages)}
        {...(show !== 'resolved' && acts)}
      />
    </DrawnShell>
  )
}

function DrawnSignIn({ show }: DrawnProps) {
  const email = 'beatriz@harbourline.example'
  return (
    <SignInScreen
      organisation="Harbourline"
      ways={show === 'no-mail' ? [] : show === 'mail-only' ? ['mail-link'] : ['passkey', 'mail-link', 'single-sign-on']}
      email={email}
      step={show === 'sent' ? { kind: 'sent', email } : { kind: 'ask', problem: show === 'failed' ? 'This link was used before. Ask for another one.' : undefined }}
      onCode={() => {}}
      onAnother={() => {}}
    />
  )
}

function DrawnPhone({ show }: DrawnProps) {
  const toast = useToast()
  const empty = show === 'empty'
  return (
    <DrawnShell place="now" show={show}>
      <PhoneScreen
        command={phone.command}
        reply={empty ? undefined : phone.reply}
        way={empty ? { steps: [] } : { steps: phone.steps, took: '0.9 s' }}
        pages={empty ? [] : phone.pages}
        demo={{}}
        onSend={() => toast({ text: 'Sent' })}
        onAcknowledge={() => toast({ text: 'Acknowledged Checkout slow, Noor is not paged' })}
        onEscalate={() => toast({ text: 'Paging Noor now' })}
      />
    </DrawnShell>
  )
}
