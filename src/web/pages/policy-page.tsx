import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { configuration, useChoices } from '../data/configuration.ts'
import { queries, useQuery } from '../data/queries.ts'
import { ConfigEditor } from '../frame/config-editor.tsx'
import { links } from '../links.ts'
import type { SeverityRank } from '../parts/severity-mark.tsx'
import { nextSundayNight, type PolicySpec, type Target, targetKey } from '../screens/policies/policy.ts'
import { PolicyForm } from '../screens/policies/policy-form.tsx'
import { SimulationPanel } from '../screens/policies/simulation-panel.tsx'
import { words } from '../screens/policies/words.ts'
import { words as places } from './configuration-words.ts'
import { useSimulation } from './simulation.ts'

const BLANK: PolicySpec = { levels: [{ after: '0m', notify: [] }], catchAll: { notify: [] } }

/** An escalation policy with its simulation beside it; without a name in the address, a new one. */
export function PolicyPage() {
  const { name } = useParams({ strict: false }) as { name?: string }
  const targets = useTargets()
  const services = useQuery(configuration.objects('services'))
  const nowOf = useNowOf()
  const users = services.data?.filter(({ spec }) => spec['policy'] === name).length
  return (
    <ConfigEditor<PolicySpec>
      kind="policies"
      name={name}
      blank={BLANK}
      place="on-call"
      crumbs={[
        { name: places.onCall, href: links.onCall() },
        { name: places.policies, href: links.policies() },
      ]}
      newTitle={places.newPolicy}
      hrefOf={links.policy}
      says={() => name !== undefined && users !== undefined && `${words.usedBy(users)} ${words.openKeep}`}
      aside={(spec, context) => <DraftSimulation spec={spec} name={context.name} />}
      asideLabel={words.asideLabel}
      keys={[
        { keys: ['L'], does: words.keys.add },
        { keys: ['Alt', '↑', '↓'], does: words.keys.move },
        { keys: ['Ctrl', 'S'], does: words.keys.yaml },
      ]}
    >
      {(form) => <PolicyForm form={form} targets={targets} nowOf={nowOf} />}
    </ConfigEditor>
  )
}

function DraftSimulation({ spec, name }: { spec: PolicySpec; name: string }) {
  const [severity, setSeverity] = useState<SeverityRank>(1)
  const [at, setAt] = useState(() => nextSundayNight(new Date()))
  const asked = useSimulation(spec, name, severity, at)
  return (
    <SimulationPanel
      {...asked}
      severity={severity}
      at={at}
      onSeverity={setSeverity}
      onAt={setAt}
      onHardest={() => setAt(nextSundayNight(new Date()))}
      onNow={() => setAt(onTheWall(new Date()))}
    />
  )
}

function onTheWall(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** Everything a level may name. */
function useTargets() {
  const schedules = useChoices('schedules')
  const people = useChoices('people')
  const teams = useChoices('teams')
  return [
    ...schedules.map((one) => ({ ...one, value: targetKey({ schedule: one.value }), detail: words.schedule, icon: 'calendar' as const })),
    ...people.map((one) => ({ ...one, value: targetKey({ person: one.value }), detail: words.person, icon: 'user' as const })),
    ...teams.map((one) => ({ ...one, value: targetKey({ team: one.value }), detail: words.team, icon: 'users' as const })),
    { value: targetKey({ admins: true }), name: words.admins, icon: 'shield' as const },
  ]
}

/** Who has a schedule now. People and teams are themselves. */
function useNowOf(): (target: Target) => string[] | undefined {
  const onCall = useQuery(queries.onCall())
  return (target) => {
    if (!('schedule' in target) || !onCall.data) return undefined
    const now = onCall.data.items.filter((one) => one.schedule === target.schedule && one.policy === null)
    return now.flatMap(({ displayName }) => (displayName === null ? [] : [displayName]))
  }
}
