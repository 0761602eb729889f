import { type Instant, SECOND } from '../../kernel/time.ts'
import type { Database, Transaction } from '../../platform/db.ts'
import type { Loop } from '../../platform/engine.ts'
import { Integration } from '../catalog/index.ts'
import { holdEscalations } from '../escalation/index.ts'
import { type IncidentParts, lockIncidents, record } from '../incidents/index.ts'
import { endedEntry, endResolved, goOnMoving } from './actions.ts'
import { lockLapsed, lockStillFiring, readUnderWay, updateAlerts } from './store.ts'
import { carryOut, endingsOf, type IncomingReport, idsOf, lockReported, takeIn } from './take-in.ts'

export interface LapseParts extends IncidentParts {
  db: Database
}

/** Ends the alerts of incidents resolved by hand, and those whose last report promised an end that has passed; reopens those that kept firing. */
export function lapseLoop(parts: LapseParts): Loop {
  return {
    name: 'alert-ends',
    everyMs: 2 * SECOND,
    async tick(now) {
      const { ending, moving } = await readUnderWay(parts.db.sql)
      const ended = ending ? await parts.db.transaction(endResolved) : 0
      const moved = moving ? await parts.db.transaction(goOnMoving) : 0
      // One or the other, for both begin with locking alerts.
      return (
        ended + moved + (await parts.db.transaction(async (tx) => (await endLapsed(tx, now, parts)) || reopenStillFiring(tx, now, parts)))
      )
    },
  }
}

async function endLapsed(tx: Transaction, now: Instant, parts: LapseParts): Promise<number> {
  const lapsed = await lockLapsed(tx.sql, now, 500)
  if (lapsed.length === 0) return 0
  await updateAlerts(
    tx.sql,
    lapsed.map((alert) => ({ alert: { ...alert, status: 'ended', endedAt: now, endedBy: 'lapsed' }, latest: true })),
  )
  const placed = lapsed.filter((alert) => alert.incidentId !== null)
  // What is left open in them is counted once nobody else can change it.
  await lockIncidents(tx.sql, [...new Set(placed.map((alert) => alert.incidentId!))])
  const endings = await endingsOf(tx, { ended: placed, acknowledged: [] })
  await holdEscalations(tx, idsOf(endings))
  const after = await carryOut(tx, now, await parts.documents.fresh(tx.sql), endings)
  await record(tx, now, parts, [...placed.map((alert) => endedEntry(now, alert, 'lapsed')), ...after])
  return lapsed.length
}

async function reopenStillFiring(tx: Transaction, now: Instant, parts: LapseParts): Promise<number> {
  const held = await lockStillFiring(tx.sql, now, 500)
  if (held.length === 0) return 0
  // Held alerts are their identity's latest; from here they are reported on as if the source had sent them now.
  await updateAlerts(
    tx.sql,
    held.map((alert) => ({ alert: { ...alert, stillFiringAt: null }, latest: true })),
  )
  const snapshot = await parts.documents.fresh(tx.sql)
  const firing = held.filter((alert) => alert.endsAt === null || alert.endsAt > now)
  if (firing.length === 0) return held.length
  await takeIn(
    tx,
    now,
    parts,
    snapshot,
    firing.map(
      (alert): IncomingReport => ({
        signal: {
          dedupKey: alert.dedupKey,
          action: 'trigger',
          title: alert.title,
          severity: alert.severity,
          labels: alert.labels,
          annotations: alert.annotations,
          links: alert.links,
          warnings: alert.warnings,
          ...(alert.startsAt !== null && { startsAt: alert.startsAt }),
          ...(alert.endsAt !== null && { endsAt: alert.endsAt }),
        },
        place: { position: alert.last.position, index: alert.last.index + 1 },
        receivedAt: now,
        integration: alert.integration,
        service: alert.service,
        demo: snapshot.get(Integration, alert.integration)?.origin.kind === 'demo',
      }),
    ),
    { locked: lockReported(tx, firing, new Set()), gathering: new Set() },
  )
  return held.length
}
