import type { Standings } from '../incidents/index.ts'
import { readRoles } from './around.ts'

/** What is known here of who stands in an incident, for who may see a private one. */
export const standings: Standings = {
  holders: async ({ sql }, incidentId) => (await readRoles(sql, incidentId)).map(({ person }) => person),
  commander: async ({ sql }, incidentId) => (await readRoles(sql, incidentId)).find(({ role }) => role === 'commander')?.person ?? null,
  // Notices beside the timeline are sent from here.
  tell: async () => {},
}
