import './alerts-screen.css'
import { words as steps } from '../../product/shell/step-words.ts'
import './alert-screen.css'
import type { Instant } from '../../../kernel/time.ts'
import { moveThroughRows, useKeys } from '../../keys.ts'
import { links } from '../../links.ts'
import { ButtonLink } from '../../parts/button.tsx'
import { Label } from '../../parts/chip.tsx'
import { Ago, Moment } from '../../parts/clock.tsx'
import { CodeBlock } from '../../parts/code.tsx'
import { DefinitionList } from '../../parts/definition-list.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Icon } from '../../parts/icon.tsx'
import type { KeyHint } from '../../parts/key-cap.tsx'
import { Link } from '../../parts/link.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { countText } from '../../parts/number-words.ts'
import { Page } from '../../parts/page.tsx'
import { Rim, SeverityMark } from '../../parts/severity-mark.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { type Column, RowLink, Table } from '../../parts/table.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { interval, momentWithZones } from '../../parts/time-words.ts'
import { type AlertTab, alertTabs } from '../../product/alerts/filter.ts'
import { words as listWords } from '../../product/incidents/list-words.ts'
import { words as incidentWords } from '../../product/incidents/words.ts'
import { groupWords, StateCell } from './alert-cells.tsx'
import type { AlertRow } from './alert-row.ts'
import { type AlertStory, WhyList } from './why-list.tsx'
import { words } from './words.ts'

/** One alert with all that is known of it. */
export interface Alert extends AlertRow {
  dedupKey: string
  integration: string
  reportedAt: Instant
  startsAt?: Instant | undefined
  endsAt?: Instant | undefined
  endedBy?: string | undefined
  labels: [string, string][]
  annotations: [string, string][]
  links: { href: string; text: string }[]
  warnings: string[]
}

export interface AlertScreenProps {
  alert: Alert
  tab: AlertTab
  story: Loadable<AlertStory>
  /** Every time this key was open, the newest first. */
  history: Loadable<AlertRow[]>
  /** Undefined within where the body has gone. */
  payload: Loadable<{ body: string; source: string; receivedAt: Instant } | undefined>
}

const say = words.alert

/** The way out, to the incident, comes first. */
export function AlertScreen({ alert, tab, story, history, payload }: AlertScreenProps) {
  useKeys({ j: () => moveThroughRows(1), k: () => moveThroughRows(-1) })
  const counts: Partial<Record<AlertTab, number | undefined>> = {
    labels: alert.labels.length,
    history: history.state === 'ready' ? history.value.length : undefined,
  }
  return (
    <Page
      crumbs={[{ name: incidentWords.title, href: links.incidents() }, { name: words.title, href: links.alerts() }, { name: alert.title }]}
      keys={keysHere}
      keysNote={listWords.listKeysNote}
    >
      <Rim rank={alert.severity} />
      <div className="alert-head">
        <div>
          <div className="alert-title">
            <SeverityMark rank={alert.severity} size={28} />
            <h1>{alert.title}</h1>
            {alert.count > 1 && <span className="count">{countText(alert.count)}</span>}
          </div>
          <p className="sub">
            <First alert={alert} />
          </p>
        </div>
        <div className="alert-head-acts">
          {alert.incident ? (
            <ButtonLink kind="primary" href={links.incident(alert.incident)}>
              {say.openIncident(alert.incident)}
            </ButtonLink>
          ) : (
            <span className="dim">{say.noIncident}</span>
          )}
          <StateCell state={alert.state} />
          <span className="dim">{groupWords(alert)}</span>
        </div>
      </div>
      <Tabs
        label={say.views}
        tabs={alertTabs.map((name) => ({
          name: say.tabs[name],
          href: links.alert(alert.id, name),
          count: counts[name],
          current: name === tab,
        }))}
      />
      <div className="alert-part">
        {tab === 'why' && (
          <Loaded of={story} skeleton={<SkeletonRows rows={8} />}>
            {(told) => <WhyList story={told} />}
          </Loaded>
        )}
        {tab === 'labels' && <LabelsPart alert={alert} />}
        {tab === 'history' && (
          <Loaded of={history} skeleton={<SkeletonRows />}>
            {(rows) => <HistoryPart alert={alert} rows={rows} />}
          </Loaded>
        )}
        {tab === 'payload' && (
          <Loaded of={payload} skeleton={<SkeletonRows />}>
            {(found) => <PayloadPart payload={found} />}
          </Loaded>
        )}
      </div>
    </Page>
  )
}

const keysHere: KeyHint[] = [
  { keys: ['J', 'K'], does: listWords.keys.move },
  { keys: ['Enter'], does: listWords.keys.open },
]

function First({ alert }: { alert: Alert }) {
  const since = useTicking((now, zone) => momentWithZones(alert.openedAt, now, zone))
  return say.first(alert.service, since)
}

/** Each label leads to the alerts that carry it too. */
function LabelsPart({ alert }: { alert: Alert }) {
  return (
    <>
      {alert.warnings.length > 0 && (
        <>
          <h2>{say.warnings}</h2>
          <ul className="alert-warnings">
            {alert.warnings.map((warning) => (
              <li key={warning}>
                <Icon name="warn" size={14} />
                {warning}
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>{say.labels}</h2>
      {alert.labels.length === 0 ? (
        <p className="dim">{say.noLabels}</p>
      ) : (
        <p className="alert-label-list">
          {alert.labels.map(([name, value]) => (
            <Link
              key={name}
              href={links.alerts({ status: 'all', label: [`${name}=${value}`] })}
              aria-label={say.sameLabel(`${name}=${value}`)}
            >
              <Label name={name} value={value} />
            </Link>
          ))}
        </p>
      )}
      {alert.annotations.length > 0 && (
        <>
          <h2>{say.annotations}</h2>
          <div className="alert-annotation">
            <Facts items={alert.annotations.map(([term, is]) => ({ term, is }))} />
          </div>
        </>
      )}
      {alert.links.length > 0 && (
        <>
          <h2>{say.links}</h2>
          {alert.links.map(({ href, text }) => (
            <p key={href}>
              <a className="text-link" href={href} target="_blank" rel="noreferrer noopener">
                {text}
              </a>
            </p>
          ))}
        </>
      )}
      <h2>{say.facts}</h2>
      <Facts
        items={[
          { term: say.fact.key, is: <span className="mono">{alert.dedupKey}</span> },
          { term: say.fact.integration, is: alert.integration },
          { term: say.fact.service, is: alert.service },
          { term: say.fact.reported, is: <Reported alert={alert} /> },
          ...(alert.startsAt === undefined ? [] : [{ term: say.fact.began, is: <Moment at={alert.startsAt} /> }]),
          ...(alert.endsAt === undefined ? [] : [{ term: say.fact.ends, is: <Moment at={alert.endsAt} /> }]),
          ...(alert.endedAt === undefined
            ? []
            : [
                {
                  term: say.fact.ended,
                  is: (
                    <>
                      <Moment at={alert.endedAt} /> {say.endedBy[alert.endedBy ?? '']}
                    </>
                  ),
                },
              ]),
          { term: say.fact.id, is: <span className="mono">{alert.id}</span> },
        ]}
      />
    </>
  )
}

function Facts({ items }: Parameters<typeof DefinitionList>[0]) {
  return (
    <div className="alert-facts">
      <DefinitionList items={items} />
    </div>
  )
}

function Reported({ alert }: { alert: Alert }) {
  const last = useTicking((now, zone) => momentWithZones(alert.reportedAt, now, zone))
  return say.reported(countText(alert.count), last)
}

function HistoryPart({ alert, rows }: { alert: Alert; rows: AlertRow[] }) {
  if (rows.length <= 1) {
    return (
      <EmptyState
        title={say.onlyThis}
        headingLevel={2}
        step={<ButtonLink href={links.alerts({ status: 'all' })}>{steps.allAlerts}</ButtonLink>}
      >
        <p className="mono">{alert.dedupKey}</p>
      </EmptyState>
    )
  }
  return (
    <div className="alert-history">
      <Table
        label={say.history}
        columns={historyColumns}
        groups={[{ rows }]}
        keyOf={(row) => row.id}
        rowClass={(row) => (row.id === alert.id ? 'row-selected' : undefined)}
      />
    </div>
  )
}

const heads = say.historyColumns
const historyColumns: Column<AlertRow>[] = [
  {
    head: heads.opened,
    fills: true,
    cell: (row) => (
      <RowLink href={links.alert(row.id, 'history')}>
        <Moment at={row.openedAt} />
      </RowLink>
    ),
  },
  {
    head: heads.lasted,
    align: 'right',
    cell: (row) => (row.endedAt === undefined ? <Ago since={row.openedAt} /> : interval(row.endedAt - row.openedAt)),
  },
  { head: heads.times, align: 'right', wideOnly: true, cell: (row) => countText(row.count) },
  {
    head: heads.incident,
    wideOnly: true,
    cell: (row) =>
      row.incident && (
        <Link className="text-link" href={links.incident(row.incident)}>
          {row.incident}
        </Link>
      ),
  },
  { head: heads.ended, wideOnly: true, cell: (row) => <StateCell state={row.state} /> },
]

function PayloadPart({ payload }: { payload: { body: string; source: string; receivedAt: Instant } | undefined }) {
  const from = useTicking((now, zone) => (payload ? say.payloadFrom(payload.source, momentWithZones(payload.receivedAt, now, zone)) : ''))
  if (!payload) {
    return (
      <EmptyState
        title={say.gone.title}
        headingLevel={2}
        step={<ButtonLink href={links.settings('retention')}>{steps.keeping}</ButtonLink>}
      >
        <p>{say.gone.text}</p>
      </EmptyState>
    )
  }
  return (
    <>
      <p className="sub">{from}</p>
      <CodeBlock label={say.payload} code={payload.body} />
    </>
  )
}
