import type { IncidentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/time.ts'
import { column, namesOf, type RowOf } from '../../platform/columns.ts'
import type { Stage } from '../escalation/index.ts'
import type { IncidentStatus } from './status.ts'

// Every column of an incident, once, under what writes it: statements, rows and the type below follow.

/** Given to every incident alike. */
const GIVEN = {
  number: column<number>('number'),
}
/** Said when it opens. */
const OPENING = {
  id: column<IncidentId>('text'),
  service: column<string | null>('text'),
  serviceVersion: column<number | null>('int'),
  policy: column<string | null>('text'),
  grouping: column<[label: string, value: string][]>('list'),
  origin: column<'alert' | 'person' | 'drill'>('text'),
  demo: column<boolean>('boolean'),
  autoResolve: column<boolean>('boolean'),
  /** In whose words its level is said, for ever: `default` of those from before there were any. */
  severityScheme: column<string>('text'),
  severitySchemeVersion: column<number>('int'),
  /** How many alerts have ever joined. */
  alerts: column<number>('int'),
}
/** Said when it opens, and changed by acts. */
const OPENING_AND_ACTS = {
  title: column<string>('text'),
  summary: column<string | null>('text'),
  /** A rank, 1 worst, in the scheme it was opened under. */
  severity: column<number>('rank'),
  /** The key of that rank in the scheme; null of those from before there were any. */
  level: column<string | null>('text'),
  urgency: column<'high' | 'low'>('text'),
  kind: column<string>('text'),
  impactStartedAt: column<Instant | null>('moment'),
  /** The number of the incident it is a part of. */
  parent: column<number | null>('number'),
  /** Gone where it came back to find another that is open of its group. */
  groupKey: column<string | null>('text'),
  /** A person made it theirs to work on: it never ends by itself. */
  declaredAt: column<Instant | null>('moment'),
  declaredBy: column<string | null>('text'),
  /** A private one is seen by its members alone. */
  visibility: column<'public' | 'private'>('text'),
}
/** Changed by acts. */
const ACTS = {
  status: column<IncidentStatus>('text'),
  /** Whether somebody has it: detected is never held, acknowledged always. */
  held: column<boolean>('boolean'),
  severityByPerson: column<boolean>('boolean'),
  acknowledgedAt: column<Instant | null>('moment'),
  acknowledgedBy: column<string | null>('text'),
  ackTimeoutAt: column<Instant | null>('moment'),
  resolvedAt: column<Instant | null>('moment'),
  resolvedBy: column<string | null>('text'),
  /** The number of the incident it was merged into. */
  mergedInto: column<number | null>('number'),
  /** Of what is merged into another the first signal counts. */
  detectedAt: column<Instant>('moment'),
}

export const COLUMNS = { ...GIVEN, ...OPENING, ...OPENING_AND_ACTS, ...ACTS }
export const OPENED = namesOf({ ...OPENING, ...OPENING_AND_ACTS })
export const CHANGED = namesOf({ ...OPENING_AND_ACTS, ...ACTS })

/** Something that is wrong and that somebody must see to. */
export type Incident = RowOf<typeof COLUMNS>

/** As people say it: INC-142. */
export function numberText(number: number): string {
  return `INC-${number}`
}

/** The level as people say it. */
export function levelOf({ level, severity }: Pick<Incident, 'level' | 'severity'>): string {
  return level ?? `SEV${severity}`
}

/** `INC-142`, `inc-142` or `142`; undefined when it is none of these. */
export function parseNumber(text: string): number | undefined {
  const found = /^(?:INC-)?(\d{1,15})$/i.exec(text)
  return found ? Number(found[1]) : undefined
}

/** Whom an incident may page, and whether phones on screen count. A drill among demo people stays in the demo. */
export function stageOf({ demo, origin }: Pick<Incident, 'demo' | 'origin'>): Stage {
  return demo ? 'demo' : origin === 'drill' ? 'drill' : 'real'
}
