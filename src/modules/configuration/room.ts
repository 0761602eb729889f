import type { Instant } from '../../kernel/time.ts'
import { room } from '../../platform/room.ts'
import type { EscalationParts } from '../escalation/index.ts'
import { endAlarm, raiseAlarm } from '../incidents/index.ts'
import type { ConfigurationParts } from './actions.ts'
import { configurationHandlers } from './routes.ts'
import { applyAtStart, brokenConfigurationTitle, type StartOutcome } from './start-up.ts'

/** Documents, in and out. */
export function configurationRoom(parts: ConfigurationParts & EscalationParts) {
  const { db, documents } = parts
  return room({
    ...parts,
    handlers: configurationHandlers(parts),
    kept: [
      // Written by people who may change the configuration, and named by runs and pages.
      { name: 'versions', tables: ['documents_versions', 'documents_state'], keptMs: null },
    ],
    /**
     * Applies `--config`. Throws a refusal when it is broken and nothing is configured yet; otherwise what was in force
     * stays, and an alarm pages the admins until a later start succeeds.
     */
    async apply(now: Instant, path: string): Promise<StartOutcome> {
      const outcome = await applyAtStart(parts, now, path)
      await db.transaction(async (tx) => {
        if (outcome.kind === 'applied') return endAlarm(tx, now, 'configuration')
        const alarm = { key: 'configuration', title: brokenConfigurationTitle(path, outcome.issues) }
        await raiseAlarm(tx, now, parts, await documents.fresh(tx.sql), alarm)
      })
      return outcome
    },
  })
}
