import { useQuery } from '@tanstack/react-query'
import { usePersonLook } from '../data/people.ts'
import { queries } from '../data/queries.ts'
import { RolesBand } from '../screens/war-room/roles-band.tsx'

interface OfRoom {
  number: string
  mayAct: boolean
}

/** Who has which role, and which is empty. */
export function Roles({ number }: OfRoom) {
  const roles = useQuery(queries.roles(number))
  const look = usePersonLook()
  return (
    <RolesBand
      roles={(roles.data?.items ?? []).map((one) => ({
        ...{ role: one.role, name: one.name, wanted: one.wanted },
        people: one.people.map(({ person }) => look(person)),
      }))}
    />
  )
}

/** In the head: somebody more is called. */
export function PeopleActs(_: OfRoom) {
  return null
}

/** Beside the tabs: who is here, and what somebody who has just come must know. */
export function Presence(_: OfRoom) {
  return null
}

/** Who was asked to come, and who came. */
export function PeopleTab(_: OfRoom) {
  return null
}
