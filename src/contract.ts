import { accessContract } from './modules/access/contract.ts'
import { alertsContract } from './modules/alerts/contract.ts'
import { catalogContract } from './modules/catalog/contract.ts'
import { configurationContract, settingsContract } from './modules/configuration/contract.ts'
import { demoContract } from './modules/demo/contract.ts'
import { escalationContract } from './modules/escalation/contract.ts'
import { incidentsContract } from './modules/incidents/contract.ts'
import { onCallContract } from './modules/oncall/contract.ts'
import { pagingContract } from './modules/paging/contract.ts'
import { peopleContract } from './modules/people/contract.ts'

/** The whole HTTP API: one object that validates, documents and types both ends. */
export const contract = {
  ...accessContract,
  ...incidentsContract,
  ...alertsContract,
  ...onCallContract,
  ...escalationContract,
  ...catalogContract,
  ...peopleContract,
  ...pagingContract,
  ...configurationContract,
  ...settingsContract,
  ...demoContract,
}
