import './schedules.css'
import { zoneName } from '../../../kernel/moment.ts'
import { DAY, type Instant } from '../../../kernel/time.ts'
import { Person } from '../../parts/avatar.tsx'
import { Button, IconButton } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { classNames } from '../../parts/class-names.ts'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Note } from '../../parts/note.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { SkeletonText } from '../../parts/skeleton.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { interval, longDay, shiftTime } from '../../parts/time-words.ts'
import { words } from '../../product/schedules/words.ts'
import { dayOf, type Handover, loadOf, midnights, type Preview, type Shift } from './schedule.ts'
import { ScheduleWall } from './schedule-wall.tsx'

export const COVER_DAYS = 60
export type Range = '7' | '14' | '28'

interface SchedulePreviewProps {
  preview: Loadable<Preview>
  zone: string
  range: Range
  /** Why what is typed cannot be shown, while an earlier one is. */
  kept: { kind: 'invalid'; why: string } | { kind: 'failed' } | undefined
  onRange: (range: Range) => void
  onEarlier: () => void
  onLater: () => void
  onToday: () => void
  /** What people are called. */
  called: (name: string) => string
  /** Puts these first handoffs into the form; absent where it cannot be changed. */
  onKeepTurn: ((starts: Handover['keepTurn']) => void) | undefined
  /** Puts the times of a gap into the form of an override; absent while there is nothing to override. */
  onFill: ((gap: Shift) => void) | undefined
}

/** What a schedule comes to, as it stands in the form: drawn, its gaps named, and how the time is shared. */
export function SchedulePreview({
  preview,
  zone,
  range,
  kept,
  called,
  onRange,
  onEarlier,
  onLater,
  onToday,
  onKeepTurn,
  onFill,
}: SchedulePreviewProps) {
  return (
    <section className="schedule-preview" aria-label={words.preview}>
      <Loaded of={preview} skeleton={<SkeletonText lines={8} />}>
        {(shown) => (
          <>
            <div className="line wraps">
              <IconButton size="small" icon="left" label={words.earlier} onClick={onEarlier} />
              <h2>{longDay(shown.since, zone)}</h2>
              <IconButton size="small" icon="right" label={words.later} onClick={onLater} />
              <Button size="small" onClick={onToday}>
                {words.today}
              </Button>
              <span className="dim fine">{words.inZone(zoneName(zone))}</span>
              <span className="push-right">
                <Segmented
                  label={words.range}
                  segments={(['7', '14', '28'] as const).map((value) => ({ value, name: words.ranges[value] }))}
                  current={range}
                  onPick={onRange}
                />
              </span>
            </div>
            <div aria-live="polite" className="editor-alert">
              {shown.handover && <Moves handover={shown.handover} called={called} onKeepTurn={onKeepTurn} />}
              {kept && <Note tone="warn">{kept.kind === 'invalid' ? words.keptInvalid(kept.why) : words.keptFailed}</Note>}
            </div>
            <ScheduleWall preview={shown} days={Number(range)} zone={zone} />
            <Cover preview={shown} zone={zone} onFill={onFill} />
          </>
        )}
      </Loaded>
    </section>
  )
}

/** Who is on call before and after saving, and the way to leave the pager where it is. */
function Moves({ handover, called, onKeepTurn }: { handover: Handover } & Pick<SchedulePreviewProps, 'called' | 'onKeepTurn'>) {
  const { now, shifts, keepTurn } = handover
  const [from, to] = [now.from, now.to].map((name) => (name === null ? words.nobody : called(name)))
  return (
    <Note tone={now.from === now.to ? 'info' : 'warn'}>
      {now.from === now.to ? words.staysOnCall(to!) : words.handsOver(from!, to!)} {words.shiftsMove(shifts.changed, shifts.of)}
      {onKeepTurn && keepTurn.length > 0 && (
        <Button size="small" onClick={() => onKeepTurn(keepTurn)}>
          {words.keepTurn}
        </Button>
      )}
    </Note>
  )
}

const GAPS_SHOWN = 4

function Cover({ preview, zone, onFill }: { preview: Preview; zone: string; onFill: ((gap: Shift) => void) | undefined }) {
  const gaps = preview.shifts.filter(({ gap, outsideHours }) => gap && !outsideHours)
  const hasHours = preview.shifts.some(({ outsideHours }) => outsideHours)
  const load = loadOf(preview.shifts)
  const now = useTicking((at) => Math.floor(at / 60_000) * 60_000)
  return (
    <div className="cover">
      <div className="line wraps">
        <h2>{words.cover}</h2>
        {gaps.length === 0 ? (
          <Chip tone="good" icon="ok">
            {hasHours ? words.noGapInHours : words.noGap}
          </Chip>
        ) : (
          <Chip tone="bad" icon="warn">
            {words.gaps(gaps.length)}
          </Chip>
        )}
        {preview.more && <span className="dim fine">{words.more}</span>}
      </div>
      <DayStrokes preview={preview} zone={zone} />
      <p className="dim fine">
        {words.strokes} {words.zoneData(preview.zoneData)}
      </p>
      {gaps.length > 0 && (
        <ul className="gap-list">
          {gaps.slice(0, GAPS_SHOWN).map((gap) => (
            <li key={gap.from} className="line wraps">
              <span className="missing">{words.gapLine(shiftTime(gap.from, now, zone), interval(gap.until - gap.from))}</span>
              {onFill && gap.until > now && (
                <Button size="small" onClick={() => onFill(gap)}>
                  {words.fill}
                </Button>
              )}
            </li>
          ))}
          {gaps.length > GAPS_SHOWN && <li className="dim fine">{words.moreGaps(gaps.length - GAPS_SHOWN)}</li>}
        </ul>
      )}
      {load.length > 0 && (
        <>
          <h2>{words.load}</h2>
          <ul className="load-list">
            {load.map(({ displayName, ms, share }) => (
              <li key={displayName}>
                <Person person={{ name: displayName }} />
                <span className="dim">{interval(Math.round(ms / 3_600_000) * 3_600_000)}</span>
                <span className="load-bar" aria-hidden="true">
                  <i style={{ width: `${share * 100}%` }} />
                </span>
                <span className="load-share">{words.share(Math.round(share * 100))}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

/** One stroke a day: who has most of it decides the tone, a gap in it hatches it. */
function DayStrokes({ preview, zone }: { preview: Preview; zone: string }) {
  const count = Math.min(COVER_DAYS, Math.round((preview.until - preview.since) / DAY))
  const days = midnights(dayOf(preview.since, zone), count, zone)
  let tone = false
  let before: string | null | undefined
  return (
    <div className="day-strokes" aria-hidden="true">
      {days.slice(0, -1).map((day, i) => {
        const inside = preview.shifts.filter(({ from, until }) => from < days[i + 1]! && until > day)
        const person = longest(inside, day, days[i + 1]!)?.person
        if (person !== before) tone = !tone
        before = person
        return (
          <i
            key={day}
            className={classNames(inside.some(({ gap, outsideHours }) => gap && !outsideHours) ? 'day-gap' : tone && 'day-dark')}
          />
        )
      })}
    </div>
  )
}

function longest(shifts: Shift[], since: Instant, until: Instant): Shift | undefined {
  const length = (shift: Shift) => Math.min(shift.until, until) - Math.max(shift.from, since)
  return shifts.reduce<Shift | undefined>((best, shift) => (best && length(best) >= length(shift) ? best : shift), undefined)
}
