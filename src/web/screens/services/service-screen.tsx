import './service-screen.css'
import '../../product/services/services-tabs.css'
import type { Instant } from '../../../kernel/time.ts'
import { useKeys } from '../../keys.ts'
import { links } from '../../links.ts'
import { Missing, Person, type PersonLook } from '../../parts/avatar.tsx'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Ago } from '../../parts/clock.tsx'
import { DefinitionList } from '../../parts/definition-list.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Link } from '../../parts/link.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { type GraphNode, NeighbourGraph } from '../../parts/neighbour-graph.tsx'
import { countText } from '../../parts/number-words.ts'
import { Page } from '../../parts/page.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Row, Rows } from '../../parts/rows.tsx'
import { ScrollRegion } from '../../parts/scroll-region.tsx'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { StateShape } from '../../parts/state-mark.tsx'
import { CountStrokes } from '../../parts/strokes.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { interval, shiftTime } from '../../parts/time-words.ts'
import type { IncidentRow } from '../../product/incidents/incident-row.ts'
import type { HeardIntegration } from '../../product/integrations/heard.ts'
import { LastHeard } from '../../product/integrations/last-heard.tsx'
import { words as integrationWords } from '../../product/integrations/words.ts'
import type { ServiceRow } from '../../product/services/service-row.ts'
import { words } from '../../product/services/words.ts'
import { NowCell } from './services-screen.tsx'

export interface Service extends ServiceRow {
  urgency: 'high' | 'low' | 'by-severity'
  /** `all`, or the labels; none: each alert on its own. */
  grouping?: 'all' | string[] | undefined
  autoResolve: boolean
  ackTimeout?: string | undefined
  holds: string
  links: { href: string; text: string }[]
  /** Where it is written. */
  from: string
}

/** A service one step away, as far as it is known. */
export interface Neighbour {
  name: string
  title: string
  worst?: ServiceRow['worst']
  open: number
  unacknowledged: number
}

export interface LevelNow {
  level: number
  catchAll: boolean
  people: { person: PersonLook; until?: Instant | undefined }[]
}

export interface ServiceScreenProps {
  service: Service
  usedBy: Neighbour[]
  needs: Neighbour[]
  openIncidents: Loadable<IncidentRow[]>
  history: Loadable<IncidentRow[]>
  onCall: Loadable<LevelNow[]>
  integrations: Loadable<HeardIntegration[]>
  editHref?: string | undefined
  addIntegrationHref?: string | undefined
  onDeclare?: (() => void) | undefined
}

export function ServiceScreen(props: ServiceScreenProps) {
  const { service, openIncidents, editHref, onDeclare } = props
  useKeys({ d: onDeclare })
  const about = [
    service.description,
    service.team === undefined ? words.ownerless : words.owner(service.team),
    words.urgency[service.urgency],
  ]
  return (
    <Page crumbs={[{ name: words.title, href: links.services() }, { name: service.title }]}>
      <ScrollRegion label={service.title} className="service-page">
        <PageHead
          title={service.title}
          beside={
            <>
              {editHref && (
                <ButtonLink icon="edit" href={editHref}>
                  {words.edit}
                </ButtonLink>
              )}
              {onDeclare && (
                <Button icon="bell" keyCap="D" onClick={onDeclare}>
                  {words.declare}
                </Button>
              )}
            </>
          }
        >
          <span className="service-now">
            <NowCell row={service} />
          </span>{' '}
          {about.filter(Boolean).join(' ')}
        </PageHead>
        <div className="service-grid">
          <div className="service-column">
            <OpenIncidents incidents={openIncidents} />
            <Dependencies {...props} />
            <History history={props.history} />
          </div>
          <div className="service-column">
            <OnCallLevels service={service} onCall={props.onCall} />
            <Integrations integrations={props.integrations} addHref={props.addIntegrationHref} />
            <Facts service={service} />
          </div>
        </div>
      </ScrollRegion>
    </Page>
  )
}

/** Nothing open takes no room; the head says so. */
function OpenIncidents({ incidents }: { incidents: Loadable<IncidentRow[]> }) {
  return (
    <Loaded of={incidents} skeleton={null}>
      {(rows) =>
        rows.length === 0 ? null : (
          <section aria-label={words.openIncidents}>
            <ul className="service-open">
              {rows.map((row) => (
                <li key={row.id} className={`severity-${row.severity}`}>
                  <SeverityMark rank={row.severity} size={24} />
                  <div className="grow">
                    <h2>
                      <Link href={links.incident(row.number)}>{row.title}</Link> <span className="mono dim">{row.number}</span>
                    </h2>
                    <p className="sub">{row.holder ? words.held(row.holder.name) : words.heldByNobody}</p>
                  </div>
                  <b>
                    <Ago since={row.startedAt} />
                  </b>
                  <ButtonLink href={links.incident(row.number)}>{words.openOne}</ButtonLink>
                </li>
              ))}
            </ul>
          </section>
        )
      }
    </Loaded>
  )
}

function Dependencies({ service, usedBy, needs }: ServiceScreenProps) {
  const titles = (all: Neighbour[]) => all.map(({ title }) => title)
  const sentence = words.graph(titles(usedBy), service.title, titles(needs))
  return (
    <Panel title={words.dependencies}>
      <NeighbourGraph
        name={words.dependencies}
        label={sentence}
        heads={[words.usesIt, words.thisService, words.itNeeds]}
        before={usedBy.map(nodeOf)}
        here={hereOf(service)}
        after={needs.map(nodeOf)}
        nothing={words.noneNamed}
      />
      <div className="only-read">
        <h3>{words.graphList}</h3>
        <ul>
          {[...usedBy.map((one) => ({ ...one, how: words.usesIt })), ...needs.map((one) => ({ ...one, how: words.itNeeds }))].map((one) => (
            <li key={`${one.how} ${one.name}`}>
              {one.how}: {one.title}, {stateText(one)}
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  )
}

function hereOf(one: Neighbour): GraphNode {
  const mark = one.worst === undefined ? <StateShape state="ok" /> : <SeverityMark rank={one.worst} size={16} />
  return { name: one.title, detail: stateText(one), mark, hit: one.worst !== undefined && one.worst <= 2 }
}

function nodeOf(one: Neighbour): GraphNode {
  return { ...hereOf(one), href: links.service(one.name) }
}

function stateText({ open, unacknowledged }: Neighbour): string {
  if (open === 0) return words.quiet
  return unacknowledged === 0
    ? words.acknowledged(open)
    : unacknowledged === open
      ? words.nobodyHasIt(open)
      : words.partly(open, unacknowledged)
}

function History({ history }: { history: Loadable<IncidentRow[]> }) {
  return (
    <Panel title={words.history} flush>
      <Loaded of={history} skeleton={<SkeletonRows />}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="panel-inside sub">{words.historyEmpty}</p>
          ) : (
            <Rows>
              {rows.map((row) => (
                <Row
                  key={row.id}
                  mark={<SeverityMark rank={row.severity} size={16} />}
                  title={
                    <Link className="service-link" href={links.incident(row.number)}>
                      {row.title}
                    </Link>
                  }
                  detail={row.number}
                  beside={<HistoryTimes row={row} />}
                />
              ))}
            </Rows>
          )
        }
      </Loaded>
    </Panel>
  )
}

function HistoryTimes({ row }: { row: IncidentRow }) {
  const day = useTicking((now, zone) => shiftTime(row.startedAt, now, zone))
  return (
    <>
      <span className="dim desk-only">{day}</span>
      <span>{row.endedAt === undefined ? <Ago since={row.startedAt} /> : interval(row.endedAt - row.startedAt)}</span>
    </>
  )
}

function OnCallLevels({ service, onCall }: Pick<ServiceScreenProps, 'service' | 'onCall'>) {
  if (service.policy === undefined)
    return (
      <Panel title={words.onCall}>
        <p className="catalog-odd">{words.noPolicyText}</p>
      </Panel>
    )
  return (
    <Panel title={words.onCall} flush foot={`${words.policyFoot}: ${service.policy}`}>
      <Loaded of={onCall} skeleton={<SkeletonRows />}>
        {(levels) => (
          <ol className="rows service-levels">
            {levels.map((one) => (
              <li key={one.level}>
                <span className={one.catchAll ? 'service-level service-level-floor' : 'service-level'} aria-hidden="true">
                  {one.catchAll ? '' : one.level}
                </span>
                <div className="row-words">
                  <p className="row-detail">{one.catchAll ? words.catchAllLevel : words.level(one.level)}</p>
                  {one.people.length === 0 ? (
                    <Missing>{words.nobody}</Missing>
                  ) : (
                    one.people.slice(0, 4).map(({ person, until }) => <OnCallPerson key={person.name} person={person} until={until} />)
                  )}
                  {one.people.length > 4 && <p className="dim">+{one.people.length - 4}</p>}
                </div>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </Panel>
  )
}

function OnCallPerson({ person, until }: LevelNow['people'][number]) {
  const when = useTicking((now, zone) => (until === undefined ? '' : words.until(shiftTime(until, now, zone))))
  return (
    <p>
      <Person person={person}>{when && <span className="dim">{when}</span>}</Person>
    </p>
  )
}

function Integrations({ integrations, addHref }: { integrations: Loadable<HeardIntegration[]>; addHref?: string | undefined }) {
  return (
    <Panel
      title={words.integrations}
      flush
      beside={words.lastEvent}
      foot={
        addHref && (
          <Link className="text-link" href={addHref}>
            {words.addIntegration}
          </Link>
        )
      }
    >
      <Loaded of={integrations} skeleton={<SkeletonRows rows={2} />}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="panel-inside catalog-odd">{words.noIntegrations}</p>
          ) : (
            <Rows>
              {rows.map((one) => (
                <Row
                  key={one.name}
                  mark={<Icon name="webhook" />}
                  title={
                    <Link className="service-link" href={links.integration(one.name)}>
                      {one.title}
                    </Link>
                  }
                  detail={
                    one.state === 'silent' ? (
                      <span className="catalog-odd">{words.silent}</span>
                    ) : one.state === 'never' ? (
                      words.neverHeard
                    ) : (
                      words.eventsIn24h(countText(one.events))
                    )
                  }
                  beside={
                    <>
                      <span className="desk-only">
                        <CountStrokes counts={one.perHour} label={integrationWords.perHour(one.perHour)} strokeWidth={2} height={14} />
                      </span>
                      <span className="sub">
                        <LastHeard at={one.lastEventAt} />
                      </span>
                    </>
                  }
                />
              ))}
            </Rows>
          )
        }
      </Loaded>
    </Panel>
  )
}

function Facts({ service }: { service: Service }) {
  const { grouping, links: hrefs } = service
  return (
    <Panel title={words.facts}>
      <DefinitionList
        items={[
          {
            term: words.factNames.grouping,
            is:
              grouping === undefined ? words.groupingNone : grouping === 'all' ? words.groupingAll : words.groupingBy(grouping.join(', ')),
          },
          { term: words.factNames.autoResolve, is: words.autoResolve[service.autoResolve ? 'true' : 'false'] },
          ...(grouping === undefined ? [] : [{ term: words.factNames.holds, is: words.holds(service.holds) }]),
          ...(service.ackTimeout === undefined ? [] : [{ term: words.factNames.ackTimeout, is: words.ackTimeout(service.ackTimeout) }]),
          ...(hrefs.length === 0
            ? []
            : [
                {
                  term: words.factNames.links,
                  is: (
                    <span className="line wraps">
                      {hrefs.map(({ href, text }) => (
                        <a key={href} className="text-link" href={href} rel="noreferrer" target="_blank">
                          {text}
                        </a>
                      ))}
                    </span>
                  ),
                },
              ]),
          { term: words.factNames.from, is: service.from },
          { term: words.factNames.name, is: <span className="mono">{service.name}</span> },
        ]}
      />
    </Panel>
  )
}
