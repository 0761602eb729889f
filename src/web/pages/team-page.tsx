import { useParams } from '@tanstack/react-router'
import type { api } from '../data/api.ts'
import { momentOf } from '../data/incident-view.ts'
import { usePersonLook } from '../data/people.ts'
import { loadableOf, queries, useQuery } from '../data/queries.ts'
import { Frame } from '../frame/frame.tsx'
import { links } from '../links.ts'
import { ButtonLink } from '../parts/button.tsx'
import type { SeverityRank } from '../parts/severity-mark.tsx'
import { words as onCallWords } from '../product/on-call/words.ts'
import { NotFoundScreen } from '../screens/shell/not-found-screen.tsx'
import { TeamScreen, type WholeTeam } from '../screens/teams/team-screen.tsx'
import { words } from '../screens/teams/words.ts'

type TeamView = Awaited<ReturnType<typeof api.getTeam>>
type PersonView = Awaited<ReturnType<typeof api.listPeople>>['items'][number]

/** A team: who is in it, what it owns, what is open on that. */
export function TeamPage() {
  const { name = '' } = useParams({ strict: false }) as { name?: string }
  const team = useQuery(queries.team(name))
  const people = useQuery(queries.people())
  const look = usePersonLook()
  if (team.isError && !team.data && (team.error as { status?: number }).status === 404)
    return (
      <Frame place="on-call">
        <NotFoundScreen />
      </Frame>
    )
  return (
    <Frame place="on-call">
      <TeamScreen
        key={name}
        name={name}
        beside={
          <ButtonLink icon="edit" href={links.teamForm(name)}>
            {words.edit}
          </ButtonLink>
        }
        team={loadableOf(team, (view) => wholeOf(view, people.data ?? [], look))}
      />
    </Frame>
  )
}

function wholeOf(view: TeamView, people: PersonView[], look: (name: string) => { name: string }): WholeTeam {
  return {
    displayName: view.displayName,
    members: view.members.map(({ name, displayName }) => {
      const person = people.find((one) => one.name === name)
      const first = person?.onCall.find(({ catchAll }) => !catchAll)
      return {
        name,
        look: { name: displayName },
        isLead: view.lead?.name === name,
        ways: person?.contacts.filter(({ wakes }) => wakes),
        onCall: first && onCallWords.levelOf(first.policyName, first.level),
      }
    }),
    services: view.owns.services.map(({ description, policy, openIncidents, worstSeverity, ...service }) => ({
      ...service,
      description: description ?? undefined,
      policy: policy ?? undefined,
      open: openIncidents,
      worst: (worstSeverity ?? undefined) as SeverityRank | undefined,
    })),
    policies: view.owns.policies,
    schedules: view.owns.schedules.map(({ name, displayName, onCall, until }) => ({
      ...{ name, displayName },
      onCall: onCall === null ? undefined : { name: onCall.displayName },
      until: momentOf(until),
    })),
    incidents: view.incidents.map(({ number, title, severity, service, startedAt, acknowledgedBy }) => ({
      ...{ number, title, service },
      severity: severity as SeverityRank,
      startedAt: Date.parse(startedAt),
      holder: acknowledgedBy === null ? undefined : look(acknowledgedBy),
    })),
  }
}
