import { useParams } from '@tanstack/react-router'
import type { TeamSpec } from '../../modules/people/team.ts'
import { useChoices } from '../data/configuration.ts'
import { ConfigEditor } from '../frame/config-editor.tsx'
import { links } from '../links.ts'
import { Link } from '../parts/link.tsx'
import { TeamForm } from '../screens/configuration/team-form.tsx'
import { words as teamWords } from '../screens/teams/words.ts'
import { words } from './configuration-words.ts'

const BLANK: TeamSpec = { members: [] }

/** The form of a team; without a name in the address, of a new one. */
export function TeamFormPage() {
  const { name } = useParams({ strict: false }) as { name?: string }
  const people = useChoices('people')
  return (
    <ConfigEditor<TeamSpec>
      kind="teams"
      name={name}
      blank={BLANK}
      place="on-call"
      crumbs={[
        { name: words.onCall, href: links.onCall() },
        { name: words.teams, href: links.teams() },
      ]}
      newTitle={words.newTeam}
      hrefOf={links.team}
      says={() =>
        name !== undefined && (
          <Link className="text-link" href={links.team(name)}>
            {teamWords.look}
          </Link>
        )
      }
    >
      {(form) => <TeamForm form={form} people={people} />}
    </ConfigEditor>
  )
}
