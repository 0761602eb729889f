import { links } from '../../links.ts'
import { CheckList } from '../../parts/check-list.tsx'
import { Link } from '../../parts/link.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Section } from '../../parts/panel.tsx'
import { SkeletonText } from '../../parts/skeleton.tsx'
import type { DutyPerson, PolicyDuty } from '../../product/on-call/duty.ts'
import { words } from '../../product/on-call/words.ts'

/** Whether those who are on call would hear a page, by the pages that reached them before. */
export function WokenSection({ policies }: { policies: Loadable<PolicyDuty[]> }) {
  return (
    <Section title={words.woken}>
      <Loaded of={policies} skeleton={<SkeletonText />}>
        {(all) => <Woken people={peopleIn(all)} />}
      </Loaded>
    </Section>
  )
}

function Woken({ people }: { people: DutyPerson[] }) {
  if (people.length === 0) return <p className="sub">{words.wokenNobody}</p>
  const told = people.flatMap((person) => {
    const says = troubleOf(person)
    return says
      ? [
          {
            key: person.name,
            state: says.state,
            says: (
              <Link className="text-link" href={links.person(person.name)}>
                {says.text}
              </Link>
            ),
          },
        ]
      : []
  })
  return <CheckList items={told.length > 0 ? told : [{ key: 'all', state: 'good', says: words.wokenAll(people.length) }]} />
}

function troubleOf({ look, ways }: DutyPerson): { state: 'bad' | 'warn'; text: string } | undefined {
  const in_ = (state: string) => ways.filter((way) => way.state === state).length
  if (in_('failing') === ways.length) return { state: 'bad', text: words.unreachable(look.name) }
  if (in_('works') === 0) return { state: 'warn', text: words.untested(look.name) }
  return in_('failing') > 0 ? { state: 'warn', text: words.halfFailing(look.name) } : undefined
}

function peopleIn(policies: PolicyDuty[]): DutyPerson[] {
  const all = policies.flatMap(({ duties }) =>
    duties.filter(({ level, through }) => level !== 'catch-all' && through?.kind !== 'team').flatMap(({ people }) => people),
  )
  return [...new Map(all.map((person) => [person.name, person])).values()]
}
