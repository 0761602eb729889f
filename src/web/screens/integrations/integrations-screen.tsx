import './integrations-screen.css'
import { moveThroughRows, useKeys } from '../../keys.ts'
import { links } from '../../links.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { type Loadable, Loaded, shownOf } from '../../parts/loadable.tsx'
import { countText } from '../../parts/number-words.ts'
import { Page } from '../../parts/page.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { ScrollRegion } from '../../parts/scroll-region.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { type StateKind, StateMark } from '../../parts/state-mark.tsx'
import { CountStrokes } from '../../parts/strokes.tsx'
import { type Column, RowLink, Table } from '../../parts/table.tsx'
import type { HeardIntegration, HearingState } from '../../product/integrations/heard.ts'
import { LastHeard } from '../../product/integrations/last-heard.tsx'
import { words } from '../../product/integrations/words.ts'
import { ServicesTabs } from '../../product/services/services-tabs.tsx'
import { listKeys } from '../../product/shell/key-hints.ts'
import { words as steps } from '../../product/shell/step-words.ts'

export interface IntegrationsScreenProps {
  integrations: Loadable<HeardIntegration[]>
  /** Absent where the viewer may not. */
  onAdd?: (() => void) | undefined
}

export function IntegrationsScreen({ integrations, onAdd }: IntegrationsScreenProps) {
  useKeys({ j: () => moveThroughRows(1), k: () => moveThroughRows(-1) })
  const add = (kind: 'primary' | 'secondary') =>
    onAdd && (
      <Button kind={kind} icon="plus" onClick={onAdd}>
        {words.add}
      </Button>
    )
  return (
    <Page crumbs={[{ name: words.title }]} keys={listKeys.slice(0, 2)}>
      <PageHead title={words.title} tight beside={add(shownOf(integrations)?.length === 0 ? 'secondary' : 'primary')} />
      <ServicesTabs current="integrations" counts={{ integrations: shownOf(integrations)?.length }} />
      <ScrollRegion label={words.list} className="catalog-list">
        <Loaded of={integrations} skeleton={<SkeletonRows rows={6} />}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState
                title={words.empty.title}
                headingLevel={2}
                step={add('primary') || <ButtonLink href={links.services()}>{steps.allServices}</ButtonLink>}
              >
                <p>{words.empty.text}</p>
              </EmptyState>
            ) : (
              <Table
                label={words.list}
                columns={columns}
                groups={[{ rows: [...rows].sort(byOddness) }]}
                keyOf={({ name }) => name}
                spread
              />
            )
          }
        </Loaded>
      </ScrollRegion>
    </Page>
  )
}

export const stateKinds: Record<HearingState, StateKind> = { receiving: 'ok', quiet: 'off', silent: 'odd', never: 'off' }

/** What should be heard and is not comes first, then what refuses, then by name. */
function byOddness(a: HeardIntegration, b: HeardIntegration): number {
  const order = (one: HeardIntegration) => (one.state === 'silent' ? 0 : one.refused + one.unparsed > 0 ? 1 : 2)
  return order(a) - order(b) || a.title.localeCompare(b.title)
}

const columns: Column<HeardIntegration>[] = [
  { head: words.columns.state, wideOnly: true, cell: (row) => <StateMark state={stateKinds[row.state]} word={words.states[row.state]} /> },
  {
    head: words.columns.name,
    fills: true,
    cell: (row) => (
      <>
        <RowLink href={links.integration(row.name)}>{row.title}</RowLink>
        <span className="table-detail wide-only">{row.sourceTitle}</span>
        <span className="table-detail narrow-only">
          <StateMark state={stateKinds[row.state]} word={words.states[row.state]} />, {row.sourceTitle}
        </span>
      </>
    ),
  },
  { head: words.columns.service, wideOnly: true, cell: (row) => row.service },
  {
    head: words.columns.day,
    wideOnly: true,
    cell: (row) => <CountStrokes counts={row.perHour} label={words.perHour(row.perHour)} strokeWidth={2} loudFrom={100} />,
  },
  { head: words.columns.events, wideOnly: true, align: 'right', cell: (row) => countText(row.events) },
  {
    head: words.columns.faults,
    wideOnly: true,
    align: 'right',
    cell: (row) => (
      <span className={row.refused + row.unparsed > 0 ? 'catalog-odd' : 'dim'}>
        {countText(row.refused)}, {countText(row.unparsed)}
      </span>
    ),
  },
  {
    head: words.columns.last,
    align: 'right',
    cell: (row) => (
      <span className="sub">
        <LastHeard at={row.lastEventAt} />
      </span>
    ),
  },
]
