import { type Refusal, refuse } from '../../kernel/result.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Handlers } from '../../platform/contract.ts'
import type { Database, Transaction } from '../../platform/db.ts'
import { Integration } from '../catalog/index.ts'
import type { Documents, Snapshot } from '../documents/index.ts'
import { readIncidentBriefs } from '../incidents/index.ts'
import { isTest, readScreenMessages } from '../paging/index.ts'
import { Person } from '../people/index.ts'
import { namesTaken, REMOVING_DEMO, readDemo, removeDemo, takeOverPast } from './actions.ts'
import { COMPANY, FIRST_INTEGRATION } from './company.ts'
import type { demoContract } from './contract.ts'
import { firstAlert } from './first-alert.ts'
import { startOutage } from './outage.ts'
import { drawnPhones } from './phones.ts'

export interface DemoRouteParts {
  db: Database
  documents: Documents
  publicUrl(): string
  /** The key of a demo integration. */
  keyOf(integration: string): string
  /** Plays the company's past beside what is real, one at a time, and then puts it in place. Undefined where the database does not allow it. */
  /** Begins at once what was asked for. */
  nudge(): void
  withPast<Answer>(now: Instant, put: () => Promise<Answer>): Promise<Answer | undefined>
}

export function demoHandlers({ db, documents, publicUrl, keyOf, withPast, nudge }: DemoRouteParts): Handlers<typeof demoContract> {
  return {
    async getDemo() {
      const { holds, objects, incidentIds, stays } = await db.transaction((tx) => readDemo(tx, documents))
      const takesAlerts = hasFirstIntegration(documents.last())
      return {
        company: COMPANY,
        present: objects.length > 0 || incidentIds.length > 0,
        holds,
        stays,
        firstAlert: takesAlerts ? firstAlert(publicUrl(), keyOf) : null,
      }
    },
    async startDemo({ now }, write) {
      const refusal = async (tx: Transaction) => {
        const { objects, incidentIds } = await readDemo(tx, documents)
        if (objects.length > 0 || incidentIds.length > 0) return refuse('already-there', `${COMPANY} is here already.`)
        const taken = namesTaken(documents.last(), now, keyOf)
        return taken.length > 0 ? namesTakenRefusal(taken) : undefined
      }
      // Asked before some seconds are spent on it, and again under the lock.
      const already = await db.transaction(refusal, { repeatable: true })
      if (already) return write(async () => already)
      const outcome = await withPast(now, () =>
        write(async (tx) => {
          const late = await refusal(tx)
          if (late) return late
          const { taken } = await takeOverPast(tx, now, documents, keyOf)
          if (taken.length > 0) return namesTakenRefusal(taken)
          return { company: COMPANY, holds: (await readDemo(tx, documents)).holds }
        }, REMOVING_DEMO),
      )
      await documents.fresh(db.sql).catch(() => {})
      return outcome ?? write(async () => refuse('not-here', NO_SCHEMA))
    },
    async removeDemo(_, write) {
      const outcome = await write((tx) => removeDemo(tx, documents), REMOVING_DEMO)
      await documents.fresh(db.sql).catch(() => {})
      return outcome
    },
    async startOutage({ body, now }, write) {
      const there = hasFirstIntegration(await documents.fresh(db.sql))
      const begun = await write((tx) => startOutage(tx, now, body.pace, there))
      nudge()
      return begun
    },
    listPhones: async ({ now }) => ({ items: drawnPhones(await documents.fresh(db.sql), now) }),
    async listPhoneMessages({ params, query, caller }) {
      if (!(await documents.fresh(db.sql)).get(Person, params.person))
        return refuse('not-found', `There is nobody called ${params.person.slice(0, 60)}.`)
      const messages = await readScreenMessages(db.sql, params.person, query.after, query.limit)
      const told = [...new Set(messages.flatMap(({ pages }) => pages.map(({ incident }) => incident.id)))]
      const seen = told.length === 0 ? new Map() : await readIncidentBriefs(db.sql, told, caller)
      const shown = messages.map((message) => ({
        ...message,
        pages: message.pages.filter(({ incident: { id } }) => seen.has(id) || isTest({ incidentId: id })),
      }))
      return {
        items: shown.flatMap(({ shownAt, ...message }) => (message.pages.length === 0 ? [] : [{ ...message, shownAt: iso(shownAt) }])),
      }
    },
  }
}

const NO_SCHEMA =
  'The demo’s past is made in a schema of its own, which the role of the database may not create; grant create on database … to it, or start another installation to look around.'

function namesTakenRefusal(taken: { kind: string; name: string }[]): Refusal<'names-taken'> {
  const told = taken.map(({ kind, name }) => `${kind} ‹${name}›`).slice(0, 3)
  return refuse(
    'names-taken',
    `${COMPANY} would take the place of objects that are there: ${told.join(', ')}${taken.length > 3 ? ' and more' : ''}.`,
  )
}

/** Whether the demo's own way in is still there. */
export function hasFirstIntegration(snapshot: Snapshot): boolean {
  return snapshot.get(Integration, FIRST_INTEGRATION)?.origin.kind === 'demo'
}
