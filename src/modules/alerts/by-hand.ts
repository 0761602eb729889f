import type { Transaction } from '../../platform/db.ts'
import { Integration } from '../catalog/index.ts'
import type { Snapshot } from '../documents/index.ts'
import type { Onlooker } from '../incidents/index.ts'
import { isAlertId, lockAlerts, placeAlerts, readRemains } from './store.ts'
import { groupedBy } from './take-in.ts'

/** What a person's acts on single alerts ask of this room. */
export const alertsByHand = {
  async hold(tx: Transaction, snapshot: Snapshot, ids: string[], who: Onlooker) {
    const known = await lockAlerts(tx.sql, ids.filter(isAlertId), who)
    return known.map((alert) => {
      const demo = snapshot.get(Integration, alert.integration)?.origin.kind === 'demo'
      const group = { service: alert.service, groupKey: groupedBy(snapshot, alert, demo).key }
      return { ...alert, isOpen: alert.status === 'open', demo, group }
    })
  },
  remains: (tx: Transaction, incidentIds: string[], without: string[]) => readRemains(tx.sql, incidentIds, without),
  place: (tx: Transaction, ids: string[], where: Parameters<typeof placeAlerts>[2]) => placeAlerts(tx.sql, ids, where),
}
