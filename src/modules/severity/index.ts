export { commandKind } from './command-kind.ts'
export { type CommandSettings, CommandSettingsKind, commandSettingsSpec } from './command-settings.ts'
export { type FactName, type SeverityFacts, severityFacts } from './facts.ts'
export { allSchemes, DEFAULT_SCHEME, gradedByAlert, type SchemeVersion, schemeFor, schemeNamed, schemeOnce } from './find-scheme.ts'
export { PRESETS, type Preset, presets } from './presets.ts'
export { type Proposal, propose } from './propose.ts'
export { nextQuestion, QUESTIONS, type Question } from './questions.ts'
export { severityHandlers } from './routes.ts'
export { schemeKind } from './scheme-kind.ts'
export {
  levelAt,
  RAISED,
  rankOf,
  type SeverityLevel,
  type SeverityScheme,
  SeveritySchemeKind,
  severitySchemeSpec,
} from './severity-scheme.ts'
export { USERS, type Users } from './users.ts'
