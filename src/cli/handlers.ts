import { createToken, listTokens, makeLoginLink, revokeTokens, showMyself } from './commands/access.ts'
import { listAlerts, showAlert } from './commands/alert-list.ts'
import { explainAlert } from './commands/alert-why.ts'
import { callApi } from './commands/api.ts'
import { applyFiles, diffFiles, validateFiles } from './commands/configuration.ts'
import { removeDemo, showDemo } from './commands/demo.ts'
import { examine } from './commands/doctor.ts'
import { exportConfiguration } from './commands/export.ts'
import { acknowledgeIncidents, escalateIncidents, resolveIncidents, updateIncidents } from './commands/incident-acts.ts'
import { createIncident } from './commands/incident-create.ts'
import { listIncidents } from './commands/incident-list.ts'
import { noteIncidents } from './commands/incident-note.ts'
import { showIncident } from './commands/incident-show.ts'
import { watchIncident } from './commands/incident-watch.ts'
import { listIntegrations, listUnparsed, showEvents, showIntegration, testIntegration } from './commands/integrations.ts'
import { listNames } from './commands/names.ts'
import { showOnCall } from './commands/on-call-now.ts'
import { openInBrowser } from './commands/open.ts'
import { createOverride, endOverrides, listOverrides } from './commands/overrides.ts'
import { listPeople, listTeams, showPerson, showTeam } from './commands/people.ts'
import { listPolicies, showPolicy, simulatePolicy } from './commands/policies.ts'
import { addProfile, listProfiles, removeProfile } from './commands/profiles.ts'
import { listSchedules, showGaps, showMine, showNext, showSchedule } from './commands/schedules.ts'
import { serveUntilStopped } from './commands/serve.ts'
import { listServices, showService } from './commands/services.ts'
import { raiseAlert } from './commands/trigger.ts'
import { completionFor, type Shell } from './completion.ts'
import { EXIT, type ExitCode } from './exits.ts'
import type { Session } from './session.ts'
import type { InputOf } from './verbs/verb.ts'
import type { KnownVerb } from './verbs.ts'

type Handlers = { [V in KnownVerb as V['words']]: (session: Session, input: InputOf<V>) => Promise<ExitCode> }

/** What each verb of the table does: one that is missing, or takes something else than the table says, does not compile. */
export const handlers: Handlers = {
  ack: acknowledgeIncidents,
  escalate: escalateIncidents,
  resolve: resolveIncidents,
  note: noteIncidents,
  trigger: raiseAlert,
  'incident list': listIncidents,
  'incident show': showIncident,
  'incident watch': watchIncident,
  'incident create': createIncident,
  'incident update': updateIncidents,
  'alert list': listAlerts,
  'alert show': showAlert,
  'alert why': explainAlert,
  'oncall now': showOnCall,
  'oncall next': showNext,
  'oncall me': showMine,
  'schedule list': listSchedules,
  'schedule show': showSchedule,
  'schedule gaps': showGaps,
  'policy list': listPolicies,
  'policy show': showPolicy,
  'policy simulate': simulatePolicy,
  'service list': listServices,
  'service show': showService,
  'override list': listOverrides,
  'override create': createOverride,
  'override end': endOverrides,
  'person list': listPeople,
  'person show': showPerson,
  'team list': listTeams,
  'team show': showTeam,
  'integration list': listIntegrations,
  'integration show': showIntegration,
  'integration events': showEvents,
  'integration test': testIntegration,
  'unparsed list': listUnparsed,
  validate: validateFiles,
  diff: diffFiles,
  apply: applyFiles,
  export: exportConfiguration,
  whoami: showMyself,
  'login-link': makeLoginLink,
  'token create': createToken,
  'token list': listTokens,
  'token revoke': revokeTokens,
  'profile list': listProfiles,
  'profile add': addProfile,
  'profile remove': removeProfile,
  serve: serveUntilStopped,
  doctor: examine,
  'demo status': showDemo,
  'demo remove': removeDemo,
  open: openInBrowser,
  api: callApi,
  async completion(session, { shell }) {
    session.printRaw(completionFor(shell as Shell))
    return EXIT.ok
  },
  __names: listNames,
}
