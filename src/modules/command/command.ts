import type { IncidentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/time.ts'
import { column, namesOf, type RowOf } from '../../platform/columns.ts'
import type { Moments } from '../incidents/index.ts'
import type { SeverityFacts } from '../severity/index.ts'

/** Where an incident was first seen by people, as far as one said so. */
export interface Source {
  via: 'monitor' | 'customer' | 'support' | 'social' | 'engineer' | 'deployment'
  url?: string
}

/** What was hit, as far as it is known. */
export interface Impact {
  services?: string[]
  regions?: string[]
  segments?: string[]
  users?: { count?: number; percent?: number }
  revenueUsd?: number
  tickets?: string[]
  failedRequests?: number
}

/** When the review takes place, or why there is none. */
export type Review = { at: Instant } | { waived: string }

/** Where people meet over it. Without a chat it is the page of the incident, and a bridge to talk. */
export interface WarRoom {
  state: 'off' | 'creating' | 'live' | 'late'
  name: string | null
  url: string | null
  /** An address in which `{number}` is the incident's. */
  bridge?: string
}

const FIXED = {
  incidentId: column<IncidentId>('text'),
  source: column<Source | null>('json'),
  /** In a drill time goes so many times faster; 1 in earnest. */
  pace: column<number>('int'),
}
const CHANGING = {
  facts: column<SeverityFacts | null>('json'),
  cause: column<string | null>('text'),
  resolution: column<string | null>('text'),
  dataLoss: column<'none' | 'some' | 'unknown' | null>('text'),
  impact: column<Impact | null>('json'),
  fields: column<Record<string, string | number | boolean | string[]> | null>('json'),
  /** Those that its row does not hold: what was set by a person, and what acts set. */
  moments: column<Moments>('json'),
  /** When the status last changed, as it happened. */
  statusAt: column<Instant>('moment'),
  /** Since when somebody, or nobody, has it. */
  heldSince: column<Instant>('moment'),
  monitoringUntil: column<Instant | null>('moment'),
  askAt: column<Instant | null>('moment'),
  review: column<Review | null>('json'),
  lastPersonAt: column<Instant>('moment'),
  room: column<WarRoom>('json'),
}
export const COLUMNS = { ...FIXED, ...CHANGING }
export const CHANGED = namesOf(CHANGING)

/** What a person has made of an incident by declaring it. */
export type Command = RowOf<typeof COLUMNS>

/** As it is at first: declared at that moment, and nothing said of it. */
export function newCommand(incidentId: IncidentId, now: Instant, bridge?: string): Command {
  return {
    incidentId,
    source: null,
    pace: 1,
    facts: null,
    cause: null,
    resolution: null,
    dataLoss: null,
    impact: null,
    fields: null,
    moments: {},
    statusAt: now,
    heldSince: now,
    monitoringUntil: null,
    askAt: null,
    review: null,
    lastPersonAt: now,
    room: { state: 'off', name: null, url: null, ...(bridge && { bridge }) },
  }
}
