import type { ServiceSpec } from '../../../modules/catalog/service.ts'
import { Button } from '../../parts/button.tsx'
import type { Choice } from '../../parts/combobox.tsx'
import { Field, SelectField } from '../../parts/field.tsx'
import type { FormPart } from '../../parts/form.ts'
import { FormDuration, FormReference, FormText } from '../../parts/form-fields.tsx'
import { ListEditor, ReferenceList } from '../../parts/list-editor.tsx'
import { plainFields } from '../../product/configuration/plain-fields.tsx'
import { words } from './form-words.ts'

interface ServiceFormProps {
  form: FormPart<ServiceSpec>
  teams: Choice[]
  policies: Choice[]
  services: Choice[]
}

export function ServiceForm({ form, teams, policies, services }: ServiceFormProps) {
  const plain = plainFields('Service', form, words)
  return (
    <>
      {plain('displayName')}
      {plain('description')}
      <FormReference label={words.team} hint={words.teamHint} part={form.at('team')} choices={teams} optional />
      <FormReference label={words.policy} hint={words.policyHint} part={form.at('policy')} choices={policies} optional />
      {plain('urgency', { choices: { high: words.urgencies.high, low: words.urgencies.low }, none: words.urgencies['by-severity'] })}
      <Grouping part={form.at('grouping')} />
      {plain('autoResolve')}
      <FormDuration label={words.ackTimeout} hint={words.ackTimeoutHint} part={form.at('ackTimeout')} />
      <ReferenceList
        label={words.dependsOn}
        hint={words.dependsOnHint}
        addLabel={words.addDependency}
        empty={words.noDependencies}
        part={form.at('dependsOn') as FormPart<string[]>}
        choices={services}
        draw={({ name }) => name}
        unordered
      />
      <ListEditor
        label={words.links}
        hint={words.linksHint}
        part={form.at('links')}
        nameOf={({ text, href }) => text || href}
        empty={words.noLinks}
        optional
        boxed
        add={(add) => (
          <Button size="small" icon="plus" onClick={() => add({ href: 'https://', text: '' })}>
            {words.addLink}
          </Button>
        )}
      >
        {(link) => (
          <>
            <FormText label={words.linkText} part={link.at('text')} keepsEmpty />
            <FormText label={words.linkHref} part={link.at('href')} keepsEmpty mono />
          </>
        )}
      </ListEditor>
    </>
  )
}

type Grouped = 'own' | 'all' | 'by'

/** Which alerts are one incident: a choice first, labels only where the choice asks for them. */
function Grouping({ part }: { part: FormPart<ServiceSpec['grouping']> }) {
  const by = part.value?.by
  const chosen: Grouped = by === undefined ? 'own' : by === 'all' ? 'all' : 'by'
  const pick = (next: Grouped) => part.onChange(next === 'own' ? undefined : { ...part.value, by: next === 'all' ? 'all' : ['alertname'] })
  return (
    <>
      <SelectField
        label={words.grouping}
        error={chosen === 'by' ? undefined : (part.error ?? part.issues[0]?.message)}
        disabled={part.readOnly}
        value={chosen}
        onChange={({ target }) => pick(target.value as Grouped)}
      >
        {(['own', 'by', 'all'] as const).map((one) => (
          <option key={one} value={one}>
            {words.groupings[one]}
          </option>
        ))}
      </SelectField>
      {Array.isArray(by) && (
        <Field label={words.labels} hint={words.labelsHint} error={part.error ?? part.issues[0]?.message}>
          {(wiring) => (
            <input
              {...wiring}
              className="input mono"
              readOnly={part.readOnly}
              value={by.join(', ')}
              onChange={({ target }) => part.onChange({ ...part.value, by: target.value.split(/, ?/) })}
              onBlur={() => {
                const labels = by.map((label) => label.trim()).filter((label) => label !== '')
                if (!part.readOnly) part.onChange({ ...part.value, by: labels })
              }}
            />
          )}
        </Field>
      )}
      {by !== undefined && <FormDuration label={words.holds} hint={words.holdsHint} part={part.at('holds')} placeholder="24h" />}
    </>
  )
}
