import './people-screen.css'
import type { PersonContact, PersonRule, PersonSpec } from '../../../modules/people/person.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import type { FormPart } from '../../parts/form.ts'
import { FormChoice, FormDuration, FormSwitch, FormText, FormZone } from '../../parts/form-fields.tsx'
import { Icon } from '../../parts/icon.tsx'
import { ListEditor } from '../../parts/list-editor.tsx'
import { SchemaField } from '../../parts/schema-field.tsx'
import { plainFields } from '../../product/configuration/plain-fields.tsx'
import { type Channel, channelOf, channels } from '../../product/on-call/channels.ts'
import { words } from './form-words.ts'

type Rules = PersonRule[] | undefined
type Secret = PersonContact['secret']

/** What a new contact is by, until somebody chooses: one that rings. */
const FIRST = channels.find(({ can }) => can.reaches === 'a phone')!.name

/** A person: who they are, where pages go, and in which order they wake them; `own`: as they may write it themselves. */
export function PersonForm({ form, own = false }: { form: FormPart<PersonSpec>; own?: boolean }) {
  // Who one is to others is not written by oneself.
  const given = (key: 'email' | 'role') => ({ ...form.at(key), readOnly: form.readOnly || own }) as FormPart<unknown>
  const plain = plainFields('Person', form, words)
  // Responding is what everybody may unless it says otherwise; written out, it stays.
  const { responder: _, ...others } = words.roles
  const roles = form.value.role === 'responder' ? words.roles : others
  const names = (form.value.contacts ?? []).map(({ name }) => name)
  return (
    <>
      {plain('displayName')}
      <div className="form-columns">
        {plain('email', { part: given('email') })}
        <FormZone label={words.timeZone} hint={words.timeZoneHint} part={form.at('timeZone')} optional />
      </div>
      <div className="form-columns">
        {plain('role', { part: given('role'), choices: roles, none: words.asResponder })}
        {plain('language', { choices: words.languages, none: words.asInstalled })}
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
          <Button icon="plus" size="small" onClick={() => add({ name: '', channel: FIRST, address: '' })}>
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
  const told = channelOf(channel)
  const choices = channels.map(({ name, choice }) => ({ value: name, name: choice }))
  return (
    <div className="form-rows">
      <div className="form-columns">
        <FormText label={words.name} hint={words.nameHint} part={contact.at('name')} keepsEmpty />
        <FormChoice
          label={words.channel}
          part={contact.at('channel')}
          choices={told ? choices : [...choices, { value: channel, name: channel }]}
        />
      </div>
      <FormText label={words.address} hint={told?.addressHint} part={contact.at('address')} mono keepsEmpty />
      {(told?.secretHint !== undefined || contact.value.secret !== undefined) && (
        <SecretFields part={contact.at('secret')} use={told?.secretHint} />
      )}
      {told && <ChannelSettings part={contact.at('settings')} settings={told.settings} />}
      {told?.can.bundle !== false && <FormSwitch label={words.bundle} part={contact.at('bundle')} unless />}
    </div>
  )
}

/** Fields that a channel asks for beyond its address, drawn from its schema. */
function ChannelSettings({ part, settings }: { part: FormPart<PersonContact['settings']>; settings: Channel['settings'] }) {
  if (settings.length === 0) return null
  return (
    <div className="form-columns">
      {settings.map(({ key, ...field }) => (
        <SchemaField key={key} part={part.at(key)} {...field} />
      ))}
    </div>
  )
}

const secretKinds = ['env', 'file', 'sealed'] as const
type SecretKind = (typeof secretKinds)[number]

function SecretFields({ part, use = '' }: { part: FormPart<Secret>; use?: string | undefined }) {
  const kind = secretKinds.find((one) => part.value !== undefined && one in part.value)
  const text = kind === undefined ? '' : (part.value as Record<SecretKind, string>)[kind]
  const write = (next: SecretKind, value: string) => part.onChange({ [next]: value } as NonNullable<Secret>)
  return (
    <div className="form-columns">
      <Field label={words.secret} hint={words.secretHint(use)} error={part.error}>
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
    <ListEditor<PersonRule>
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

function RuleFields({ rule, contacts }: { rule: FormPart<PersonRule>; contacts: string[] }) {
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
