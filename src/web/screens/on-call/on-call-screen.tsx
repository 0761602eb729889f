import './on-call-screen.css'
import { useId, useState } from 'react'
import { isUtc, zoneName } from '../../../kernel/moment.ts'
import type { Instant } from '../../../kernel/time.ts'
import { moveThroughRows, useKeys } from '../../keys.ts'
import { links } from '../../links.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Link } from '../../parts/link.tsx'
import { type Loadable, Loaded, shownOf } from '../../parts/loadable.tsx'
import { localText, momentOfLocal } from '../../parts/local-text.ts'
import { Page } from '../../parts/page.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { Split } from '../../parts/split.tsx'
import { useTicking, useZone } from '../../parts/ticking.tsx'
import { interval, momentWithZones, shiftTime } from '../../parts/time-words.ts'
import type { MyShift, OverrideStart, PolicyDuty, ScheduleAhead, Verdict } from '../../product/on-call/duty.ts'
import { OnCallTabs } from '../../product/on-call/on-call-tabs.tsx'
import { words } from '../../product/on-call/words.ts'
import { listKeys } from '../../product/shell/key-hints.ts'
import { words as steps } from '../../product/shell/step-words.ts'
import { storedChoice, useStoredChoice } from '../../stored-choice.ts'
import { AheadSection } from './ahead-section.tsx'
import { DutyTable, type ZoneChoice } from './duty-table.tsx'
import { ShiftsSection } from './shifts-section.tsx'
import { WokenSection } from './woken-section.tsx'

export interface OnCallScreenProps {
  /** Another moment than now. */
  at?: Instant | undefined
  verdict: Loadable<Verdict>
  policies: Loadable<PolicyDuty[]>
  shifts: Loadable<MyShift[] | null>
  ahead: Loadable<ScheduleAhead[]>
  /** Looks at another moment; undefined is now. */
  onLookAt: (at: Instant | undefined) => void
  /** Absent for whoever may not act. */
  onOverride?: ((start: OverrideStart) => void) | undefined
}

const zoneChoice = storedChoice<ZoneChoice>('tocsin.on-call-zone', ['own', 'utc', 'each'], 'own')

export function OnCallScreen({ at, verdict, policies, shifts, ahead, onLookAt, onOverride }: OnCallScreenProps) {
  useKeys({ j: () => moveThroughRows(1), k: () => moveThroughRows(-1), o: onOverride && (() => onOverride({})) })
  const zone = useZone()
  const zones = useStoredChoice(zoneChoice)
  const keys = [...listKeys.slice(0, 2), ...(onOverride ? [{ keys: ['O'], does: words.keys.override }] : [])]
  return (
    <Page crumbs={[{ name: words.title }]} keys={keys}>
      <PageHead
        title={words.title}
        tight
        beside={
          <span className="line desk-only">
            <AtField at={at} onLookAt={onLookAt} />
            <Segmented
              label={words.zones.label}
              segments={[
                ...(isUtc(zone) ? [] : [{ value: 'own' as const, name: words.zones.own(zoneName(zone)) }]),
                { value: 'utc', name: words.zones.utc },
                { value: 'each', name: words.zones.each },
              ]}
              current={isUtc(zone) && zones === 'own' ? 'utc' : zones}
              onPick={zoneChoice.choose}
            />
            {onOverride && <OverrideButton onOverride={onOverride} />}
          </span>
        }
      />
      <OnCallTabs current="now" />
      {at !== undefined && <Planned at={at} />}
      <Split
        className="on-call-split"
        label={words.table}
        asideLabel={words.aside}
        aside={
          <>
            <ShiftsSection shifts={shifts} onOverride={onOverride} />
            <AheadSection ahead={ahead} onOverride={onOverride} />
            <WokenSection policies={policies} />
          </>
        }
      >
        <VerdictText of={verdict} isNow={at === undefined} />
        <Loaded of={policies} skeleton={<SkeletonRows rows={8} />}>
          {(all) =>
            all.length === 0 ? (
              <NoPolicies mayWrite={onOverride !== undefined} />
            ) : (
              <DutyTable policies={all} zones={zones} at={at} onOverride={onOverride} />
            )
          }
        </Loaded>
        <div className="on-call-acts phone-only">
          <AtField at={at} onLookAt={onLookAt} />
          {onOverride && <OverrideButton onOverride={onOverride} />}
        </div>
      </Split>
    </Page>
  )
}

function OverrideButton({ onOverride }: { onOverride: (start: OverrideStart) => void }) {
  return (
    <Button icon="swap" onClick={() => onOverride({})}>
      {words.newOverride}
    </Button>
  )
}

const FIRST_YEAR = '2000'

/** Another moment to look at, by the viewer's clocks. */
function AtField({ at, onLookAt }: Pick<OnCallScreenProps, 'at' | 'onLookAt'>) {
  const zone = useZone()
  const id = useId()
  // What is typed stays until the field is left: a new address must not take the cursor away.
  const [typed, setTyped] = useState<string | undefined>()
  const shown = typed ?? (at === undefined ? '' : localText(at, zone))
  return (
    <span className="on-call-at">
      <label htmlFor={id}>{`${words.at} (${zoneName(zone)})`}</label>
      <input
        id={id}
        className="input"
        type="datetime-local"
        value={shown}
        onChange={({ target }) => {
          setTyped(target.value)
          const moment = momentOfLocal(target.value, zone)
          // A year is typed digit by digit.
          if (moment !== undefined && target.value >= FIRST_YEAR) onLookAt(moment)
        }}
        onBlur={() => setTyped(undefined)}
      />
    </span>
  )
}

function Planned({ at }: { at: Instant }) {
  const when = useTicking((now, zone) => momentWithZones(at, now, zone))
  return (
    <div className="on-call-planned">
      <span className="grow">{words.asPlanned(when)}</span>
      <ButtonLink size="small" href={links.onCall()}>
        {words.backToNow}
      </ButtonLink>
    </div>
  )
}

function NoPolicies({ mayWrite }: { mayWrite: boolean }) {
  return (
    <EmptyState
      title={words.noPolicies}
      headingLevel={2}
      step={
        mayWrite ? (
          <ButtonLink kind="primary" icon="plus" href={links.create('policies')}>
            {steps.addPolicy}
          </ButtonLink>
        ) : (
          <ButtonLink href={links.policies()}>{steps.policies}</ButtonLink>
        )
      }
    >
      <p>{words.noPoliciesText}</p>
    </EmptyState>
  )
}

function VerdictText({ of, isNow }: { of: Loadable<Verdict>; isNow: boolean }) {
  const verdict = shownOf(of)
  const mine = verdict?.mine
  const mineText = useTicking((now, zone) => {
    const when = (at: Instant) => `${shiftTime(at, now, zone)} ${zoneName(zone)}`
    if (!mine) return ''
    if (mine.kind === 'on') return words.onCallAs(mine.what, mine.until === undefined ? '' : words.untilText(when(mine.until)))
    return mine.next ? words.notOnCallNext(mine.next.what, when(mine.next.from)) : words.notOnCall
  })
  if (!verdict) return null
  const { policies, nobody, unreachable } = verdict
  return (
    <div className="on-call-verdict">
      {policies > 0 && (
        <p>
          {nobody.length > 0 && <span className="on-call-missing">{words.nobodyFor(nobody.join(', '))} </span>}
          {nobody.length === 0 && `${isNow ? words.everyPage : words.everyPageThen} `}
          {unreachable.slice(0, 2).map(({ person, place }) => (
            <span key={person} className="on-call-missing">
              {words.doubt(person, place)}{' '}
            </span>
          ))}
          {verdict.gaps && <GapText gaps={verdict.gaps} />}
        </p>
      )}
      {mineText && <p>{mineText}</p>}
    </div>
  )
}

function GapText({ gaps }: { gaps: NonNullable<Verdict['gaps']> }) {
  const [first] = gaps
  const when = useTicking((now, zone) => (first ? `${shiftTime(first.from, now, zone)} ${zoneName(zone)}` : ''))
  if (!first) return words.noGap
  return (
    <>
      {gaps.length === 1 ? words.gapAhead : words.gapsAhead(gaps.length)}{' '}
      <Link
        className="text-link"
        href={links.schedule(first.schedule)}
      >{`${first.displayName}, ${when}, ${interval(first.until - first.from)}`}</Link>
      .
    </>
  )
}
