import type { SeverityRank } from '../parts/severity-mark.tsx'
import { TeamsScreen } from '../screens/teams/teams-screen.tsx'
import { Frame } from './frame.tsx'
import { loadableOf, queries, useQuery } from './queries.ts'

export function TeamsPage() {
  const teams = useQuery(queries.teams())
  return (
    <Frame place="on-call">
      <TeamsScreen
        teams={loadableOf(teams, (all) =>
          all.map(({ lead, members, worstSeverity, ...team }) => ({
            ...team,
            lead: lead === null ? undefined : { name: lead.displayName },
            members: members.map(({ displayName }) => ({ name: displayName })),
            worst: (worstSeverity ?? undefined) as SeverityRank | undefined,
          })),
        )}
      />
    </Frame>
  )
}
