import { SECOND } from '../../kernel/time.ts'
import type { Database } from '../../platform/db.ts'
import type { Loop } from '../../platform/engine.ts'
import { lapseAcknowledgements } from './page-again.ts'
import type { IncidentParts } from './resolve.ts'

/** Watches acknowledgements that lapse. */
export function acknowledgementLoop(db: Database, parts: IncidentParts): Loop {
  return {
    name: 'acknowledgements',
    restsInPause: true,
    everyMs: 5 * SECOND,
    tick: (now) => db.transaction(async (tx) => lapseAcknowledgements(tx, now, parts, await parts.documents.fresh(tx.sql), 100)),
  }
}
