import { shorten } from '../../kernel/text.ts'
import { asGroup, calledAs, findingsOf, mendFor, type Snapshot, type Vocabulary, type WrittenKind, type Wrong } from '../documents/index.ts'
import { Person, type PersonSpec } from './person.ts'
import { masked } from './reach.ts'

export const personKind: WrittenKind<PersonSpec> = {
  ...Person,
  plural: 'people',
  alsoCalled: ['user', 'responder'],
  defaults: [{ path: 'contacts.*.bundle', value: true }],
  check: checkContacts,
  asKept(person, { channels }) {
    if (!person.contacts) return person
    const contacts = person.contacts.map((contact) => {
      const parsed = channels.find((one) => one.name === contact.channel)?.address.schema.safeParse(contact.address)
      return parsed?.success ? { ...contact, address: parsed.data } : contact
    })
    return { ...person, contacts }
  },
  secretsIn: ({ contacts = [] }) =>
    contacts.flatMap(({ secret }, i) => (secret ? [{ path: ['spec', 'contacts', i, 'secret'], secret }] : [])),
  /** Without an owner nobody could give that role to anybody any more. Each of them is told where it is demoted, or that it would go. */
  lacking: (before, after) =>
    ownersIn(after).length > 0
      ? []
      : ownersIn(before).map((owner) => ({
          name: owner.name,
          path: ['spec', 'role'],
          message: `${calledAs(owner)} is the last owner; make somebody else owner first, with \`role: owner\``,
        })),
  losesContacts(person, before, after) {
    if (after === undefined) return [{ person, contact: null }]
    const staying = new Map(after.contacts?.map((one) => [one.name, one.channel]))
    // The same name on another channel is another contact.
    return (before?.contacts ?? []).filter((one) => staying.get(one.name) !== one.channel).map((one) => ({ person, contact: one.name }))
  },
  /** Addresses of contacts are as good as keys: whole for who may change them, and for the person themselves. */
  guarded: { key: 'address', mask: masked, isWholeFor: (caller, name) => caller.permits('address:read', { person: name }) },
}

/**
 * Why no page would reach a person; undefined when one would. A phone on screen counts in the demo and in drills only. The demo's
 * people are reached within it, and `inEarnest` not at all.
 */
export function unreachableBecause(name: string, after: Snapshot, { inEarnest = false } = {}): string | undefined {
  const person = after.get(Person, name)
  if (!person) return undefined
  if (person.origin.kind === 'demo') return inEarnest ? 'belongs to the demo company, whose people are never paged in earnest' : undefined
  const contacts = person.spec.contacts ?? []
  if (contacts.length === 0) return 'has no contact and cannot be paged'
  return contacts.every(({ channel }) => channel === 'screen')
    ? 'has a phone on screen only, which rings nowhere; add another contact'
    : undefined
}

/** Looks at whatever can be read, so that a mistake elsewhere in the person does not hide one here. */
function checkContacts(spec: Record<string, unknown>, { channels, checkUrl }: Vocabulary, wrong: Wrong): void {
  const contacts = spec['contacts']
  if (!Array.isArray(contacts)) return
  for (const [i, contact] of contacts.entries()) {
    const { channel: named, address, secret, settings } = asGroup(contact) ?? {}
    const here = ['spec', 'contacts', i]
    if (typeof named !== 'string') continue
    const channel = channels.find((one) => one.name === named)
    if (!channel) {
      const names = channels.map((one) => one.name)
      wrong([...here, 'channel'], `‹${named}› is not a channel${mendFor(named, names, 'the channels are')}`)
      continue
    }
    if (channel.secret?.required && secret === undefined)
      wrong([...here, 'secret'], `is required for ${named}; write { env: TOCSIN_SECRET_… } or { file: name }. ${channel.secret.hint.en}`)
    if (channel.settings && settings !== undefined) {
      const read = findingsOf(channel.settings.schema, settings, [...here, 'settings'])
      if ('findings' in read) for (const { path, message } of read.findings) wrong(path, message)
      for (const [key, value] of Object.entries(asGroup(settings) ?? {}))
        if (typeof value === 'string' && value.includes('…')) wrong([...here, 'settings', key], maskedSentence(value))
    }
    if (typeof address !== 'string' || address === '') continue
    if (address.includes('…')) {
      wrong([...here, 'address'], maskedSentence(address))
      continue
    }
    const parsed = channel.address.schema.safeParse(address)
    const problem = parsed.success
      ? channel.leadsTo && checkUrl?.(channel.leadsTo(parsed.data, asGroup(settings) ?? {}))
      : parsed.error.issues[0]!.message
    if (problem !== undefined) wrong([...here, 'address'], problem)
  }
}

function maskedSentence(address: string): string {
  return `‹${shorten(address, 80)}› is masked, as in an export by somebody who may not change it; write the whole address`
}

function ownersIn(snapshot: Snapshot) {
  return snapshot.all(Person).filter(({ spec }) => spec.role === 'owner')
}
