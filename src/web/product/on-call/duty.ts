import type { Instant } from '../../../kernel/time.ts'
import type { PersonLook } from '../../parts/avatar.tsx'

/** A contact through which a person is paged at high urgency. */
export interface Way {
  contact: string
  channel: string
  state: 'works' | 'failing' | 'untried'
}

export interface DutyPerson {
  name: string
  look: PersonLook
  /** The viewer. */
  isMe: boolean
  timeZone?: string | undefined
  ways: Way[]
}

/** Why nobody is there: somebody is missing, or it is meant so. */
export type Absence = 'gap' | 'outside-hours' | 'left-empty' | 'missing'

/** One name in a level of a policy, and whom it leads to: one person for a schedule, several for a team. */
export interface Duty {
  key: string
  policy: string | undefined
  /** Undefined for a schedule that stands by itself. */
  level: number | 'catch-all' | undefined
  /** Not repeated for the second name of a level. */
  isFirstOfLevel: boolean
  through: { kind: 'schedule' | 'team'; name: string; displayName: string } | { kind: 'named' | 'admins' } | undefined
  people: DutyPerson[]
  absence?: Absence | undefined
  /** Made by a person, instead of the rotation. */
  override?: { reason?: string | undefined } | undefined
  until?: Instant | undefined
  next?: { look?: PersonLook | undefined; until?: Instant | undefined } | undefined
  /** Where nobody is: who is paged instead. */
  goesTo?: PersonLook | undefined
}

export interface PolicyDuty {
  /** Undefined for schedules that no policy uses. */
  policy: string | undefined
  displayName: string
  services: number
  /** The levels; the catch-all among them only where it leads to nobody. */
  duties: Duty[]
  /** Who is tried when everybody else has been. */
  catchAll: DutyPerson[]
  /** The next time without anybody on one of its schedules. */
  gap?: { from: Instant } | undefined
}

/** Whether pages reach people, in the one sentence at the top. */
export interface Verdict {
  policies: number
  /** Policies that lead to nobody at all. */
  nobody: string[]
  /** On call and not to be woken. */
  unreachable: { person: string; place: string }[]
  mine:
    | { kind: 'on'; what: string; until?: Instant | undefined }
    | { kind: 'off'; next?: { what: string; from: Instant } | undefined }
    | undefined
  /** Undefined while nobody knows. */
  gaps: { schedule: string; displayName: string; from: Instant; until: Instant }[] | undefined
}

export interface MyShift {
  schedule: string
  displayName: string
  from: Instant
  until: Instant
}

export interface ScheduleAhead {
  schedule: string
  displayName: string
  timeZone: string
  days: { cover: 'whole' | 'part' | 'none' | 'gap' | 'unknown'; isMine: boolean }[]
  gaps: { from: Instant; until: Instant }[]
}

/** What the dialog begins with. */
export interface OverrideStart {
  schedule?: string | undefined
  /** It is the viewer's own shift, for which somebody else is wanted. */
  isMine?: boolean
  from?: Instant | undefined
  until?: Instant | undefined
}
