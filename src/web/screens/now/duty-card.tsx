import { zoneName } from '../../../kernel/moment.ts'
import type { Instant } from '../../../kernel/time.ts'
import { Avatar, type PersonLook } from '../../parts/avatar.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { shiftTime } from '../../parts/time-words.ts'
import { words } from './words.ts'

/** Whether the viewer is on call, until when and who comes then; or when the next shift is. */
export type Duty =
  | { kind: 'on'; person: PersonLook; what: string; until: Instant; relief?: string | undefined }
  | { kind: 'off'; next?: { what: string; from: Instant } | undefined }

export function DutyCard({ duty }: { duty: Duty }) {
  const at = duty.kind === 'on' ? duty.until : duty.next?.from
  const when = useTicking((now, zone) => (at === undefined ? '' : `${shiftTime(at, now, zone)} ${zoneName(zone)}`))
  if (duty.kind === 'on') {
    return (
      <div className="duty-card duty-card-on">
        <Avatar person={duty.person} size={28} />
        <div>
          <b>{words.youAreOnCall(duty.what)}</b>
          <span>{words.until(when, duty.relief)}</span>
        </div>
      </div>
    )
  }
  return (
    <div className="duty-card">
      <div>
        <b>{words.notOnCall}</b>
        <span>{duty.next ? words.nextShift(duty.next.what, when) : words.noShift}</span>
      </div>
    </div>
  )
}
