export { endAlertsByPerson, moveAlerts } from './actions.ts'
export { type Alert, identitiesOf, identityOf } from './alert.ts'
export { alertsByHand } from './by-hand.ts'
export { alertFilterOf } from './list-filter.ts'
export { alertsRoom } from './room.ts'
export { BODY_SHOWN_MAX } from './routes.ts'
export type { SeverityRank, Signal } from './signal.ts'
export {
  AFTER_ALL,
  type AlertLink,
  alertsLookedAtTo,
  countAlerts,
  forgetAlerts,
  forgetAlertsOf,
  type Move,
  readAlert,
  readAlertsIn,
  readHidden,
  readHiddenOpenings,
  readLatest,
  readLinks,
} from './store.ts'
export { type IncomingReport, lockReported, takeIn } from './take-in.ts'
export { viewsOf } from './view.ts'
