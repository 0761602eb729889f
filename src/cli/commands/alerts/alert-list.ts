import { momentText } from '../../../kernel/moment.ts'
import type { Instant } from '../../../kernel/time.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printList, printOne } from '../../printing.ts'
import { findAlert } from '../../product/find-alert.ts'
import { shortNumber } from '../../product/incident-cells.ts'
import type { AlertView } from '../../product/kinds.ts'
import { commaParts, numberOf, upTo } from '../../product/lists.ts'
import { spanOf } from '../../product/typed-moment.ts'
import { rankOf } from '../../product/typed-severity.ts'
import type { Session } from '../../session.ts'
import { age } from '../../text/moments.ts'
import { severityMark } from '../../text/severity.ts'
import { type Text, tone } from '../../text/spans.ts'
import { type Column, pairLines } from '../../text/table.ts'
import type { alertList, alertShow } from '../../verbs/alerts.ts'
import type { InputOf } from '../../verbs/verb.ts'
import { watchOr } from '../../watch.ts'

export async function listAlerts(session: Session, input: InputOf<typeof alertList>): Promise<ExitCode> {
  return watchOr(session, input, async (screen) => {
    const { status = 'open', incident, dedup, text } = input
    const service = commaParts(input.service)
    const integration = commaParts(input.integration)
    const severity = commaParts(input.sev)?.map(rankOf)
    const most = numberOf(input.limit, { flag: '--limit', otherwise: 50, most: 10_000 })
    const query = {
      ...(status !== 'all' && { status }),
      ...(service && { service }),
      // An incident that there is not has no alerts, and is told.
      ...(incident !== undefined && { incident: (await session.server().api.getIncident({ params: { id: incident } })).id }),
      ...(dedup !== undefined && { dedupKey: dedup }),
      ...(text !== undefined && { q: text }),
      ...(integration && { integration }),
      ...(severity && { severity }),
      ...(input.label !== undefined && { label: input.label }),
      ...spanOf(session, input),
    }
    const { items, more } = await upTo(most, (page) => session.server().api.listAlerts({ query: { ...query, ...page } }))
    printList(screen, input, {
      items,
      columns: alertColumns(session.now()),
      name: ({ id }) => id,
      none: status === 'open' ? 'No alert is open.' : 'None.',
    })
    const [first] = items
    if (first)
      screen.hint([
        tone('dim', `${more ? 'more than ' : ''}${items.length} ${status === 'all' ? 'in all' : status}. Why one paged, or not:`),
        ` tocsin alert why ${first.dedupKey.includes(' ') ? first.id : first.dedupKey}`,
      ])
    return EXIT.ok
  })
}

function alertColumns(now: Instant): Column<AlertView>[] {
  const incidentText = ({ incidentNumber }: AlertView) => (incidentNumber === null ? '-' : shortNumber(incidentNumber))
  return [
    { head: 'SEV', cell: ({ severity }) => severityMark(severity), value: ({ severity }) => severity },
    { head: 'TITLE', cell: ({ title }) => tone('strong', title), value: ({ title }) => title, shrinks: true },
    { head: 'STATUS', cell: ({ status }) => (status === 'open' ? status : tone('done', status)) },
    { head: 'TIMES', cell: ({ count }) => String(count), value: ({ count }) => count, right: true },
    { head: 'AGE', cell: ({ openedAt }) => age(now - Date.parse(openedAt)), value: ({ openedAt }) => openedAt, right: true },
    { head: 'SERVICE', cell: ({ service }) => service },
    { head: 'INCIDENT', cell: incidentText, value: ({ incidentNumber }) => incidentNumber, right: true },
    { head: 'DEDUP KEY', cell: ({ dedupKey }) => tone('dim', dedupKey), value: ({ dedupKey }) => dedupKey, shrinks: true },
  ]
}

export async function showAlert(session: Session, { alert: typed, payload, ...input }: InputOf<typeof alertShow>): Promise<ExitCode> {
  const alert = await findAlert(session, typed)
  if (payload) {
    const { body } = await session.server().api.getAlertPayload({ params: { id: alert.id } })
    session.printRaw(body.endsWith('\n') ? body : `${body}\n`)
    return EXIT.ok
  }
  printOne(session, input, { value: alert, name: alert.id, lines: () => alertLines(alert, session.now(), session.zone) })
  return EXIT.ok
}

export function alertLines(alert: AlertView, now: Instant, zone: string): Text[] {
  const at = (moment: string) => momentText(Date.parse(moment), now, { language: 'en', zone })
  const { labels, annotations, links, warnings } = alert
  return [
    [
      severityMark(alert.severity),
      ' ',
      tone('strong', alert.title),
      '   ',
      alert.status === 'open' ? 'open' : tone('done', `ended (${alert.endedBy})`),
    ],
    ...pairLines([
      ['id', alert.id],
      ['dedup key', alert.dedupKey],
      ['service', alert.service],
      ['integration', alert.integration],
      ['incident', alert.incidentNumber ?? 'none'],
      ['reported', `${alert.count} ${alert.count === 1 ? 'time' : 'times'}, first ${at(alert.openedAt)}, last ${at(alert.reportedAt)}`],
      ...(alert.endedAt === null ? [] : ([['ended', at(alert.endedAt)]] as const)),
      ...Object.entries(labels).map(([name, value], i) => [i === 0 ? 'labels' : '', `${name}=${value}`] as const),
      ...Object.entries(annotations).map(([name, value]) => [name.slice(0, 20), value] as const),
      ...links.map(({ href, text }) => ['link', text === href ? href : `${text}  ${href}`] as const),
      ...warnings.map((warning) => ['!', tone('soon', warning)] as const),
    ]),
  ]
}
