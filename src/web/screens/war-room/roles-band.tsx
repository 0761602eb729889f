import { Missing, Person, type PersonLook } from '../../parts/avatar.tsx'
import { words } from './people-words.ts'

export interface RoleShown {
  role: string
  name: string
  wanted: boolean
  people: PersonLook[]
}

export function RolesBand({ roles }: { roles: RoleShown[] }) {
  return (
    <dl className="fact-band">
      {roles
        .filter(({ wanted, people }) => wanted || people.length > 0)
        .map(({ role, name, people }) => (
          <div key={role}>
            <dt className="dim fine">{name}</dt>
            <dd className="fact">
              {people.length === 0 ? (
                <Missing>{words.empty}</Missing>
              ) : (
                people.map((one) => <Person key={one.name} person={one} size={22} />)
              )}
            </dd>
          </div>
        ))}
    </dl>
  )
}
