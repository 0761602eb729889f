import { SECOND } from '../../kernel/time.ts'
import type { Database } from '../../platform/db.ts'
import type { Loop } from '../../platform/engine.ts'
import type { EscalationParts } from '../escalation/index.ts'
import { lapseAcknowledgements } from './actions.ts'

/** Watches acknowledgements that lapse. */
export function acknowledgementLoop(db: Database, parts: EscalationParts): Loop {
  return {
    name: 'acknowledgements',
    everyMs: 5 * SECOND,
    tick: (now) => db.transaction(async (tx) => lapseAcknowledgements(tx, now, parts, await parts.documents.fresh(tx.sql), 100)),
  }
}
