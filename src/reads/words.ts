import { iso } from '../kernel/time.ts'
import type { Found } from '../modules/timeline/index.ts'

/** How a person was found, as a phrase: "on call for payments-primary (weekly) until 2026-11-23 08:00 UTC". */
export function foundText({ target, shift }: Found): string {
  if ('schedule' in target) {
    if (!shift) return `on call for ${target.schedule}`
    const why = 'override' in shift ? `override${shift.reason ? `, ${shift.reason}` : ''}` : shift.layer
    return `on call for ${target.schedule} (${why})${shift.until === null ? '' : ` until ${minuteText(shift.until)}`}`
  }
  if ('team' in target) return `member of the team ${target.team}`
  if ('person' in target) return 'named in the escalation policy'
  if ('admins' in target) return 'admin of this installation'
  return 'nobody else could be reached'
}

/** Why a name in a policy led to nobody. */
export function absentText({ target, absent, person }: Found): string {
  const named =
    'schedule' in target
      ? `schedule ${target.schedule}`
      : 'team' in target
        ? `team ${target.team}`
        : 'person' in target
          ? target.person
          : 'the admins'
  switch (absent) {
    case 'nobody-on-call':
      return `nobody is on call for ${named}`
    case 'no-such-schedule':
    case 'no-such-team':
      return `the ${named} does not exist`
    case 'no-such-person':
      return `${person ?? named} does not exist any more`
    case 'empty-team':
      return `the ${named} has no members`
    case 'no-contact':
      return `${person ?? named} has no contact`
    case 'only-on-screen':
      return `${person ?? named} has nothing but a phone on screen, which counts in the demo and in drills alone`
    case 'demo-person':
      return `${person ?? named} belongs to the demo company, whose people are never paged in earnest`
    default:
      return `${person ?? named} can be reached`
  }
}

export function minuteText(at: number): string {
  return `${iso(at).slice(0, 16).replace('T', ' ')} UTC`
}
