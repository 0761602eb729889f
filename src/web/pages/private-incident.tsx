import type { IncidentView } from '../data/incident-view.ts'
import { memberKey, useMemberChoices, useMembers } from '../data/members.ts'
import { usePersonLook } from '../data/people.ts'
import { messageOf } from '../data/queries.ts'
import { GlassScreen } from '../screens/incidents/glass-screen.tsx'
import { MembersSection } from '../screens/incidents/members-section.tsx'

interface MembersProps {
  number: string
  members: NonNullable<IncidentView['members']>
  mayAct: boolean
}

/** Who sees a private incident, and who may be let in. */
export function Members({ number, members, mayAct }: MembersProps) {
  const look = usePersonLook()
  const choices = useMemberChoices()
  const { letIn, letGo } = useMembers(number)
  const teamCalled = (name: string) => choices.find(({ value }) => value === memberKey('team', name))?.name ?? name
  return (
    <MembersSection
      members={members.map(({ person, team, how, at }) => ({
        key: person === null ? memberKey('team', team!) : memberKey('person', person),
        look: person === null ? { name: teamCalled(team!) } : look(person),
        isTeam: person === null,
        how,
        at: Date.parse(at),
      }))}
      choices={choices}
      onLetIn={mayAct ? letIn : undefined}
      onLetGo={mayAct ? letGo : undefined}
    />
  )
}

/** What is at the number of an incident that is not there for whoever asks. */
export function GlassPage({ number, mayBreak }: { number: string; mayBreak: boolean }) {
  const { glass } = useMembers(number)
  return (
    <GlassScreen
      number={/^\d+$/.test(number) ? `INC-${number}` : number}
      busy={glass.isPending}
      failure={glass.isError ? messageOf(glass.error) : undefined}
      onBreak={mayBreak ? (reason) => glass.mutate(reason) : undefined}
    />
  )
}
