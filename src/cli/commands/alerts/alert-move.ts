import { randomUUID } from 'node:crypto'
import { CommandError } from '../../errors.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printOne } from '../../printing.ts'
import { findAlert, idsOf } from '../../product/find-alert.ts'
import type { Session } from '../../session.ts'
import { severityWord } from '../../text/severity.ts'
import { tone } from '../../text/spans.ts'
import type { alertMove, alertSplit } from '../../verbs/alerts.ts'
import type { InputOf } from '../../verbs/verb.ts'

export async function moveAlerts(session: Session, { alerts: typed, to, hides, ...input }: InputOf<typeof alertMove>): Promise<ExitCode> {
  if (to === undefined) throw new CommandError(EXIT.usage, 'Say where to: --to 142.', '`tocsin incident list` shows what is open.')
  const { api } = session.server()
  const alerts = await idsOf(session, typed)
  if (input.dryRun) {
    const { number } = await api.getIncident({ params: { id: to } })
    printOne(session, input, {
      value: { dryRun: true, alerts, to: number },
      name: number,
      lines: () => [['would put ', typed.join(', '), ' into ', tone('you', number)]],
    })
    return EXIT.ok
  }
  const body = { alerts, ...(hides && { hides }) }
  const incident = await api.moveAlerts({ params: { id: to }, body, idempotencyKey: randomUUID() })
  printOne(session, input, {
    value: incident,
    name: incident.number,
    lines: () => [[typed.join(', '), ` ${typed.length === 1 ? 'is' : 'are'} in `, tone('you', incident.number), ', ', incident.title, '.']],
  })
  return EXIT.ok
}

export async function splitAlerts(session: Session, { alerts: typed, title, ...input }: InputOf<typeof alertSplit>): Promise<ExitCode> {
  const { api } = session.server()
  const first = await findAlert(session, typed[0]!)
  if (first.incidentId === null)
    throw new CommandError(
      EXIT.conflict,
      `${typed[0]} is in no incident; there is nothing to split.`,
      `Declare one from it: tocsin incident create "${first.title}" --alert ${first.id}`,
    )
  const alerts = [first.id, ...(await idsOf(session, typed.slice(1)))]
  if (input.dryRun) {
    printOne(session, input, {
      value: { dryRun: true, alerts, from: first.incidentNumber },
      name: first.incidentNumber ?? '',
      lines: () => [['would take ', typed.join(', '), ' out of ', tone('you', first.incidentNumber ?? ''), ' into a new incident']],
    })
    return EXIT.ok
  }
  const body = { alerts, ...(title !== undefined && { title }) }
  const incident = await api.splitIncident({ params: { id: first.incidentId }, body, idempotencyKey: randomUUID() })
  printOne(session, input, {
    value: incident,
    name: incident.number,
    lines: () => [
      [
        tone('you', incident.number),
        ' ',
        incident.title,
        ', ',
        severityWord(incident.severity, incident.level),
        ', out of ',
        first.incidentNumber ?? '',
      ],
      ['  You have it; nobody is paged.'],
    ],
  })
  return EXIT.ok
}
