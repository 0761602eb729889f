import { zoneName } from '../../../kernel/moment.ts'
import type { Instant } from '../../../kernel/time.ts'
import { Button } from '../../parts/button.tsx'
import { CountdownText } from '../../parts/clock.tsx'
import { PhoneNotice } from '../../parts/phone-frame.tsx'
import { SeverityMark, type SeverityRank } from '../../parts/severity-mark.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { age, timeOfDay } from '../../parts/time-words.ts'
import type { NextPage } from '../../product/incidents/incident-row.ts'
import { words } from './words.ts'

/** One page on the drawn phone. `told` only says something and wants nothing. */
export type PhonePage = { id: string; at: Instant } & (
  | {
      state: 'waiting'
      incidentId: string
      title: string
      severity: SeverityRank
      service?: string | undefined
      /** Who is paged if nobody acts, counted down. */
      next?: NextPage | undefined
    }
  | { state: 'resolved'; incidentId: string; title: string; severity: SeverityRank }
  | { state: 'acknowledged'; incidentId: string; title: string; severity: SeverityRank; spared?: string | undefined }
  | { state: 'told'; text: string }
)

export interface PhonePagesProps {
  /** Newest first. */
  pages: PhonePage[]
  onAcknowledge: (incidentId: string) => void
  onEscalate: (incidentId: string) => void
}

export function PhonePages({ pages, onAcknowledge, onEscalate }: PhonePagesProps) {
  if (pages.length === 0) return <p className="phone-nothing">{words.nothing}</p>
  return pages.map((page) => <OnePage key={page.id} page={page} onAcknowledge={onAcknowledge} onEscalate={onEscalate} />)
}

function OnePage({ page, onAcknowledge, onEscalate }: { page: PhonePage } & Pick<PhonePagesProps, 'onAcknowledge' | 'onEscalate'>) {
  const when = useTicking((now) => age(now - page.at))
  const began = useTicking((_, zone) => `${timeOfDay(page.at, zone)} ${zoneName(zone)}`)
  switch (page.state) {
    case 'told':
      return (
        <PhoneNotice from={words.brand} when={when} old>
          {page.text}
        </PhoneNotice>
      )
    case 'resolved':
      return (
        <PhoneNotice from={words.brand} when={when} old title={<Title page={page} />}>
          {words.resolved}
        </PhoneNotice>
      )
    case 'acknowledged':
      return (
        <PhoneNotice from={words.brand} when={when} old title={<Title page={page} />}>
          {page.spared ? words.acknowledged(page.spared) : words.acknowledgedPlain}
        </PhoneNotice>
      )
    case 'waiting':
      return (
        <PhoneNotice
          from={words.brand}
          when={when}
          title={<Title page={page} />}
          buttons={
            <>
              <Button kind="primary" onClick={() => onAcknowledge(page.incidentId)}>
                {words.acknowledge}
              </Button>
              <Button onClick={() => onEscalate(page.incidentId)}>{words.escalate}</Button>
            </>
          }
        >
          {words.since(page.service, began)} {page.next && <NextPerson {...page.next} />}
        </PhoneNotice>
      )
  }
}

function NextPerson({ who, at }: NextPage) {
  if (at === undefined) return words.isPagedThen(who)
  return (
    <>
      {words.isPagedIn(who)} <CountdownText to={at} />.
    </>
  )
}

function Title({ page }: { page: Extract<PhonePage, { title: string }> }) {
  return (
    <>
      <SeverityMark rank={page.severity} />
      <span className="two-lines">{page.title}</span>
    </>
  )
}
