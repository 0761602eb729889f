import { useToast } from '../../../parts/toast.tsx'
import { NowScreen } from '../../now/now-screen.tsx'
import { loadableAs } from '../loadable-as.ts'
import { quietDay, volume } from '../sample/alerts.ts'
import { loginErrors, openIncidents, replicaLag } from '../sample/incidents.ts'
import { beatriz, ida, noor, raj } from '../sample/people.ts'
import { ribbon } from '../sample/ribbon.ts'
import { on } from '../sample/time.ts'
import type { DrawnProps } from './drawn-props.ts'
import { DrawnShell } from './drawn-shell.tsx'

export function DrawnNow({ show }: DrawnProps) {
  const toast = useToast()
  const empty = show === 'empty'
  const acknowledge = () => toast({ text: 'Acknowledged EU login errors, Sam is not paged', undo: { onUndo: () => {} } })
  return (
    <DrawnShell place="now" show={show}>
      <NowScreen
        duty={loadableAs(
          show,
          empty
            ? { kind: 'off', next: { what: 'Payments primary', from: on('2026-11-02T08:00:00Z') } }
            : { kind: 'on', person: beatriz, what: 'Incident command', until: on('2026-10-23T07:00:00Z'), relief: 'Sam' },
        )}
        waiting={loadableAs(show, {
          pages: empty ? [] : [{ incident: loginErrors, level: 'level 2 of Identity' }],
          more: 0,
          moreHref: '/incidents',
        })}
        untaken={loadableAs(show, { pages: empty ? [] : [{ incident: replicaLag }], more: 0, moreHref: '/incidents' })}
        day={loadableAs(show, empty ? quietDay : volume)}
        ribbon={loadableAs(show, empty ? { incidents: [], quarters: [] } : ribbon)}
        open={loadableAs(
          show,
          empty
            ? { rows: [], total: 0, quietSince: on('2026-10-16T12:02:00Z') }
            : { rows: openIncidents.slice(0, 5), total: openIncidents.length },
        )}
        onCall={loadableAs(show, [
          { schedule: 'Payments', people: [raj], until: on('2026-10-26T08:00:00Z') },
          { schedule: 'Core platform', people: [noor], until: on('2026-10-21T07:00:00Z') },
          { schedule: 'Identity', people: [ida], until: on('2026-10-26T08:00:00Z') },
          { schedule: 'Weekend', people: [] },
        ])}
        onAcknowledge={acknowledge}
        onEscalate={() => toast({ text: 'Paging Sam now' })}
      />
    </DrawnShell>
  )
}
