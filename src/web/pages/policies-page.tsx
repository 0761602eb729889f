import { configuration } from '../data/configuration.ts'
import { loadableOf, queries, useQuery } from '../data/queries.ts'
import { Frame } from '../frame/frame.tsx'
import { PoliciesScreen } from '../screens/policies/policies-screen.tsx'
import type { PolicySpec } from '../screens/policies/policy.ts'

/** Every escalation policy, with who would be paged first now. */
export function PoliciesPage() {
  const policies = useQuery(configuration.objects('policies'))
  const services = useQuery(configuration.objects('services'))
  const onCall = useQuery(queries.onCall())
  const me = useQuery(queries.me())
  return (
    <Frame place="on-call">
      <PoliciesScreen
        mayWrite={me.data?.permissions.includes('config:write') ?? false}
        list={loadableOf(policies, (items) =>
          items.map(({ name, spec, origin }) => {
            const { displayName, levels } = spec as unknown as PolicySpec
            const first = onCall.data?.items.filter((one) => one.policy === name && one.level === 1 && !one.catchAll) ?? []
            return {
              name,
              title: displayName ?? name,
              first: [...new Set(first.flatMap((one) => (one.displayName === null ? [] : [one.displayName])))],
              levels: levels.length,
              services: services.data?.filter((one) => one.spec['policy'] === name).length ?? 0,
              origin,
            }
          }),
        )}
      />
    </Frame>
  )
}
