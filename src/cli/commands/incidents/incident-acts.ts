import { randomUUID } from 'node:crypto'
import { mayAcknowledge, mayEscalate, mayResolve } from '../../../modules/incidents/may.ts'
import { CommandError } from '../../errors.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { nextText } from '../../product/incident-cells.ts'
import { looksLikeIncident } from '../../product/incident-ids.ts'
import { rankOf } from '../../product/typed-severity.ts'
import type { Session } from '../../session.ts'
import type { ack, escalate, incidentUpdate, resolve } from '../../verbs/incidents.ts'
import type { InputOf } from '../../verbs/verb.ts'
import { actOn, type Deed } from './acting.ts'

const acknowledging: Deed = {
  verb: 'acknowledge',
  concerns: (incident) => mayAcknowledge(incident) === 'yes',
  act: (session, id) => session.server().api.acknowledgeIncident({ params: { id }, body: { via: 'cli' }, idempotencyKey: randomUUID() }),
}

/** What was done is asked of declared incidents; plain ones end without a word. */
function resolving(body: Parameters<ReturnType<Session['server']>['api']['resolveIncident']>[0]['body']): Deed {
  return {
    verb: 'resolve',
    concerns: (incident) => mayResolve(incident) === 'yes',
    act: (session, id) => session.server().api.resolveIncident({ params: { id }, body, idempotencyKey: randomUUID() }),
  }
}

const escalating: Deed = {
  verb: 'escalate',
  concerns: (incident) => mayEscalate(incident) === 'yes',
  async said(session, { id }, dry) {
    const escalation = await session.server().api.getEscalation({ params: { id } })
    const next = nextText(escalation, session.now())
    if (dry)
      return escalation.next
        ? ['would page ', escalation.next.people.map(({ displayName }) => displayName).join(', ') || `level ${escalation.next.level}`]
        : ''
    return [escalation.level === null ? '' : `level ${escalation.level} is paged`, next === undefined ? '' : ', then ', next ?? '']
  },
  act: (session, id) => session.server().api.escalateIncident({ params: { id }, body: {}, idempotencyKey: randomUUID() }),
}

export function acknowledgeIncidents(session: Session, input: InputOf<typeof ack>): Promise<ExitCode> {
  return actOn(session, input, acknowledging, 'tocsin ack 142')
}

export async function resolveIncidents(
  session: Session,
  { idsAndText, data, override, ...input }: InputOf<typeof resolve>,
): Promise<ExitCode> {
  const first = idsAndText.findIndex((word) => !looksLikeIncident(word))
  // A word in the place of an incident is told as one that is none.
  const at = first <= 0 ? idsAndText.length : first
  const resolution = idsAndText.slice(at).join(' ').trim()
  const body = {
    ...(resolution !== '' && { resolution, dataLoss: data ?? ('unknown' as const) }),
    ...(override !== undefined && { override: { reason: override } }),
  }
  return actOn(session, { ...input, ids: idsAndText.slice(0, at) }, resolving(body), 'tocsin resolve 142')
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
