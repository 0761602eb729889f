import type { PersonLook } from '../parts/avatar.tsx'
import { queries, useQuery } from './queries.ts'

/** Names as people say them, learnt from who is on call; a name nobody has explained is made presentable. */
export function usePersonLook(): (name: string) => PersonLook {
  const onCall = useQuery(queries.onCall())
  const me = useQuery(queries.me())
  const names = new Map(
    onCall.data?.items.flatMap((one) => (one.person && one.displayName ? [[one.person, one.displayName] as const] : [])),
  )
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
