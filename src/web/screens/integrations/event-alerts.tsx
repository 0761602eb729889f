import { SeverityMark } from '../../parts/severity-mark.tsx'
import type { KeptEvent } from '../../product/integrations/kept-event.ts'
import { words } from '../../product/integrations/words.ts'

const said = { trigger: words.taken.triggered, resolve: words.taken.resolved, acknowledge: words.taken.acknowledged } as const

/** The alerts that were read out of a body. */
export function EventAlerts({ event }: { event: KeptEvent }) {
  return (
    <ul className="test-pages">
      {event.alerts.map((alert, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same alert may stand in a body twice
        <li key={place}>
          <SeverityMark rank={alert.severity} size={16} />
          <span className="strong">{alert.title}</span>
          <span className="dim">{said[alert.action]}</span>
        </li>
      ))}
    </ul>
  )
}
