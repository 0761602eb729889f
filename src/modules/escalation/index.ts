export {
  type EscalationParts,
  holdEscalations,
  levelsMoved,
  regrade,
  type Start,
  startEscalations,
  stopEscalations,
} from './actions.ts'
export { firstStep, nextStep, type Standing, type Step } from './decide.ts'
export { escalationLoop, unreachedLoop } from './loop.ts'
export { EscalationPolicy, OWN_POLICY, ownPolicy, type PolicySpec, policyTo, type Target } from './policy.ts'
export { policyKind } from './policy-kind.ts'
export { type SimulatedPage, type SimulatedStep, simulate } from './simulate.ts'
export { rulesOn, type Stage } from './stage.ts'
export { forgetRuns, lockFreeRuns, lockRuns, type Run, readActiveRuns, readCause, readLastRun, readPagedAs, readPurpose } from './store.ts'
export { find, findAnybody } from './targets.ts'
export { teamsPagedBy } from './teams.ts'
