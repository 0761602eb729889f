import type { PersonLook } from '../parts/avatar.tsx'
import { queries, useQuery } from './queries.ts'

/** Names as people say them: from the configuration, and sooner from who is on call; one that is gone from both is made presentable. */
export function usePersonLook(): (name: string) => PersonLook {
  const onCall = useQuery(queries.onCall())
  const me = useQuery(queries.me())
  const people = useQuery({ ...queries.peopleNames(), enabled: me.data?.permissions.includes('config:read') === true })
  const names = new Map([
    ...Object.entries(people.data ?? {}),
    ...(onCall.data?.items.flatMap((one) => (one.person && one.displayName ? [[one.person, one.displayName] as const] : [])) ?? []),
  ])
  if (me.data?.person) names.set(me.data.person.name, me.data.person.displayName)
  return (name) => ({ name: names.get(name) ?? presentable(name) })
}

function presentable(name: string): string {
  return /^[a-z][a-z0-9.-]*$/.test(name)
    ? name
        .split(/[.-]/)
        .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
        .join(' ')
    : name
}
