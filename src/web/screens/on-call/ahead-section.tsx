import { zoneName } from '../../../kernel/moment.ts'
import { DAY } from '../../../kernel/time.ts'
import { links } from '../../links.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { classNames } from '../../parts/class-names.ts'
import { type DayStroke, DayStrokes } from '../../parts/day-strokes.tsx'
import { Link } from '../../parts/link.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Section } from '../../parts/panel.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { dayText, interval, shiftTime } from '../../parts/time-words.ts'
import type { OverrideStart, ScheduleAhead } from '../../product/on-call/duty.ts'
import { words } from '../../product/on-call/words.ts'
import { coverText } from '../../product/schedules/cover-text.ts'
import { words as steps } from '../../product/shell/step-words.ts'

interface AheadSectionProps {
  ahead: Loadable<ScheduleAhead[]>
  onOverride?: ((start: OverrideStart) => void) | undefined
}

/** The next days of each schedule, and the gaps to fill. */
export function AheadSection({ ahead, onOverride }: AheadSectionProps) {
  return (
    <Section title={words.ahead} beside={<span className="fine">{`${words.aheadUnit}, ${words.aheadYours}`}</span>}>
      <Loaded of={ahead} skeleton={<SkeletonRows rows={4} />}>
        {(schedules) =>
          schedules.length === 0 ? (
            <p className="sub">
              {words.noSchedule}{' '}
              <Link className="text-link" href={links.schedules()}>
                {steps.addSchedule}
              </Link>
            </p>
          ) : (
            <Ahead schedules={schedules} onOverride={onOverride} />
          )
        }
      </Loaded>
    </Section>
  )
}

function Ahead({ schedules, onOverride }: { schedules: ScheduleAhead[]; onOverride: AheadSectionProps['onOverride'] }) {
  const gaps = schedules
    .flatMap((schedule) => schedule.gaps.slice(0, 1).map((gap) => ({ ...gap, schedule })))
    .sort((a, b) => a.from - b.from)
  return (
    <>
      <ul className="ahead-rows">
        {schedules.map((schedule) => (
          <li key={schedule.schedule}>
            <Link className="cut" href={links.schedule(schedule.schedule)}>
              {schedule.displayName}
            </Link>
            <DayStrokes days={schedule.days.map(strokeOf)} label={words.coverLabel(schedule.displayName, coverText(schedule))} />
            <span className={classNames('dim', schedule.gaps.length > 0 && 'ahead-missing')} aria-hidden="true">
              {coverText(schedule)}
            </span>
          </li>
        ))}
      </ul>
      <Axis days={schedules[0]!.days.length} />
      {gaps.slice(0, 3).map((gap) => (
        <GapBox key={`${gap.schedule.schedule} ${gap.from}`} gap={gap} onOverride={onOverride} />
      ))}
    </>
  )
}

function GapBox({
  gap: { from, until, schedule },
  onOverride,
}: {
  gap: { from: number; until: number; schedule: ScheduleAhead }
  onOverride: AheadSectionProps['onOverride']
}) {
  const when = useTicking((now, zone) => `${shiftTime(from, now, zone)} ${zoneName(zone)}`)
  return (
    <div className="gap-box">
      <p>
        <b>{words.gapOn(when, schedule.displayName)}</b> {words.gapText(interval(until - from))}
      </p>
      <span className="line">
        {onOverride && (
          <Button size="small" onClick={() => onOverride({ schedule: schedule.schedule, from, until })}>
            {words.fillGap}
          </Button>
        )}
        <ButtonLink size="small" kind="quiet" href={links.schedule(schedule.schedule)}>
          {words.openSchedule}
        </ButtonLink>
      </span>
    </div>
  )
}

function Axis({ days }: { days: number }) {
  const dateAfter = (count: number) => (now: number, zone: string) => dayText(now + count * DAY, zone)
  const first = useTicking(dateAfter(0))
  const middle = useTicking(dateAfter(Math.floor(days / 2)))
  const last = useTicking(dateAfter(days - 1))
  return (
    <p className="ahead-axis" aria-hidden="true">
      <span>{first}</span>
      <span>{middle}</span>
      <span>{last}</span>
    </p>
  )
}

function strokeOf({ cover, isMine }: ScheduleAhead['days'][number]): DayStroke {
  if (cover === 'whole') return isMine ? 'own' : 'full'
  return cover
}
