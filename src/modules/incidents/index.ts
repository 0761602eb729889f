export { acknowledge, acknowledgeAtSource, give, had, mayBeTaken, type Via } from './acknowledge.ts'
export { changedMeanwhile, changeHeld, changeIncident, type Expected, type IncidentChange } from './change.ts'
export { covered, coverTitle } from './cover.ts'
export { escalate } from './escalate.ts'
export { findIncident, holdIncident } from './find.ts'
export { type Incident, levelOf, numberText, parseNumber, stageOf } from './incident.ts'
export { countJoined, type Joining, joinIncidents } from './joining.ts'
export { ACTS, type Act, afterAct, type Declared, possibleActs } from './lifecycle.ts'
export { type ActionLink, LINK_AFTER_RESOLVE_MS, LINK_MS, type LinkAction, readLink, signLink } from './link.ts'
export { insertLinkUse, readLinkUse } from './link-store.ts'
export { mayAcknowledge, mayEscalate, mayResolve } from './may.ts'
export { type Member, readMembers } from './member-store.ts'
export { letInFor, letInPaged, type Named, type Standings, whoIsMissing } from './members.ts'
export {
  INTERVALS,
  type Interval,
  type IntervalName,
  intervalsOf,
  MOMENTS,
  type MomentName,
  type Moments,
  momentIn,
  setMoment,
} from './moments.ts'
export { addNote } from './note.ts'
export { type NewIncident, openIncidents } from './open.ts'
export { endAlarm, raiseAlarm } from './own-alarm.ts'
export { type PagingAgain, pageAgain } from './page-again.ts'
export { resume } from './pause-routes.ts'
export { type FollowedParts, record } from './record.ts'
export { endHeld, type IncidentParts, resolve, resolveEnded } from './resolve.ts'
export { incidentsRoom } from './room.ts'
export { actorOf } from './routes.ts'
export { type IncidentStatus, isOpen, STATUSES, type Standing, standingAfter, toldStatus } from './status.ts'
export {
  type Affected,
  addAlerts,
  forgetIncidentRows,
  giveGroupsBack,
  type IncidentBrief,
  isGroupOpen,
  keepJoined,
  lockAffected,
  lockIncidents,
  ownGroups,
  readDemoIncidentIds,
  readHeldIncidents,
  readIncident,
  readIncidentBriefs,
  readIncidentsById,
  readIncidentsByNumber,
  readNewestIncidents,
  readOpenIncidents,
  readSubIds,
  takeGroups,
  updateIncidents,
} from './store.ts'
export { eventViewOf, isoOrNull, membersViewOf, viewOf } from './view.ts'
export { hiddenFrom, incidentsVisibleTo, type Onlooker, readHearing, visibleInList, visibleTo } from './visible.ts'
