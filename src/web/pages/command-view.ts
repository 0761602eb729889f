import { possibleActs } from '../../modules/incidents/lifecycle.ts'
import { momentOf, rowOf } from '../data/incident-view.ts'
import type { CommandView, KnownIncident } from '../data/views.ts'
import type { PersonLook } from '../parts/avatar.tsx'
import type { CommandPart, DeclaredIncident } from '../screens/incidents/incident.ts'

/** What a declared one has beside; a list knows less of it than its page. */
export function commandOf(view: KnownIncident, mayAct: boolean): CommandPart {
  const { level, status, held, declared, moments, origin } = view
  const dated = Object.entries(moments ?? {}).flatMap(([name, at]) => (at === null ? [] : [[name, Date.parse(at)] as const]))
  return {
    ...{ level, levelName: view.levelName ?? undefined, status, held, isDrill: origin === 'drill' },
    can: mayAct ? possibleActs({ status, held, declared }) : [],
    moments: Object.fromEntries(dated),
    monitoringUntil: momentOf(view.monitoringUntil),
    parent: view.parent ?? undefined,
    mergedInto: view.mergedInto ?? undefined,
    bridge: view.room?.bridge,
    cause: view.cause ?? undefined,
    resolution: view.resolution ?? undefined,
    dataLoss: view.dataLoss ?? undefined,
  }
}

/** A declared one for whoever only reads it. */
export function declaredOf(view: CommandView, look: (name: string) => PersonLook): DeclaredIncident {
  return {
    ...rowOf(view, look),
    urgency: view.urgency,
    summary: view.summary ?? undefined,
    lifecycle: {
      detected: Date.parse(view.startedAt),
      impact: momentOf(view.impactStartedAt),
      acknowledged: momentOf(view.acknowledgedAt),
      resolved: momentOf(view.resolvedAt),
    },
    ...{ paged: [], openedBy: '', alertCount: undefined, firingAlertCount: undefined, pageCount: undefined },
    command: commandOf(view, false),
  }
}
