export {
  type EscalationParts,
  levelAfterLast,
  levelsMoved,
  regrade,
  type Start,
  startEscalations,
  stopEscalations,
} from './actions.ts'
export { firstStep, nextStep, type Standing, type Step } from './decide.ts'
export { escalationLoop, unreachedLoop } from './loop.ts'
export { EscalationPolicy, OWN_POLICY, ownPolicy, type PolicySpec, type Target } from './policy.ts'
export { type SimulatedPage, type SimulatedStep, simulate } from './simulate.ts'
export { rulesOn, type Stage } from './stage.ts'
export { forgetRuns, type Run, readActiveRuns, readLastRun } from './store.ts'
export { find, findAnybody } from './targets.ts'
