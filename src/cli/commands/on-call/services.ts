import { EXIT, type ExitCode } from '../../exits.ts'
import { printList, printOne } from '../../printing.ts'
import type { ServiceView, WholeServiceView } from '../../product/kinds.ts'
import { serviceNames } from '../../product/known-names.ts'
import { everything, named } from '../../product/lists.ts'
import type { Session } from '../../session.ts'
import { severityMark } from '../../text/severity.ts'
import { type Text, tone } from '../../text/spans.ts'
import { type Column, pairLines } from '../../text/table.ts'
import type { serviceList, serviceShow } from '../../verbs/on-call.ts'
import type { InputOf } from '../../verbs/verb.ts'
import { watchOr } from '../../watch.ts'

export async function listServices(session: Session, { team, ...input }: InputOf<typeof serviceList>): Promise<ExitCode> {
  return watchOr(session, input, async (screen) => {
    const items = await everything((query) =>
      session.server().api.listServices({ query: { ...query, ...(team !== undefined && { team }) } }),
    )
    printList(screen, input, { items, columns: COLUMNS, name: ({ name }) => name, none: 'No service yet. `tocsin apply -f` makes them.' })
    return EXIT.ok
  })
}

const COLUMNS: Column<ServiceView>[] = [
  { head: 'OPEN', cell: openCell, value: ({ openIncidents }) => openIncidents },
  { head: 'SERVICE', cell: ({ name }) => tone('strong', name), value: ({ name }) => name },
  { head: 'TEAM', cell: ({ team }) => team ?? '-', value: ({ team }) => team },
  { head: 'POLICY', cell: policyCell, value: ({ policy }) => policy },
  {
    head: 'FROM',
    cell: ({ origin }) => tone('dim', origin.file === undefined ? origin.kind : `${origin.file}:${origin.line}`),
    shrinks: true,
  },
]

function openCell({ openIncidents, worstSeverity }: ServiceView): Text {
  return worstSeverity === null ? '-' : [severityMark(worstSeverity), openIncidents > 1 ? ` ${openIncidents}` : '']
}

/** A service without a policy pages nobody. */
function policyCell({ policy }: Pick<ServiceView, 'policy'>): Text {
  return policy ?? tone('missing', '!none')
}

export async function showService(session: Session, { name, ...input }: InputOf<typeof serviceShow>): Promise<ExitCode> {
  const service = await named(
    name,
    () => session.server().api.getService({ params: { name } }),
    () => serviceNames(session),
  )
  printOne(session, input, { value: service, name, lines: () => serviceLines(service) })
  return EXIT.ok
}

export function serviceLines(service: WholeServiceView): Text[] {
  const { name, displayName, description, grouping, integrations } = service
  return [
    [
      tone('strong', name),
      displayName === name ? '' : `  ${displayName}`,
      service.worstSeverity === null ? '' : ['  ', openCell(service), ' open'],
    ],
    ...(description === null ? [] : [description]),
    ...pairLines([
      ['team', service.team ?? '-'],
      ['policy', policyCell(service)],
      ['urgency', service.urgency],
      [
        'grouped by',
        grouping === null
          ? 'nothing: each alert is its own incident'
          : grouping === 'all'
            ? 'all: one incident for the service'
            : grouping.join(', '),
      ],
      ['resolves', service.autoResolve ? 'with its last alert' : 'by hand only'],
      [
        'pages again',
        `for what is worse than all that is open, for what is urgent ${service.holds} after an acknowledgement${service.ackTimeout === null ? '' : `, in any case ${service.ackTimeout} after one`}`,
      ],
      ['depends on', service.dependsOn.join(', ') || '-'],
      ['needed by', service.neededBy.join(', ') || '-'],
      ...integrations.map(
        (one, i) =>
          [i === 0 ? 'ways in' : '', `${one.name}  ${one.source}${one.keyStart === null ? '' : `  key ${one.keyStart}…`}`] as const,
      ),
      ...service.links.map(({ href, text }) => ['link', `${text}  ${href}`] as const),
    ]),
  ]
}
