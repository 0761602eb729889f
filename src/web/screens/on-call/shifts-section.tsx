import { zoneName } from '../../../kernel/moment.ts'
import { Button } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { classNames } from '../../parts/class-names.ts'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Section } from '../../parts/panel.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { interval, shiftTime } from '../../parts/time-words.ts'
import type { MyShift, OverrideStart } from '../../product/on-call/duty.ts'
import { words } from '../../product/on-call/words.ts'

interface ShiftsSectionProps {
  /** Null for whoever is no person. */
  shifts: Loadable<MyShift[] | null>
  onOverride?: ((start: OverrideStart) => void) | undefined
}

export function ShiftsSection({ shifts, onOverride }: ShiftsSectionProps) {
  return (
    <Section title={words.shifts} flush>
      <Loaded of={shifts} skeleton={<SkeletonRows rows={3} />}>
        {(mine) =>
          mine === null || mine.length === 0 ? (
            <p className="section-inside sub">{mine === null ? words.noPerson : words.noShift}</p>
          ) : (
            <ul>
              {mine.map((shift) => (
                <Shift key={`${shift.schedule} ${shift.from}`} shift={shift} onOverride={onOverride} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}

function Shift({ shift, onOverride }: { shift: MyShift; onOverride: ShiftsSectionProps['onOverride'] }) {
  const { schedule, displayName, from, until } = shift
  const isNow = useTicking((now) => from <= now && now < until)
  const text = useTicking((now, zone) => {
    const when = `${shiftTime(isNow ? until : from, now, zone)} ${zoneName(zone)}`
    return isNow ? words.shiftUntil(when, interval(until - now)) : `${when}, ${interval(until - from)}`
  })
  return (
    <li className={classNames('on-call-shift', isNow && 'on-call-shift-now')}>
      <div className="grow">
        <p>
          <b>{displayName}</b> {isNow && <Chip tone="on">{words.shiftNow}</Chip>}
        </p>
        <p className="fine sub">{text}</p>
      </div>
      {onOverride && (
        <Button
          size="small"
          kind={isNow ? 'secondary' : 'quiet'}
          onClick={() => onOverride({ schedule, isMine: true, ...(!isNow && { from }), until })}
        >
          {words.coverMe}
        </Button>
      )}
    </li>
  )
}
