import { accessContract } from './modules/access/contract.ts'
import { alertsContract } from './modules/alerts/contract.ts'
import { attachmentsContract } from './modules/attachments/contract.ts'
import { catalogContract } from './modules/catalog/contract.ts'
import { commandContract, commandsContract } from './modules/command/contract.ts'
import { configurationContract } from './modules/configuration/contract.ts'
import { demoContract } from './modules/demo/contract.ts'
import { escalationContract } from './modules/escalation/contract.ts'
import { hooksContract } from './modules/hooks/contract.ts'
import { incidentsContract, pauseContract, timelineContract } from './modules/incidents/contract.ts'
import { firstStepsContract, settingsContract } from './modules/installation/contract.ts'
import { intakeContract } from './modules/intake/contract.ts'
import { onCallContract } from './modules/oncall/contract.ts'
import { pagingContract } from './modules/paging/contract.ts'
import { peopleContract } from './modules/people/contract.ts'
import { severityContract } from './modules/severity/contract.ts'

/** The whole HTTP API: one object that validates, documents and types both ends. */
export const contract = {
  ...accessContract,
  ...incidentsContract,
  ...commandContract,
  ...commandsContract,
  ...timelineContract,
  ...pauseContract,
  ...alertsContract,
  ...intakeContract,
  ...onCallContract,
  ...escalationContract,
  ...catalogContract,
  ...peopleContract,
  ...pagingContract,
  ...configurationContract,
  ...hooksContract,
  ...attachmentsContract,
  ...settingsContract,
  ...severityContract,
  ...firstStepsContract,
  ...demoContract,
}
