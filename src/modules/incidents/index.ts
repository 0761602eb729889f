export {
  acknowledge,
  acknowledgeAtSource,
  changeIncident,
  endAlarm,
  escalate,
  type IncidentChange,
  type IncidentParts,
  type Joining,
  joinIncidents,
  type NewIncident,
  openIncidents,
  raiseAlarm,
  resolve,
  resolveEnded,
  type Via,
} from './actions.ts'
export { channelAlarmLoop } from './alarms.ts'
export {
  type Incident,
  type IncidentStatus,
  mayAcknowledge,
  mayEscalate,
  numberText,
  parseNumber,
  STATUSES,
  stageOf,
  statusAfter,
} from './incident.ts'
export { type ActionLink, LINK_AFTER_RESOLVE_MS, LINK_MS, type LinkAction, readLink, signLink } from './link.ts'
export { forgetLinkUses, insertLinkUse, readLinkUse } from './link-store.ts'
export { acknowledgementLoop } from './loop.ts'
export { actorOf, findIncident, type IncidentRouteParts, incidentHandlers } from './routes.ts'
export {
  countOpen,
  forgetIncidentRows,
  type IncidentBrief,
  type IncidentFilter,
  lockAffected,
  lockIncidents,
  readDemoIncidentIds,
  readIncident,
  readIncidentBriefs,
  readIncidents,
  readIncidentsByNumber,
} from './store.ts'
export { eventViewOf, isoOrNull, viewOf } from './view.ts'
