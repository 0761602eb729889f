import { type Progress, StatusPill } from '../../parts/status-pill.tsx'
import { words } from './words.ts'

/** The status of an incident, in its words. */
export function IncidentStatus({ status }: { status: Progress }) {
  return <StatusPill progress={status} label={words.status[status]} />
}
