import type { AlertInIncident } from '../../product/incidents/alert-in-incident.ts'
import { words as steps } from '../../product/shell/step-words.ts'
import './alerts-tab.css'
import type { ReactNode } from 'react'
import { links } from '../../links.ts'
import { ButtonLink } from '../../parts/button.tsx'
import { Ago } from '../../parts/clock.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Icon } from '../../parts/icon.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { type Column, RowLink, Table } from '../../parts/table.tsx'
import type { WhyDecision } from '../../product/incidents/alert-in-incident.ts'
import { AlertWhy } from '../../product/incidents/alert-why.tsx'
import { words } from '../../product/incidents/incident-words.ts'

interface AlertsTabProps {
  incidentNumber: string
  alerts: Loadable<AlertInIncident[]>
  /** The alert whose why-chain is open. */
  openAlert: string | undefined
  why: Loadable<WhyDecision[]> | undefined
  /** What may be done with the alert that is looked at. */
  acts?: ((alert: AlertInIncident) => ReactNode) | undefined
}

export function AlertsTab({ incidentNumber, alerts, openAlert, why, acts }: AlertsTabProps) {
  return (
    <Loaded of={alerts} skeleton={<SkeletonRows />}>
      {(all) => {
        const picked = all.find((alert) => alert.id === openAlert)
        if (all.length === 0) return <NoAlert />
        return (
          <div className="alerts-tab">
            <Table label={words.alerts.label} columns={columnsFor(incidentNumber)} groups={[{ rows: all }]} keyOf={(alert) => alert.id} />
            {picked && acts?.(picked)}
            {picked && why ? <AlertWhy alert={picked} why={why} /> : <p className="alerts-pick sub">{words.alerts.pick}</p>}
          </div>
        )
      }}
    </Loaded>
  )
}

function NoAlert() {
  return (
    <EmptyState
      title={words.alerts.empty}
      headingLevel={2}
      step={<ButtonLink href={links.integrations()}>{steps.integrations}</ButtonLink>}
    >
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
