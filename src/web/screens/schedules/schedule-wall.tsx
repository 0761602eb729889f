import './schedules.css'
import { DAY, type Instant } from '../../../kernel/time.ts'
import { Avatar } from '../../parts/avatar.tsx'
import { classNames } from '../../parts/class-names.ts'
import { Icon } from '../../parts/icon.tsx'
import { shortName } from '../../parts/person-names.ts'
import { personTone } from '../../parts/person-tone.ts'
import { useTicking } from '../../parts/ticking.tsx'
import { shiftTime } from '../../parts/time-words.ts'
import { words } from '../../product/schedules/words.ts'
import { dayOf, midnights, type Preview, type Shift } from './schedule.ts'

interface ScheduleWallProps {
  preview: Preview
  days: number
  /** The schedule's own zone: its days are the columns. */
  zone: string
}

/** The final rotation on top, the layers that explain it below, drawn to the hour; a gap is hatched and named. */
export function ScheduleWall({ preview, days, zone }: ScheduleWallProps) {
  const marks = midnights(dayOf(preview.since, zone), days, zone)
  const [since, until] = [marks[0]!, marks.at(-1)!]
  const now = useTicking((at) => Math.floor(at / 60_000) * 60_000)
  const placeOf = (at: Instant) => `${((Math.min(Math.max(at, since), until) - since) / (until - since)) * 100}%`
  const today = dayOf(now, zone)
  const widest = 100 / days
  const draw = (shifts: Shift[], kind: 'final' | 'layer') =>
    shifts
      .filter((shift) => shift.from < until && shift.until > since && (kind === 'final' || !shift.gap))
      .map((shift) => {
        const left = placeOf(shift.from)
        const width = `calc(${placeOf(shift.until)} - ${left})`
        const share = ((Math.min(shift.until, until) - Math.max(shift.from, since)) / (until - since)) * 100
        return (
          <span
            key={shift.from}
            className={classNames(
              'wall-shift',
              shift.outsideHours
                ? 'wall-outside'
                : shift.gap
                  ? 'wall-gap'
                  : kind === 'final'
                    ? `person-${personTone(shift.displayName!)}`
                    : 'wall-alone',
              shift.whyKind === 'override' && 'wall-override',
            )}
            style={{ left, width }}
            title={told(shift, now, zone)}
          >
            {shift.gap
              ? !shift.outsideHours &&
                share > 4 && (
                  <>
                    <Icon name="warn" size={12} />
                    <span className="cut">{words.gap}</span>
                  </>
                )
              : share > 4 && (
                  <>
                    {share > 6 && <Avatar person={{ name: shift.displayName! }} size={18} />}
                    <span className="cut">{shortName(shift.displayName!)}</span>
                  </>
                )}
          </span>
        )
      })
  return (
    <>
      <div className="wall desk-only" aria-hidden="true">
        <div className="wall-row wall-days">
          <span />
          <div className="wall-track">
            {marks.slice(0, -1).map((mark) => {
              const [weekday, date] = dayWords(mark, zone)
              const day = dayOf(mark, zone)
              return (
                <span
                  key={mark}
                  className={classNames('wall-day', day === today && 'wall-today')}
                  style={{ left: placeOf(mark), width: `${widest}%` }}
                >
                  <span>{days > 14 ? weekday.slice(0, 1) : weekday}</span>
                  <b>{date}</b>
                </span>
              )
            })}
          </div>
        </div>
        <div className="wall-rows">
          <div className="wall-lines">
            {marks.slice(0, -1).map((mark) => (
              <i
                key={mark}
                className={isWeekend(mark, zone) ? 'wall-weekend' : undefined}
                style={{ left: placeOf(mark), width: `${widest}%` }}
              />
            ))}
            {now > since && now < until && <i className="wall-now" style={{ left: placeOf(now) }} />}
          </div>
          <div className="wall-row wall-final">
            <span>
              <b>{words.final}</b>
              <span>{words.finalDetail}</span>
            </span>
            <div className="wall-track">{draw(preview.shifts, 'final')}</div>
          </div>
          {[...preview.layers].reverse().map((layer) => (
            <div className="wall-row" key={layer.name}>
              <span>
                <b className="cut">{layer.name}</b>
                <span>{words.layerDetail}</span>
              </span>
              <div className="wall-track">{draw(layer.shifts, 'layer')}</div>
            </div>
          ))}
        </div>
      </div>
      <ol className="shift-list" aria-label={words.preview}>
        {preview.shifts
          .filter((shift) => shift.from < until)
          .slice(0, 60)
          .map((shift) => (
            <li key={shift.from} className={shift.outsideHours ? 'dim' : shift.gap ? 'missing' : undefined}>
              {told(shift, now, zone)}
            </li>
          ))}
      </ol>
    </>
  )
}

/** `Raj Iyer, Mon 09:00 to Mon 16 Nov 09:00`. */
function told(shift: Shift, now: Instant, zone: string): string {
  const [from, until] = [shiftTime(shift.from, now, zone), shiftTime(shift.until, now, zone)]
  if (shift.gap) return shift.outsideHours ? words.outsideFrom(from, until) : words.gapFrom(from, until)
  const who = shift.whyKind === 'override' ? `${shift.displayName} (${words.override})` : shift.displayName!
  return words.shiftFrom(who, from, until)
}

/** Weekday and day of the month at a midnight, from the line every shift is told by. */
function dayWords(mark: Instant, zone: string): [weekday: string, date: string] {
  const [weekday = '', date = ''] = shiftTime(mark, mark + 30 * DAY, zone).split(' ')
  return [weekday.replace(',', ''), date.replace('.', '')]
}

function isWeekend(mark: Instant, zone: string): boolean {
  // 1970-01-01 was a Thursday.
  return [2, 3].includes((((dayOf(mark, zone) / DAY) % 7) + 7) % 7)
}
