import { HOUR, SECOND } from '../../kernel/time.ts'
import type { Database } from '../../platform/db.ts'
import type { Loop } from '../../platform/engine.ts'
import { Integration } from '../catalog/index.ts'
import { endAlarm, type IncidentParts, raiseAlarm } from '../incidents/index.ts'
import type { HourCounts } from './hours.ts'
import { readRefused } from './hours-store.ts'

/** So many requests of one integration refused within this hour and the one before, and its sender is taken for one that nobody hears. */
const REFUSED_MIN = 5

/**
 * Tocsin's own alarm about its ways in: a known sender that is told no again and again may be the only one who knows that
 * something is wrong. It ends once nothing of that integration was refused within this hour and the one before.
 */
export function refusedAlarmLoop(db: Database, hours: HourCounts, parts: IncidentParts): Loop {
  /** Integrations whose alarm we know of; undefined until those from before a restart are looked at. */
  let known: Set<string> | undefined
  return {
    name: 'refused-alarms',
    everyMs: 15 * SECOND,
    async tick(now) {
      await hours.flush()
      const snapshot = await parts.documents.fresh(db.sql)
      const refused = new Map(
        (await readRefused(db.sql, Math.floor(now / HOUR) * HOUR - HOUR)).map((one) => [one.integration, one.refused]),
      )
      known ??= new Set(
        snapshot
          .all(Integration)
          .map(({ name }) => name)
          .filter((name) => !refused.has(name)),
      )
      for (const name of known)
        if (!refused.has(name)) {
          await db.transaction((tx) => endAlarm(tx, now, `refused:${name}`))
          known.delete(name)
        }
      for (const [name, times] of refused) {
        const integration = snapshot.get(Integration, name)
        if (times < REFUSED_MIN || known.has(name) || !integration || integration.origin.kind === 'demo') continue
        const title = `What ${name} sends is refused again and again: ${times} times within two hours. Unparsed events show each with its reason`
        await db.transaction((tx) => raiseAlarm(tx, now, parts, snapshot, { key: `refused:${name}`, title }))
        known.add(name)
      }
      return 0
    },
  }
}
