import type { Instant } from '../../kernel/time.ts'
import { Service } from '../catalog/index.ts'
import type { Snapshot } from '../documents/index.ts'
import { EscalationPolicy, type Target } from '../escalation/index.ts'
import { onCallFor, Schedule } from '../oncall/index.ts'
import { Team } from '../people/index.ts'
import { CommandSettingsKind, type SeverityLevel } from '../severity/index.ts'

export type Whom = NonNullable<SeverityLevel['raise'][number]['whom']>

/** Whom the words of a scheme mean: the incident's own run, people, or nobody that is known here. */
export type Meant = { run: true } | { people: string[] } | { unknown: string }

export function meantBy(
  whom: Whom,
  { service, policy }: { service: string | null; policy: string | null },
  snapshot: Snapshot,
  now: Instant,
): Meant {
  const spec = service === null ? undefined : snapshot.get(Service, service)?.spec
  const settings = snapshot.get(CommandSettingsKind, 'default')?.spec
  switch (whom) {
    case 'primary':
    case 'on-call':
    case 'on-call team':
      return { run: true }
    case 'everyone on call':
      return someOf(
        onCallIn(
          snapshot.all(Schedule).map(({ name }) => name),
          snapshot,
          now,
        ),
        'nobody is on call in any schedule',
      )
    case 'whole rotation':
      return policy === null
        ? { unknown: 'there is no escalation policy whose rotation could be meant' }
        : someOf(onCallIn(schedulesOf(policy, snapshot), snapshot, now), `nobody is on call in the schedules of ${policy}`)
    case 'specialist':
      return someOf(
        spec?.experts ?? [],
        service === null ? 'it has no service whose experts could be meant' : `the service ${service} names no experts`,
      )
    case 'team':
      return someOf(
        spec?.team === undefined ? [] : (snapshot.get(Team, spec.team)?.spec.members ?? []),
        service === null ? 'it has no service whose team could be meant' : `the service ${service} has no team`,
      )
    case 'team-lead': {
      const lead = spec?.team === undefined ? undefined : snapshot.get(Team, spec.team)?.spec.lead
      return someOf(lead === undefined ? peopleOf(settings?.audiences?.['team-lead'], snapshot) : [lead], missing(whom))
    }
    case 'leadership':
    case 'management':
    case 'executives':
      return someOf(peopleOf(settings?.audiences?.[whom], snapshot), missing(whom))
  }
}

function missing(whom: Whom): string {
  return `nobody is named as ${whom}: a Command document says who is meant (audiences)`
}

function someOf(people: string[], unknown: string): Meant {
  return people.length === 0 ? { unknown } : { people: [...new Set(people)] }
}

function peopleOf(audience: ({ person: string } | { team: string })[] | undefined, snapshot: Snapshot): string[] {
  return (audience ?? []).flatMap((one) => ('person' in one ? [one.person] : (snapshot.get(Team, one.team)?.spec.members ?? [])))
}

function onCallIn(schedules: string[], snapshot: Snapshot, now: Instant): string[] {
  return schedules.flatMap((name) => onCallFor(snapshot, name, now)?.user ?? [])
}

function schedulesOf(policy: string, snapshot: Snapshot): string[] {
  const spec = snapshot.get(EscalationPolicy, policy)?.spec
  const targets: Target[] = spec ? [...spec.levels.flatMap(({ notify }) => notify), ...spec.catchAll.notify] : []
  return [...new Set(targets.flatMap((target) => ('schedule' in target ? [target.schedule] : [])))]
}
