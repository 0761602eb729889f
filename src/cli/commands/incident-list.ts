import { EXIT, type ExitCode } from '../exits.ts'
import { printList } from '../printing.ts'
import type { Session } from '../session.ts'
import { tone } from '../text/spans.ts'
import type { incidentList } from '../verbs/incidents.ts'
import type { InputOf } from '../verbs/verb.ts'
import { watchOr } from '../watch.ts'
import { incidentColumns, type ListedIncident, shortNumber } from './incident-cells.ts'
import { myIncidents } from './incident-ids.ts'
import type { IncidentView } from './kinds.ts'
import { commaParts, forEach, numberOf, upTo } from './lists.ts'
import { rankOf } from './typed-severity.ts'

/** More than this many are not asked one by one who is next. */
const LOOKED_AT_MAX = 20

export async function listIncidents(session: Session, input: InputOf<typeof incidentList>): Promise<ExitCode> {
  return watchOr(session, input, async (screen) => {
    const { items, more } = await find(session, input)
    const listed = session.format(input) === 'table' ? await withNext(session, items) : items
    printList(screen, input, {
      items: listed,
      columns: incidentColumns(session.now()),
      name: ({ number }) => number,
      none: input.status === undefined && !input.mine ? 'Nothing is open.' : 'None.',
    })
    const first = items[0]
    if (first)
      screen.hint([
        tone(
          'dim',
          `${more ? 'more than ' : ''}${items.length} ${input.status === 'all' ? 'in all' : (input.status ?? 'open')}. Show one:`,
        ),
        ` tocsin incident show ${shortNumber(first.number)}`,
      ])
    return EXIT.ok
  })
}

async function find(session: Session, input: InputOf<typeof incidentList>): Promise<{ items: IncidentView[]; more: boolean }> {
  if (input.mine) return { items: await myIncidents(session), more: false }
  const { status = 'open', text } = input
  const service = commaParts(input.service)
  const severity = commaParts(input.sev)?.map(rankOf)
  const most = numberOf(input.limit, { flag: '--limit', otherwise: 50, most: 10_000 })
  const query = {
    ...(status !== 'all' && { status: [status] }),
    ...(service && { service }),
    ...(severity && { severity }),
    ...(text !== undefined && { text }),
  }
  return upTo(most, (page) => session.server().api.listIncidents({ query: { ...query, ...page } }))
}

async function withNext(session: Session, incidents: IncidentView[]): Promise<ListedIncident[]> {
  const waiting = incidents.filter(({ status }) => status === 'detected').slice(0, LOOKED_AT_MAX)
  const escalations = new Map(
    await forEach(waiting, async ({ id }) => [id, await session.server().api.getEscalation({ params: { id } })] as const),
  )
  return incidents.map((incident) => {
    const escalation = escalations.get(incident.id)
    return escalation ? { ...incident, escalation } : incident
  })
}
