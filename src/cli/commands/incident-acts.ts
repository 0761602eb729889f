import { randomUUID } from 'node:crypto'
import { CommandError } from '../errors.ts'
import { EXIT, type ExitCode } from '../exits.ts'
import type { Session } from '../session.ts'
import type { ack, escalate, incidentUpdate, resolve } from '../verbs/incidents.ts'
import type { InputOf } from '../verbs/verb.ts'
import { actOn, type Deed } from './acting.ts'
import { nextText } from './incident-cells.ts'
import { rankOf } from './typed-severity.ts'

const acknowledging: Deed = {
  verb: 'acknowledge',
  concerns: ({ status }) => status === 'detected',
  act: (session, id) => session.server().api.acknowledgeIncident({ params: { id }, body: { via: 'cli' }, idempotencyKey: randomUUID() }),
}

const resolving: Deed = {
  verb: 'resolve',
  concerns: ({ status }) => status !== 'resolved',
  act: (session, id) => session.server().api.resolveIncident({ params: { id }, body: {}, idempotencyKey: randomUUID() }),
}

const escalating: Deed = {
  verb: 'escalate',
  concerns: ({ status }) => status !== 'resolved',
  async said(session, { id }, dry) {
    const escalation = await session.server().api.getEscalation({ params: { id } })
    const next = nextText(escalation, session.now())
    if (dry)
      return escalation.next
        ? ['would page ', escalation.next.people.map(({ person }) => person).join(', ') || `level ${escalation.next.level}`]
        : ''
    return [escalation.level === null ? '' : `level ${escalation.level} is paged`, next === undefined ? '' : ', then ', next ?? '']
  },
  act: (session, id) => session.server().api.escalateIncident({ params: { id }, body: {}, idempotencyKey: randomUUID() }),
}

export function acknowledgeIncidents(session: Session, input: InputOf<typeof ack>): Promise<ExitCode> {
  return actOn(session, input, acknowledging, 'tocsin ack 142')
}

export async function resolveIncidents(session: Session, input: InputOf<typeof resolve>): Promise<ExitCode> {
  return actOn(session, input, resolving, 'tocsin resolve 142')
}

export function escalateIncidents(session: Session, input: InputOf<typeof escalate>): Promise<ExitCode> {
  return actOn(session, input, escalating, 'tocsin escalate 142')
}

export function updateIncidents(
  session: Session,
  { sev, title, summary, reason, ...input }: InputOf<typeof incidentUpdate>,
): Promise<ExitCode> {
  const severity = sev === undefined ? undefined : rankOf(sev)
  const body = {
    ...(severity !== undefined && { severity }),
    ...(title !== undefined && { title }),
    ...(summary !== undefined && { summary }),
    ...(reason !== undefined && { reason }),
  }
  if (severity === undefined && title === undefined && summary === undefined)
    throw new CommandError(EXIT.usage, 'Say what changes: --sev, --title or --summary.', 'Such as: tocsin incident update 142 --sev 1')
  const updating: Deed = {
    verb: 'change',
    concerns: (incident) =>
      (severity !== undefined && severity !== incident.severity) ||
      (title !== undefined && title !== incident.title) ||
      (summary !== undefined && summary !== incident.summary),
    act: (on, id) => on.server().api.changeIncident({ params: { id }, body, idempotencyKey: randomUUID() }),
  }
  return actOn(session, input, updating, 'tocsin incident update 142 --sev 1')
}
