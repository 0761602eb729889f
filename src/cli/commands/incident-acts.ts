import { randomUUID } from 'node:crypto'
import type { ExitCode } from '../exits.ts'
import type { Session } from '../session.ts'
import type { ack, escalate, resolve } from '../verbs/incidents.ts'
import type { InputOf } from '../verbs/verb.ts'
import { actOn, type Deed } from './acting.ts'
import { nextText } from './incident-cells.ts'

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
