import type { Instant } from '../../kernel/time.ts'
import { Integration, Service } from '../catalog/index.ts'
import { byName, type Snapshot } from '../documents/index.ts'
import { EscalationPolicy, find, firstStep } from '../escalation/index.ts'
import { displayName, Person } from '../people/index.ts'
import { FIRST_INTEGRATION } from './company.ts'

export interface DrawnPhone {
  person: string
  displayName: string
  contact: string
  demo: boolean
  /** The first alert would ring it, if it came now. */
  ringsFirst: boolean
}

/** Every phone that is drawn in the browser; first the one to watch. */
export function drawnPhones(snapshot: Snapshot, now: Instant): DrawnPhone[] {
  const first = pagedFirst(snapshot, now)
  const phones = snapshot
    .all(Person)
    .sort(byName)
    .flatMap(({ name, spec, origin }) => {
      const screens = (spec.contacts ?? []).filter(({ channel }) => channel === 'screen')
      return screens.map(
        ({ address }): DrawnPhone => ({
          ...{ person: name, displayName: displayName(name, spec), contact: address },
          ...{ demo: origin.kind === 'demo', ringsFirst: first.includes(name) },
        }),
      )
    })
  return [...phones.filter(({ ringsFirst }) => ringsFirst), ...phones.filter(({ ringsFirst }) => !ringsFirst)]
}

/** Who is on level 1 for the first alert at this moment. */
function pagedFirst(snapshot: Snapshot, now: Instant): string[] {
  const service = snapshot.get(Integration, FIRST_INTEGRATION)?.spec.service
  const policy = service === undefined ? undefined : snapshot.get(Service, service)?.spec.policy
  const spec = policy === undefined ? undefined : snapshot.get(EscalationPolicy, policy)?.spec
  if (!spec) return []
  return find(snapshot, firstStep(spec, 1, now).notify, 'high', 'demo', now).flatMap(({ person, absent }) =>
    person !== undefined && absent === undefined ? [person] : [],
  )
}
