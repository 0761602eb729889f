import { Service } from '../catalog/index.ts'
import { calledAs, type Path, type Snapshot, type WrittenKind } from '../documents/index.ts'
import { Schedule } from '../oncall/index.ts'
import { Person, Team, unreachableBecause } from '../people/index.ts'
import { EscalationPolicy, type PolicySpec, type Target } from './policy.ts'

export const policyKind: WrittenKind<PolicySpec> = {
  ...EscalationPolicy,
  plural: 'policies',
  alsoCalled: ['policy', 'escalation', 'escalationchain'],
  defaults: [{ path: 'repeat', value: 0 }],
  keepsOwnNames: 'policy',
  warnings({ name: own, spec: policy }, after) {
    const users = after.all(Service).filter(({ spec }) => spec.policy === own)
    const inEarnest = users.length === 0 || users.some(({ origin }) => origin.kind !== 'demo')
    const places = [
      ...policy.levels.flatMap((level, i) =>
        level.notify.map((target, j) => ({ target, path: ['spec', 'levels', i, 'notify', j] as Path })),
      ),
      ...policy.catchAll.notify.map((target, j) => ({ target, path: ['spec', 'catchAll', 'notify', j] as Path })),
    ]
    const told = new Set<string>()
    const unreachable = places.flatMap(({ target, path }) =>
      peopleBehind(target, after).flatMap((name) => {
        const why = unreachableBecause(name, after, { inEarnest })
        if (why === undefined || told.has(name)) return []
        told.add(name)
        const through = 'person' in target ? '' : `; named here through ${targetText(target)}`
        return [{ path, message: `${calledAs({ kind: 'Person', name })} ${why}${through}` }]
      }),
    )
    const empty = policy.levels.flatMap((level, i) =>
      level.notify.length === 0 ? [{ path: ['spec', 'levels', i], message: 'pages nobody; the level after it goes at once' }] : [],
    )
    return [...empty, ...unreachable]
  },
}

function peopleBehind(target: Target, after: Snapshot): string[] {
  if ('person' in target) return [target.person]
  if ('team' in target) return after.get(Team, target.team)?.spec.members ?? []
  if ('schedule' in target) return [...new Set(after.get(Schedule, target.schedule)?.spec.layers.flatMap((layer) => layer.users) ?? [])]
  return after
    .all(Person)
    .filter(({ spec }) => spec.role === 'owner' || spec.role === 'admin')
    .map(({ name }) => name)
}

function targetText(target: Target): string {
  if ('team' in target) return calledAs({ kind: 'Team', name: target.team })
  if ('schedule' in target) return calledAs({ kind: 'Schedule', name: target.schedule })
  return 'the admins'
}
