export { ownSpec } from './own.ts'
export {
  displayName,
  durationText,
  type PagingRule,
  Person,
  type PersonContact,
  type PersonRule,
  type PersonSpec,
  rulesOf,
  secretReference,
  timeZoneText,
  type Urgency,
} from './person.ts'
export { personKind, unreachableBecause } from './person-kind.ts'
export { type Checked, checksOf, hardness, type Known, masked, REACHES, type Reaches, reachOf } from './reach.ts'
export { Team, type TeamSpec, teamsOf } from './team.ts'
export { teamKind } from './team-kind.ts'
