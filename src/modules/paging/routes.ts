import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import { type Instant, SECOND } from '../../kernel/time.ts'
import type { Caller, Handlers } from '../../platform/contract.ts'
import type { Transaction } from '../../platform/db.ts'
import type { Document, Documents } from '../documents/index.ts'
import { displayName, Person, type PersonContact, type PersonSpec, rulesOf } from '../people/index.ts'
import { queueTestPages, type SendSlots } from './actions.ts'
import type { Channel } from './channel.ts'
import type { pagingContract } from './contract.ts'
import { isTestedSince } from './store.ts'
import { toldOf } from './told.ts'

/** A phone that rings all the time is switched off. */
const BETWEEN_TESTS_MS = 10 * SECOND

export interface PagingRouteParts {
  documents: Documents
  channels: Channel[]
  slots: SendSlots
}

export function pagingHandlers({ documents, channels, slots }: PagingRouteParts): Handlers<typeof pagingContract> {
  const told = { items: channels.map(toldOf) }
  return {
    listChannels: async () => told,
    testContact: ({ params, caller, now }, write) =>
      write(async (tx) => {
        const person = await mayPage(tx, caller, params.name)
        if (isRefusal(person)) return person
        const contact = person.spec.contacts?.find(({ name }) => name === params.contact)
        if (!contact) return refuse('not-found', `${params.name} has no contact ‹${params.contact.slice(0, 100)}›.`)
        const early = await tooEarly(tx, now, params.name, [contact])
        if (early) return early
        const [page] = await queueTestPages(tx, now, slots, person, [{ index: 0, contact, afterMs: 0 }])
        return { page: page! }
      }),
    pagePerson: ({ params, body, caller, now }, write) =>
      write(async (tx) => {
        const person = await mayPage(tx, caller, params.name)
        if (isRefusal(person)) return person
        const rules = rulesOf(person.spec, body.urgency)
        if (rules.length === 0) return refuse('no-contact', `${displayName(params.name, person.spec)} has no contact; add one first.`)
        const contacts = rules.map(({ contact }) => contact)
        const early = await tooEarly(tx, now, params.name, contacts)
        if (early) return early
        const pages = await queueTestPages(tx, now, slots, person, rules)
        return {
          pages: rules.map(({ contact, afterMs }, i) => ({
            ...{ page: pages[i]!, contact: contact.name, channel: contact.channel, afterSeconds: afterMs / SECOND },
          })),
        }
      }),
  }

  async function mayPage(
    tx: Transaction,
    caller: Caller,
    name: string,
  ): Promise<Document<PersonSpec> | Refusal<'not-found' | 'not-yours'>> {
    const person = (await documents.fresh(tx.sql)).get(Person, name)
    if (!person) return refuse('not-found', `There is no person ‹${name.slice(0, 100)}›.`)
    if (!caller.permits('config:write', { person: name }))
      return refuse('not-yours', 'You may test your own contacts; those of others are tested by who may change the configuration.')
    return person
  }

  async function tooEarly(
    tx: Transaction,
    now: Instant,
    person: string,
    contacts: PersonContact[],
  ): Promise<Refusal<'just-tested'> | undefined> {
    for (const contact of new Set(contacts.map(({ name }) => name)))
      if (await isTestedSince(tx.sql, { person, contact }, now - BETWEEN_TESTS_MS))
        return refuse(
          'just-tested',
          `A test page went to ${contacts.length === 1 ? 'this contact' : `‹${contact}›`} within the last ${BETWEEN_TESTS_MS / SECOND} s; wait for it to ring.`,
        )
    return undefined
  }
}
