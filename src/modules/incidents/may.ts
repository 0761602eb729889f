import type { Incident } from './incident.ts'
import { type IncidentStatus, isOpen } from './status.ts'

// What may be done with an incident as it stands. Pure: screens, the command line, links and the acts themselves ask here.

/** Where only its status is told, that says whether somebody has it. */
interface Standing {
  status: IncidentStatus
  held?: boolean
}

/** Acknowledging is idempotent: a second one only answers who did it. */
export function mayAcknowledge({ status, held = status === 'acknowledged' }: Standing): 'yes' | 'already' | 'already-resolved' {
  if (!isOpen({ status })) return 'already-resolved'
  return held ? 'already' : 'yes'
}

export function mayEscalate({ status, policy }: Pick<Incident, 'status' | 'policy'>): 'yes' | 'already-resolved' | 'no-policy' {
  if (!isOpen({ status })) return 'already-resolved'
  return policy === null ? 'no-policy' : 'yes'
}

export function mayResolve({ status }: Standing): 'yes' | 'already' {
  return isOpen({ status }) ? 'yes' : 'already'
}
