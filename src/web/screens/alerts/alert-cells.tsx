import { Icon } from '../../parts/icon.tsx'
import type { IconName } from '../../parts/icon-names.ts'
import type { AlertRow, AlertState } from './alert-row.ts'
import { words } from './words.ts'

const icons: Record<AlertState, IconName> = { open: 'bolt', acknowledged: 'check', ended: 'ok' }

export function StateCell({ state }: Pick<AlertRow, 'state'>) {
  return (
    <span className={`alert-state alert-state-${state}`}>
      <Icon name={icons[state]} size={14} />
      {words.state[state]}
    </span>
  )
}

/** Why it stands with others, in the row itself, so that trust needs no click. */
export function groupWords({ incident, groupedBy }: Pick<AlertRow, 'incident' | 'groupedBy'>): string {
  if (incident === undefined) return words.noIncident
  if (groupedBy === 'all') return words.everything
  if (groupedBy.length === 0) return words.alone
  const [last, ...others] = [...groupedBy].reverse()
  return words.sameLabels(others.length === 0 ? last! : `${others.reverse().join(', ')} ${words.and} ${last}`)
}
