import type { TimelineEvent } from '../timeline/index.ts'

/** How far the work is, and whether that is open. Plain incidents know three of them. */
const IS_OPEN = {
  ...{ detected: true, acknowledged: true, investigating: true, identified: true, mitigating: true, monitoring: true },
  ...{ resolved: false, closed: false, cancelled: false, merged: false },
}
export type IncidentStatus = keyof typeof IS_OPEN
export const STATUSES = Object.keys(IS_OPEN) as [IncidentStatus, ...IncidentStatus[]]

/** How far the work is, and whether somebody has it. */
export interface Standing {
  status: IncidentStatus
  held: boolean
}

/** Whether it is still to be seen to. */
export function isOpen({ status }: { status: IncidentStatus }): boolean {
  return IS_OPEN[status]
}

/** Status and held as events lead to them; the row always equals the fold of its events. Null before it opens. */
export function standingAfter(before: Standing | null, event: TimelineEvent): Standing | null {
  switch (event.type) {
    case 'incident.opened':
      return { status: 'detected', held: false }
    case 'incident.unacknowledged':
      return before && { status: before.status === 'acknowledged' ? 'detected' : before.status, held: false }
    case 'incident.acknowledged':
      return before && { status: before.status === 'detected' ? 'acknowledged' : before.status, held: true }
    case 'incident.resolved':
      return { status: 'resolved', held: false }
    case 'incident.status-changed':
      return before && { ...before, status: event.data.to as IncidentStatus }
    case 'incident.closed':
      return { status: 'closed', held: false }
    case 'incident.cancelled':
      return { status: 'cancelled', held: false }
    case 'incident.merged':
      return { status: 'merged', held: false }
    case 'incident.reopened':
      return { status: 'investigating', held: true }
    case 'incident.unmerged':
      return { status: event.data.status as IncidentStatus, held: event.data.held }
    default:
      return before
  }
}

/** In three words, for whoever is paged: nobody has it, somebody has it, it is over. */
export function toldStatus({ status, held }: Standing): 'detected' | 'acknowledged' | 'resolved' {
  return !IS_OPEN[status] ? 'resolved' : held ? 'acknowledged' : 'detected'
}
