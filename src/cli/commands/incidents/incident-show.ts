import { CommandError } from '../../errors.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printOne } from '../../printing.ts'
import { shortNumber } from '../../product/incident-cells.ts'
import { looksLikeIncident } from '../../product/incident-ids.ts'
import { personCalled } from '../../product/known-names.ts'
import { everything } from '../../product/lists.ts'
import type { Session } from '../../session.ts'
import { tone } from '../../text/spans.ts'
import type { incidentShow } from '../../verbs/incidents.ts'
import type { InputOf } from '../../verbs/verb.ts'
import { incidentLines, type Pictured, timesText } from './incident-picture.ts'

const SHOWN = 20

export async function showIncident(session: Session, { id, all, ...input }: InputOf<typeof incidentShow>): Promise<ExitCode> {
  const pictured = await readIncident(session, id, all ? Number.POSITIVE_INFINITY : SHOWN)
  const { incident, escalation, events } = pictured
  printOne(session, input, {
    value: { ...incident, escalation, timeline: events },
    name: incident.number,
    lines: () => [...incidentLines(pictured, { now: session.now(), zone: session.zone, width: session.width }), ...endLines(pictured)],
  })
  if (incident.status !== 'resolved') session.hint([tone('dim', 'Watch it:'), ` tocsin incident watch ${shortNumber(incident.number)}`])
  return EXIT.ok
}

function endLines({ incident }: Pictured) {
  const times = timesText(incident)
  return times === '' ? [] : [times]
}

export async function readIncident(session: Session, id: string, most: number): Promise<Pictured> {
  if (!looksLikeIncident(id) || id === '-') throw new CommandError(EXIT.usage, `‹${id}› is not an incident; write 142, INC-142 or inc_….`)
  const { api } = session.server()
  const params = { id }
  const incident = await api.getIncident({ params })
  const [escalation, events, called] = await Promise.all([
    api.getEscalation({ params }),
    everything((query) => api.getTimeline({ params, query })),
    personCalled(session),
  ])
  return { incident, escalation, events: events.slice(-Math.min(most, events.length)), earlier: Math.max(0, events.length - most), called }
}
