import * as access from './verbs/access.ts'
import * as alerts from './verbs/alerts.ts'
import { sayVerbs } from './verbs/command.ts'
import * as configuration from './verbs/configuration.ts'
import * as hooks from './verbs/hooks.ts'
import * as incidents from './verbs/incidents.ts'
import * as installation from './verbs/installation.ts'
import * as integrations from './verbs/integrations.ts'
import * as onCall from './verbs/on-call.ts'
import * as overrides from './verbs/overrides.ts'
import * as people from './verbs/people.ts'
import * as severity from './verbs/severity.ts'
import * as timeline from './verbs/timeline.ts'
import type { Verb } from './verbs/verb.ts'

/** Every command, by what it is about, in the order of help and reference. */
export const chapters = [
  { title: 'At night', verbs: [incidents.ack, incidents.escalate, incidents.resolve, timeline.note, incidents.trigger] },
  {
    title: 'Incidents and alerts',
    verbs: [
      incidents.incidentList,
      incidents.incidentShow,
      incidents.incidentPlan,
      incidents.incidentWatch,
      incidents.incidentCreate,
      incidents.incidentUpdate,
      incidents.incidentAttach,
      incidents.incidentPrivate,
      incidents.incidentPublic,
      incidents.incidentAllow,
      alerts.alertList,
      alerts.alertShow,
      alerts.alertWhy,
      alerts.alertMove,
      alerts.alertSplit,
    ],
  },
  { title: 'Working on an incident', verbs: sayVerbs },
  { title: 'How bad it is', verbs: [severity.severityList, severity.severityShow, severity.severityPropose] },
  {
    title: 'What happened',
    verbs: [
      timeline.incidentTimeline,
      timeline.entryEdit,
      timeline.entryDelete,
      timeline.entryRedact,
      timeline.incidentImport,
      timeline.incidentExport,
      timeline.incidentVerify,
    ],
  },
  {
    title: 'Who is on call',
    verbs: [
      onCall.onCallNow,
      onCall.onCallNext,
      onCall.onCallMe,
      onCall.scheduleList,
      onCall.scheduleShow,
      onCall.scheduleGaps,
      overrides.overrideList,
      overrides.overrideCreate,
      overrides.overrideEnd,
      onCall.policyList,
      onCall.policyShow,
      onCall.policySimulate,
    ],
  },
  {
    title: 'Services, people and ways in',
    verbs: [
      onCall.serviceList,
      onCall.serviceShow,
      people.personList,
      people.personShow,
      people.personUpdate,
      people.personPage,
      people.teamList,
      people.teamShow,
      people.channelList,
      integrations.integrationList,
      integrations.integrationShow,
      integrations.integrationEvents,
      integrations.integrationTest,
      integrations.unparsedList,
      hooks.hookList,
      hooks.hookDeliveries,
      hooks.hookRedeliver,
      hooks.hookTest,
      hooks.hookSecret,
    ],
  },
  { title: 'Configuration', verbs: [configuration.validate, configuration.diff, configuration.apply, configuration.exportVerb] },
  {
    title: 'Access',
    verbs: [
      access.whoami,
      access.loginLink,
      access.tokenCreate,
      access.tokenList,
      access.tokenRevoke,
      access.profileList,
      access.profileAdd,
      access.profileRemove,
    ],
  },
  {
    title: 'The installation',
    verbs: [
      installation.serve,
      installation.doctor,
      installation.resume,
      installation.demoStatus,
      installation.demoStart,
      installation.demoOutage,
      installation.demoRemove,
      installation.open,
      installation.api,
      installation.completion,
      installation.names,
    ],
  },
] as const satisfies { title: string; verbs: readonly Verb[] }[]

export type KnownVerb = (typeof chapters)[number]['verbs'][number]

export const verbs: readonly KnownVerb[] = chapters.flatMap((chapter): readonly KnownVerb[] => chapter.verbs)

/** Words that stand in front of others, with what they are about. */
export const nouns: Record<string, string> = {
  incident: 'incidents: what is wrong, and who has it',
  severity: 'severity schemes, and what the facts propose',
  entry: 'entries of a timeline: putting right what was written',
  alert: 'alerts: what monitoring reported, and why it paged whom',
  oncall: 'who is on call',
  schedule: 'schedules: whose turn it is',
  policy: 'escalation policies: who is tried next, and when',
  service: 'services: what can break',
  override: 'overrides: who takes over somebody’s turn',
  person: 'people: who can be paged, and how',
  team: 'teams: who belongs together',
  channel: 'channels: the ways pages go',
  integration: 'integrations: the ways in',
  unparsed: 'what came in and could not be used',
  hook: 'hooks: programs that are told of what happens to incidents',
  token: 'API tokens',
  profile: 'servers you use, with their tokens',
  demo: 'the demo company',
}

/** `--dry-run` for `dryRun`. */
export function flagOf(option: string): string {
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
