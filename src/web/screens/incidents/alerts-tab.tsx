import './alerts-tab.css'
import type { ReactNode } from 'react'
import type { Instant } from '../../../kernel/time.ts'
import { links } from '../../links.ts'
import { Label } from '../../parts/chip.tsx'
import { Ago } from '../../parts/clock.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Icon } from '../../parts/icon.tsx'
import type { IconName } from '../../parts/icon-names.ts'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { type NodeKind, WhyChain, WhyStep } from '../../parts/rope.tsx'
import { SeverityMark, type SeverityRank } from '../../parts/severity-mark.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { type Column, RowLink, Table } from '../../parts/table.tsx'
import { words } from './incident-words.ts'

export interface AlertInIncident {
  id: string
  title: string
  severity: SeverityRank
  state: 'firing' | 'ended' | 'silenced'
  /** Why it stands in this incident: `Same service and region`. */
  why: string
  /** How often it was reported. */
  count: number
  since: Instant
  labels: Record<string, string>
}

/** One decision on an alert's way, with what it was made from. */
export interface WhyDecision {
  id: string
  kind: NodeKind
  icon: IconName
  title: string
  detail?: ReactNode
  /** To the thousandth of a second. */
  time: string
}

interface AlertsTabProps {
  incidentNumber: string
  alerts: Loadable<AlertInIncident[]>
  openAlert: string | undefined
  why: Loadable<WhyDecision[]> | undefined
}

export function AlertsTab({ incidentNumber, alerts, openAlert, why }: AlertsTabProps) {
  return (
    <Loaded of={alerts} skeleton={<SkeletonRows />}>
      {(all) =>
        all.length === 0 ? (
          <EmptyState title={words.alerts.empty}>
            <p>{words.alerts.emptyText}</p>
          </EmptyState>
        ) : (
          <div className="alerts-tab">
            <Table label={words.alerts.label} columns={columnsFor(incidentNumber)} groups={[{ rows: all }]} keyOf={(alert) => alert.id} />
            <Why alert={all.find((alert) => alert.id === openAlert)} why={why} />
          </div>
        )
      }
    </Loaded>
  )
}

function Why({ alert, why }: { alert: AlertInIncident | undefined; why: Loadable<WhyDecision[]> | undefined }) {
  if (!alert || !why) return <p className="alerts-pick sub">{words.alerts.pick}</p>
  return (
    <section className="alert-why" aria-label={words.alerts.whyLabel}>
      <h2>
        {words.alerts.why}: {alert.title}
      </h2>
      <p className="alert-labels">
        {Object.entries(alert.labels).map(([name, value]) => (
          <Label key={name} name={name} value={value} />
        ))}
      </p>
      <Loaded of={why} skeleton={<SkeletonRows rows={5} />}>
        {(decisions) => (
          <WhyChain label={words.alerts.whyLabel}>
            {decisions.map(({ id, detail, ...step }) => (
              <WhyStep key={id} {...step}>
                {detail}
              </WhyStep>
            ))}
          </WhyChain>
        )}
      </Loaded>
    </section>
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
          <span className="table-detail">{alert.why}</span>
        </>
      ),
    },
    { head: columns.state, cell: (alert) => <AlertState state={alert.state} /> },
    { head: columns.count, align: 'right', desktopOnly: true, cell: (alert) => alert.count },
    { head: columns.since, align: 'right', desktopOnly: true, cell: (alert) => <Ago since={alert.since} /> },
  ]
}

const stateIcons: Record<AlertInIncident['state'], IconName> = { firing: 'bolt', ended: 'check', silenced: 'belloff' }

function AlertState({ state }: Pick<AlertInIncident, 'state'>) {
  return (
    <span className={`alert-state alert-${state}`}>
      <Icon name={stateIcons[state]} size={14} />
      {words.alerts.state[state]}
    </span>
  )
}
