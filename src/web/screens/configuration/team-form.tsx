import type { TeamSpec } from '../../../modules/people/team.ts'
import { Person } from '../../parts/avatar.tsx'
import type { Choice } from '../../parts/combobox.tsx'
import type { FormPart } from '../../parts/form.ts'
import { FormReference } from '../../parts/form-fields.tsx'
import { ReferenceList } from '../../parts/list-editor.tsx'
import { plainFields } from '../../product/configuration/plain-fields.tsx'
import { words } from '../../product/configuration/words.ts'

/** A form is its fields: each gets its part of the document, and that is all it knows of saving, checking and YAML. */
export function TeamForm({ form, people }: { form: FormPart<TeamSpec>; people: Choice[] }) {
  return (
    <>
      {plainFields('Team', form, words.team)('displayName')}
      <ReferenceList
        label={words.team.members}
        hint={words.team.membersHint}
        addLabel={words.team.addMember}
        empty={words.team.noMembers}
        part={form.at('members')}
        choices={people}
        draw={({ name }) => <Person person={{ name }} />}
        unordered
      />
      <FormReference
        label={words.team.lead}
        part={form.at('lead')}
        choices={people.filter(({ value }) => form.value.members?.includes(value))}
        optional
      />
    </>
  )
}
