import { refuse } from '../../kernel/result.ts'
import { SECOND } from '../../kernel/time.ts'
import type { Handlers } from '../../platform/contract.ts'
import type { Database } from '../../platform/db.ts'
import type { Documents } from '../documents/index.ts'
import { Person } from '../people/index.ts'
import { queueTestPage, type SendSlots } from './actions.ts'
import type { pagingContract } from './contract.ts'
import { isTestedSince } from './store.ts'

/** A phone that rings all the time is switched off. */
const BETWEEN_TESTS_MS = 10 * SECOND

export interface PagingRouteParts {
  db: Database
  documents: Documents
  slots: SendSlots
}

export function pagingHandlers({ db, documents, slots }: PagingRouteParts): Handlers<typeof pagingContract> {
  return {
    testContact: ({ params, caller, now }) =>
      db.transaction(async (tx) => {
        const person = (await documents.fresh(tx.sql)).get(Person, params.name)
        if (!person) return refuse('not-found', `There is no person ‹${params.name.slice(0, 100)}›.`)
        if (caller.person !== params.name && !caller.permits('config:write'))
          return refuse('not-yours', 'You may test your own contacts; those of others are tested by who may change the configuration.')
        const contact = person.spec.contacts?.find(({ name }) => name === params.contact)
        if (!contact) return refuse('not-found', `${params.name} has no contact ‹${params.contact.slice(0, 100)}›.`)
        if (await isTestedSince(tx.sql, { person: params.name, contact: contact.name }, now - BETWEEN_TESTS_MS))
          return refuse(
            'just-tested',
            `A test page went to this contact within the last ${BETWEEN_TESTS_MS / SECOND} s; wait for it to ring.`,
          )
        return { page: await queueTestPage(tx, now, slots, { person: params.name, personVersion: person.version, contact }) }
      }),
  }
}
