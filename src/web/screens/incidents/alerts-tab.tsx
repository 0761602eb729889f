import './alerts-tab.css'
import type { Instant } from '../../../kernel/time.ts'
import { links } from '../../links.ts'
import { Ago } from '../../parts/clock.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Icon } from '../../parts/icon.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { SeverityMark, type SeverityRank } from '../../parts/severity-mark.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { type Column, RowLink, Table } from '../../parts/table.tsx'
import { AlertWhy, type WhyDecision } from './alert-why.tsx'
import { words } from './incident-words.ts'

export interface AlertInIncident {
  id: string
  title: string
  severity: SeverityRank
  status: 'open' | 'ended'
  /** A second line: where it came from, or what it says about itself. */
  detail?: string | undefined
  /** How often it was reported. */
  count: number
  openedAt: Instant
  labels: Record<string, string>
}

interface AlertsTabProps {
  incidentNumber: string
  alerts: Loadable<AlertInIncident[]>
  /** The alert whose why-chain is open. */
  openAlert: string | undefined
  why: Loadable<WhyDecision[]> | undefined
}

export function AlertsTab({ incidentNumber, alerts, openAlert, why }: AlertsTabProps) {
  return (
    <Loaded of={alerts} skeleton={<SkeletonRows />}>
      {(all) => {
        const picked = all.find((alert) => alert.id === openAlert)
        if (all.length === 0) return <NoAlert />
        return (
          <div className="alerts-tab">
            <Table label={words.alerts.label} columns={columnsFor(incidentNumber)} groups={[{ rows: all }]} keyOf={(alert) => alert.id} />
            {picked && why ? <AlertWhy alert={picked} why={why} /> : <p className="alerts-pick sub">{words.alerts.pick}</p>}
          </div>
        )
      }}
    </Loaded>
  )
}

function NoAlert() {
  return (
    <EmptyState title={words.alerts.empty} headingLevel={2}>
      <p>{words.alerts.emptyText}</p>
    </EmptyState>
  )
}

function columnsFor(incidentNumber: string): Column<AlertInIncident>[] {
  const { columns } = words.alerts
  return [
    { head: columns.severity, cell: (alert) => <SeverityMark rank={alert.severity} /> },
    {
      head: columns.alert,
      fills: true,
      cell: (alert) => (
        <>
          <RowLink href={links.incident(incidentNumber, { tab: 'alerts', alert: alert.id })}>{alert.title}</RowLink>
          {alert.detail && <span className="table-detail">{alert.detail}</span>}
        </>
      ),
    },
    { head: columns.state, cell: (alert) => <AlertState status={alert.status} /> },
    { head: columns.count, align: 'right', wideOnly: true, cell: (alert) => alert.count },
    { head: columns.since, align: 'right', wideOnly: true, cell: (alert) => <Ago since={alert.openedAt} /> },
  ]
}

function AlertState({ status }: Pick<AlertInIncident, 'status'>) {
  return (
    <span className={`alert-state alert-${status}`}>
      <Icon name={status === 'open' ? 'bolt' : 'check'} size={14} />
      {words.alerts.state[status]}
    </span>
  )
}
