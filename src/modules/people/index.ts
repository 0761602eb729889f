export {
  displayName,
  durationText,
  type PagingRule,
  Person,
  type PersonContact,
  type PersonSpec,
  rulesOf,
  secretReference,
  timeZoneText,
  type Urgency,
} from './person.ts'
export { type Checked, checksOf, hardness, masked, reachOf } from './reach.ts'
export { Team, type TeamSpec } from './team.ts'
