import './people-screen.css'
import type { PersonContact, PersonSpec } from '../../../modules/people/person.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import type { FormPart } from '../../parts/form.ts'
import { FormChoice, FormDuration, FormSwitch, FormText, FormZone } from '../../parts/form-fields.tsx'
import { Icon } from '../../parts/icon.tsx'
import { ListEditor } from '../../parts/list-editor.tsx'
import { words } from './form-words.ts'

type Rules = NonNullable<PersonSpec['paging']>['high']
type Secret = PersonContact['secret']

const choicesOf = <Value extends string>(names: Record<Value, string>) =>
  (Object.entries(names) as [Value, string][]).map(([value, name]) => ({ value, name }))

/** A person: who they are, where pages go, and in which order they wake them. */
export function PersonForm({ form }: { form: FormPart<PersonSpec> }) {
  // Responding is what everybody may unless it says otherwise; written out, it stays.
  const roles = choicesOf(words.roles).filter(({ value }) => value !== 'responder' || form.value.role === 'responder')
  const names = (form.value.contacts ?? []).map(({ name }) => name)
  return (
    <>
      <FormText label={words.displayName} part={form.at('displayName')} />
      <div className="form-columns">
        <FormText label={words.email} hint={words.emailHint} part={form.at('email')} />
        <FormZone label={words.timeZone} hint={words.timeZoneHint} part={form.at('timeZone')} optional />
      </div>
      <div className="form-columns">
        <FormChoice label={words.role} part={form.at('role')} choices={roles} none={words.asResponder} />
        <FormChoice label={words.language} part={form.at('language')} choices={choicesOf(words.languages)} none={words.asInstalled} />
      </div>
      <ListEditor<PersonContact>
        label={words.contacts}
        hint={words.contactsHint}
        part={form.at('contacts')}
        nameOf={({ name }, place) => name || words.contactOf(place + 1)}
        boxed
        optional
        empty={words.noContacts}
        add={(add) => (
          <Button icon="plus" size="small" onClick={() => add({ name: '', channel: 'ntfy', address: '' })}>
            {words.addContact}
          </Button>
        )}
      >
        {(contact) => <ContactFields contact={contact} />}
      </ListEditor>
      <RuleList label={words.rules.high} hint={words.rulesHint} part={form.at('paging').at('high')} contacts={names} />
      <RuleList label={words.rules.low} part={form.at('paging').at('low')} contacts={names} />
    </>
  )
}

function ContactFields({ contact }: { contact: FormPart<PersonContact> }) {
  const { channel } = contact.value
  const known = choicesOf(words.channels)
  const channels = known.some(({ value }) => value === channel) ? known : [...known, { value: channel, name: channel }]
  return (
    <div className="form-rows">
      <div className="form-columns">
        <FormText label={words.name} hint={words.nameHint} part={contact.at('name')} keepsEmpty />
        <FormChoice label={words.channel} part={contact.at('channel')} choices={channels} />
      </div>
      <FormText label={words.address} hint={words.addressHints[channel]} part={contact.at('address')} mono keepsEmpty />
      {(channel === 'webhook' || channel === 'ntfy' || contact.value.secret !== undefined) && <SecretFields part={contact.at('secret')} />}
      <FormSwitch label={words.bundle} part={contact.at('bundle')} unless />
    </div>
  )
}

const secretKinds = ['env', 'file', 'sealed'] as const
type SecretKind = (typeof secretKinds)[number]

function SecretFields({ part }: { part: FormPart<Secret> }) {
  const kind = secretKinds.find((one) => part.value !== undefined && one in part.value)
  const text = kind === undefined ? '' : (part.value as Record<SecretKind, string>)[kind]
  const write = (next: SecretKind, value: string) => part.onChange({ [next]: value } as NonNullable<Secret>)
  return (
    <div className="form-columns">
      <Field label={words.secret} hint={words.secretHint} error={part.error}>
        {(wiring) => (
          <span className="select">
            <select
              {...wiring}
              className="input"
              disabled={part.readOnly}
              value={kind ?? 'none'}
              onChange={({ target }) => (target.value === 'none' ? part.onChange(undefined) : write(target.value as SecretKind, text))}
            >
              <option value="none">{words.secretKinds.none}</option>
              {secretKinds
                .filter((one) => one !== 'sealed' || kind === 'sealed')
                .map((one) => (
                  <option key={one} value={one}>
                    {words.secretKinds[one]}
                  </option>
                ))}
            </select>
            <Icon name="down" size={14} />
          </span>
        )}
      </Field>
      {kind !== undefined && (
        <Field label={words.secretName[kind]} error={part.issues[0]?.message}>
          {(wiring) => (
            <input
              {...wiring}
              className="input mono"
              readOnly={part.readOnly || kind === 'sealed'}
              value={text}
              onChange={({ target }) => write(kind, target.value)}
            />
          )}
        </Field>
      )}
    </div>
  )
}

interface RuleListProps {
  label: string
  hint?: string
  part: FormPart<Rules>
  contacts: string[]
}

function RuleList({ label, hint, part, contacts }: RuleListProps) {
  return (
    <ListEditor<NonNullable<Rules>[number]>
      label={label}
      hint={hint}
      part={part}
      nameOf={({ contact }, place) => contact || words.ruleOf(place + 1)}
      optional
      empty={words.noRules}
      add={(add) => (
        <Button
          icon="plus"
          size="small"
          disabled={contacts.length === 0}
          onClick={() =>
            add({ contact: contacts[(part.value?.length ?? 0) % contacts.length] ?? '', after: part.value?.at(-1)?.after ?? '0s' })
          }
        >
          {words.addRule}
        </Button>
      )}
    >
      {(rule) => <RuleFields rule={rule} contacts={contacts} />}
    </ListEditor>
  )
}

function RuleFields({ rule, contacts }: { rule: FormPart<NonNullable<Rules>[number]>; contacts: string[] }) {
  const named = rule.value.contact
  const choices = [...new Set(contacts)].map((name) => ({ value: name, name }))
  return (
    <div className="person-rule">
      <FormDuration label={words.after} part={rule.at('after')} saysWords={false} />
      <FormChoice
        label={words.contact}
        part={rule.at('contact')}
        choices={contacts.includes(named) ? choices : [...choices, { value: named, name: words.noSuchContact(named) }]}
      />
    </div>
  )
}
