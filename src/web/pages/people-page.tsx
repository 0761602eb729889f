import { useSearch } from '@tanstack/react-router'
import type { api } from '../data/api.ts'
import { momentOf } from '../data/incident-view.ts'
import { loadableOf, queries, useQuery } from '../data/queries.ts'
import { Frame } from '../frame/frame.tsx'
import { links } from '../links.ts'
import { ButtonLink } from '../parts/button.tsx'
import { words } from '../product/people/words.ts'
import { type PeopleFilter, PeopleScreen, type PersonRow, peopleFilters } from '../screens/people/people-screen.tsx'

type PersonView = Awaited<ReturnType<typeof api.listPeople>>['items'][number]

/** Everybody, whoever is hardest to wake first. */
export function PeoplePage() {
  const { show, team } = useSearch({ strict: false }) as { show?: string; team?: string }
  const me = useQuery(queries.me())
  const people = useQuery(queries.people())
  const filter: PeopleFilter = peopleFilters.find((one) => one === show) ?? 'all'
  return (
    <Frame place="on-call">
      <PeopleScreen
        show={filter}
        team={team}
        beside={
          me.data?.permissions.includes('config:write') && (
            <ButtonLink kind="primary" icon="plus" href={links.create('people')}>
              {words.add}
            </ButtonLink>
          )
        }
        people={loadableOf(people, (all) => all.map((one) => rowOf(one, me.data?.person?.name)))}
      />
    </Frame>
  )
}

function rowOf(person: PersonView, me: string | undefined): PersonRow {
  return {
    name: person.name,
    look: { name: person.displayName },
    isMe: person.name === me,
    email: person.email ?? undefined,
    teams: person.teams,
    role: person.role,
    onCall: person.onCall,
    nextFrom: momentOf(person.nextShift?.from),
    ways: person.contacts.filter(({ wakes }) => wakes),
    reach: person.reach,
    proof: proofOf(person),
    acknowledges: person.acknowledges ?? undefined,
  }
}

function proofOf({ contacts, checks }: PersonView): PersonRow['proof'] {
  const fails = (check: string) => checks.some((one) => one.check === check && !one.passes)
  if (fails('has-contact')) return { kind: 'none' }
  if (fails('rings-outside')) return { kind: 'drawn' }
  const ways = contacts.filter(({ wakes }) => wakes)
  const delivered = Math.max(...ways.map(({ lastDeliveredAt }) => (lastDeliveredAt === null ? 0 : Date.parse(lastDeliveredAt))))
  if (ways.some(({ state }) => state === 'failing')) return { kind: 'failing' }
  return delivered > 0 ? { kind: 'delivered', at: delivered } : { kind: 'untried' }
}
