import { refuse } from '../../kernel/result.ts'
import { iso } from '../../kernel/time.ts'
import type { Handlers } from '../../platform/contract.ts'
import type { Database } from '../../platform/db.ts'
import { Integration } from '../alerts/index.ts'
import type { Documents, Snapshot } from '../documents/index.ts'
import { readScreenMessages } from '../paging/index.ts'
import { Person } from '../people/index.ts'
import { readDemo, removeDemo } from './actions.ts'
import { COMPANY, FIRST_INTEGRATION } from './company.ts'
import type { demoContract } from './contract.ts'
import { firstAlert } from './first-alert.ts'
import { drawnPhones } from './phones.ts'

export interface DemoRouteParts {
  db: Database
  documents: Documents
  publicUrl(): string
  /** The key of a demo integration. */
  keyOf(integration: string): string
}

export function demoHandlers({ db, documents, publicUrl, keyOf }: DemoRouteParts): Handlers<typeof demoContract> {
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
    removeDemo: () => removeDemo(db, documents),
    listPhones: async ({ now }) => ({ items: drawnPhones(await documents.fresh(db.sql), now) }),
    async listPhoneMessages({ params, query }) {
      if (!(await documents.fresh(db.sql)).get(Person, params.person))
        return refuse('not-found', `There is nobody called ${params.person.slice(0, 60)}.`)
      const messages = await readScreenMessages(db.sql, params.person, query.after, query.limit)
      return { items: messages.map(({ shownAt, ...message }) => ({ ...message, shownAt: iso(shownAt) })) }
    },
  }
}

/** Whether the demo's own way in is still there. */
export function hasFirstIntegration(snapshot: Snapshot): boolean {
  return snapshot.get(Integration, FIRST_INTEGRATION)?.origin.kind === 'demo'
}
