import { EXIT, type ExitCode } from '../../exits.ts'
import { printList } from '../../printing.ts'
import { incidentColumns, shortNumber } from '../../product/incident-cells.ts'
import { myIncidents } from '../../product/incident-ids.ts'
import type { ListedIncidentView } from '../../product/kinds.ts'
import { personCalled } from '../../product/known-names.ts'
import { commaParts, numberOf, upTo } from '../../product/lists.ts'
import { spanOf } from '../../product/typed-moment.ts'
import { rankOf } from '../../product/typed-severity.ts'
import type { Session } from '../../session.ts'
import { isForPeople } from '../../text/formats.ts'
import { tone } from '../../text/spans.ts'
import type { incidentList } from '../../verbs/incidents.ts'
import type { InputOf } from '../../verbs/verb.ts'
import { watchOr } from '../../watch.ts'

export async function listIncidents(session: Session, input: InputOf<typeof incidentList>): Promise<ExitCode> {
  return watchOr(session, input, async (screen) => {
    const { items, more } = await find(session, input)
    const called = isForPeople(session.format(input)) && items.length > 0 ? await personCalled(session) : String
    printList(screen, input, {
      items,
      columns: incidentColumns(session.now(), called),
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

async function find(session: Session, input: InputOf<typeof incidentList>): Promise<{ items: ListedIncidentView[]; more: boolean }> {
  if (input.mine) return { items: await myIncidents(session), more: false }
  const { status = 'open', text, urgency, waitingFor } = input
  const service = commaParts(input.service)
  const team = commaParts(input.team)
  const acknowledgedBy = commaParts(input.acknowledgedBy)
  const severity = commaParts(input.sev)?.map(rankOf)
  const most = numberOf(input.limit, { flag: '--limit', otherwise: 50, most: 10_000 })
  const query = {
    ...(status !== 'all' && { status: [status] }),
    ...(service && { service }),
    ...(severity && { severity }),
    ...(team && { team }),
    ...(acknowledgedBy && { acknowledgedBy }),
    ...(urgency !== undefined && { urgency }),
    ...(waitingFor !== undefined && { waitingFor }),
    ...(text !== undefined && { q: text }),
    ...spanOf(session, input),
  }
  return upTo(most, (page) => session.server().api.listIncidents({ query: { ...query, ...page } }))
}
