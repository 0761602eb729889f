import { createToken, listTokens, makeLoginLink, revokeTokens, showMyself } from './commands/access/access.ts'
import { addProfile, listProfiles, removeProfile } from './commands/access/profiles.ts'
import { listAlerts, showAlert } from './commands/alerts/alert-list.ts'
import { moveAlerts, splitAlerts } from './commands/alerts/alert-move.ts'
import { explainAlert } from './commands/alerts/alert-why.ts'
import { applyFiles, diffFiles, validateFiles } from './commands/configuration/configuration.ts'
import { exportConfiguration } from './commands/configuration/export.ts'
import { changeSecret, listHooks, redeliver, showDeliveries, testHook } from './commands/hooks/hooks.ts'
import { acknowledgeIncidents, escalateIncidents, resolveIncidents, updateIncidents } from './commands/incidents/incident-acts.ts'
import { attachFiles } from './commands/incidents/incident-attach.ts'
import { createIncident } from './commands/incidents/incident-create.ts'
import { exportIncident, verifyBundle } from './commands/incidents/incident-export.ts'
import { importTimeline } from './commands/incidents/incident-import.ts'
import { listIncidents } from './commands/incidents/incident-list.ts'
import { allowMember, makePrivate, makePublic } from './commands/incidents/incident-members.ts'
import { noteIncidents } from './commands/incidents/incident-note.ts'
import { showPlan } from './commands/incidents/incident-plan.ts'
import { sayOfIncident } from './commands/incidents/incident-say.ts'
import { showIncident } from './commands/incidents/incident-show.ts'
import { watchIncident } from './commands/incidents/incident-watch.ts'
import { deleteEntry, editEntry, redactEntry } from './commands/incidents/timeline-entries.ts'
import { showTimeline } from './commands/incidents/timeline-show.ts'
import { raiseAlert } from './commands/incidents/trigger.ts'
import { callApi } from './commands/installation/api.ts'
import { removeDemo, showDemo, startDemo, startOutage } from './commands/installation/demo.ts'
import { examine } from './commands/installation/doctor.ts'
import { listNames } from './commands/installation/names.ts'
import { openInBrowser } from './commands/installation/open.ts'
import { resumePaging } from './commands/installation/resume.ts'
import { serveUntilStopped } from './commands/installation/serve.ts'
import { listIntegrations, listUnparsed, showEvents, showIntegration, testIntegration } from './commands/integrations/integrations.ts'
import { showOnCall } from './commands/on-call/on-call-now.ts'
import { listPolicies, showPolicy, simulatePolicy } from './commands/on-call/policies.ts'
import { listSchedules, showGaps, showMine, showNext, showSchedule } from './commands/on-call/schedules.ts'
import { listServices, showService } from './commands/on-call/services.ts'
import { createOverride, endOverrides, listOverrides } from './commands/overrides/overrides.ts'
import { listChannels } from './commands/people/channels.ts'
import { listPeople, listTeams, showPerson, showTeam } from './commands/people/people.ts'
import { pagePerson, updatePerson } from './commands/people/person-acts.ts'
import { listSchemes, proposeSeverity, showScheme } from './commands/severity/severity.ts'
import { completionFor, type Shell } from './completion.ts'
import { EXIT, type ExitCode } from './exits.ts'
import type { Session } from './session.ts'
import { type SayVerb, sayVerbs } from './verbs/command.ts'
import type { InputOf } from './verbs/verb.ts'
import type { KnownVerb } from './verbs.ts'

/** One handler for all that is said of an incident in a line. */
const saying = Object.fromEntries(
  sayVerbs.map(({ words }) => [
    words,
    (session: Session, input: InputOf<SayVerb>) => sayOfIncident(session, input, words.slice('incident '.length)),
  ]),
) as { [Words in SayVerb['words']]: (session: Session, input: InputOf<SayVerb>) => Promise<ExitCode> }

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
  'incident plan': showPlan,
  'incident watch': watchIncident,
  'incident create': createIncident,
  'incident update': updateIncidents,
  'incident attach': attachFiles,
  'incident private': makePrivate,
  'incident public': makePublic,
  'incident allow': allowMember,
  ...saying,
  'severity list': listSchemes,
  'severity show': showScheme,
  'severity propose': proposeSeverity,
  'incident timeline': showTimeline,
  'incident export': exportIncident,
  'incident verify': verifyBundle,
  'incident import-timeline': importTimeline,
  'entry edit': editEntry,
  'entry delete': deleteEntry,
  'entry redact': redactEntry,
  'alert list': listAlerts,
  'alert show': showAlert,
  'alert why': explainAlert,
  'alert move': moveAlerts,
  'alert split': splitAlerts,
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
  'person update': updatePerson,
  'person page': pagePerson,
  'team list': listTeams,
  'team show': showTeam,
  'channel list': listChannels,
  'integration list': listIntegrations,
  'integration show': showIntegration,
  'integration events': showEvents,
  'integration test': testIntegration,
  'unparsed list': listUnparsed,
  'hook list': listHooks,
  'hook deliveries': showDeliveries,
  'hook redeliver': redeliver,
  'hook test': testHook,
  'hook secret': changeSecret,
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
  resume: resumePaging,
  'demo status': showDemo,
  'demo start': startDemo,
  'demo outage': startOutage,
  'demo remove': removeDemo,
  open: openInBrowser,
  api: callApi,
  async completion(session, { shell }) {
    session.printRaw(completionFor(shell as Shell))
    return EXIT.ok
  },
  __names: listNames,
}
