import type { KnownVerb } from '../../../cli/verbs.ts'

/** The verbs of the command line that the browser does too, under the names that people know from there. */
export const browserVerbs = [
  'ack',
  'escalate',
  'resolve',
  'note',
  'trigger',
  'incident create',
  'incident show',
  'incident list',
  'alert list',
  'alert why',
  'oncall now',
  'schedule show',
  'policy show',
  'service list',
  'service show',
] as const satisfies readonly KnownVerb['words'][]

export type BrowserVerb = (typeof browserVerbs)[number]
