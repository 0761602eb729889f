import type { Documents } from '../modules/documents/index.ts'
import { type Channel, reachingOf } from '../modules/paging/index.ts'
import type { Database } from '../platform/db.ts'
import { room } from '../platform/room.ts'
import { createReadAlertCounts } from './alert-counts.ts'
import { createReadEscalation } from './escalation.ts'
import { createReadIncidents } from './incidents.ts'
import { createReadNight } from './night.ts'
import { createReadOnCall } from './on-call.ts'
import { createReadPages } from './pages.ts'
import { createReadPeople } from './people.ts'
import { createReadResponsePlan } from './response-plan.ts'
import { createReadServices } from './services.ts'
import { createReadSimulation } from './simulation.ts'
import { createReadTeams } from './teams.ts'
import { createReadWhy } from './why.ts'

/** Lists and screens that join several rooms. */
export function readsRoom(db: Database, documents: Documents, channels: Pick<Channel, 'name' | 'can'>[]) {
  const reaches = reachingOf(channels)
  return room({
    handlers: {
      ...createReadAlertCounts(db),
      ...createReadIncidents(db, documents),
      ...createReadPeople(db, documents, reaches),
      ...createReadServices(db, documents),
      ...createReadSimulation(db, documents),
      ...createReadTeams(db, documents),
      getAlertWhy: createReadWhy(db, documents),
      getEscalation: createReadEscalation(db, documents),
      getResponsePlan: createReadResponsePlan(db, documents),
      getNight: createReadNight(db, documents),
      getPages: createReadPages(db, documents),
      listOnCall: createReadOnCall(db, documents, reaches),
    },
  })
}
