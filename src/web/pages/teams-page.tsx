import { loadableOf, queries, useQuery } from '../data/queries.ts'
import { Frame } from '../frame/frame.tsx'
import { links } from '../links.ts'
import { ButtonLink } from '../parts/button.tsx'
import type { SeverityRank } from '../parts/severity-mark.tsx'
import { TeamsScreen } from '../screens/teams/teams-screen.tsx'
import { words } from '../screens/teams/words.ts'

export function TeamsPage() {
  const me = useQuery(queries.me())
  const teams = useQuery(queries.teams())
  return (
    <Frame place="on-call">
      <TeamsScreen
        mayWrite={me.data?.permissions.includes('config:write') ?? false}
        beside={
          me.data?.permissions.includes('config:write') && (
            <ButtonLink kind="primary" icon="plus" href={links.create('teams')}>
              {words.add}
            </ButtonLink>
          )
        }
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
