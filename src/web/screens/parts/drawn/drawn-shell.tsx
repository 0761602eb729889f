import type { ReactNode } from 'react'
import { useToast } from '../../../parts/toast.tsx'
import type { PlaceName } from '../../../product/shell/places.ts'
import { AppShell } from '../../shell/app-shell.tsx'
import { openIncidents } from '../sample/incidents.ts'
import { beatriz } from '../sample/people.ts'
import { at, on } from '../sample/time.ts'

/** The shell as Beatriz sees it in the drawn night. */
export function DrawnShell({ place, show, current, children }: { place: PlaceName; show: string; current?: string; children: ReactNode }) {
  const toast = useToast()
  const draw = () => toast({ icon: 'info', text: 'Only drawn here' })
  return (
    <AppShell
      place={place}
      available={['now', 'incidents', 'on-call', 'services']}
      organisation="Harbourline"
      counts={{ incidents: openIncidents.length }}
      me={{ person: beatriz, onCallUntil: on('2026-10-23T07:00:00Z') }}
      open={{ count: openIncidents.length, items: openIncidents.slice(0, 4), current }}
      staleness={show === 'stale' ? { since: at('03:14:22'), nextTryAt: at('03:23:46'), onTry: draw } : undefined}
      onDeclare={draw}
      onSearch={draw}
      onSignOut={draw}
    >
      {children}
    </AppShell>
  )
}
