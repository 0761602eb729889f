import { useParams } from '@tanstack/react-router'
import type { PersonSpec } from '../../modules/people/person.ts'
import { queries, useQuery } from '../data/queries.ts'
import { ConfigEditor } from '../frame/config-editor.tsx'
import { links } from '../links.ts'
import { Link } from '../parts/link.tsx'
import { words as peopleWords } from '../product/people/words.ts'
import { PersonForm } from '../screens/people/person-form.tsx'
import { words } from './configuration-words.ts'

const BLANK: PersonSpec = {}

/** The form of a person; without a name in the address, of a new one. */
export function PersonFormPage() {
  const { name } = useParams({ strict: false }) as { name?: string }
  const me = useQuery(queries.me())
  const mayWrite = me.data?.permissions.includes('config:write') ?? false
  return (
    <ConfigEditor<PersonSpec>
      kind="people"
      name={name}
      blank={BLANK}
      place="on-call"
      crumbs={[
        { name: words.onCall, href: links.onCall() },
        { name: peopleWords.title, href: links.people() },
      ]}
      newTitle={peopleWords.add}
      hrefOf={links.person}
      says={() =>
        name !== undefined && (
          <Link className="text-link" href={links.person(name)}>
            {peopleWords.look}
          </Link>
        )
      }
    >
      {(form) => <PersonForm form={form} own={!mayWrite} />}
    </ConfigEditor>
  )
}
