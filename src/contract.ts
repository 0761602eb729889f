import { alertsContract } from './modules/alerts/contract.ts'
import { incidentsContract } from './modules/incidents/contract.ts'

/** The whole HTTP API: one object that validates, documents and types both ends. */
export const contract = {
  ...incidentsContract,
  ...alertsContract,
}
