import { hash } from 'node:crypto'
import type { AlertId, IncidentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/time.ts'
import type { SeverityRank } from './signal.ts'

/** What a monitoring system reports, from its first report to its end. A later episode is another alert. */
export interface Alert {
  id: AlertId
  identity: string
  integration: string
  dedupKey: string
  service: string
  incidentId: IncidentId | null
  /** Somebody put it there: what comes by its key later goes there too, as long as that is open. */
  byHand: boolean
  status: 'open' | 'ended'
  severity: SeverityRank
  title: string
  labels: Record<string, string>
  annotations: Record<string, string>
  links: { href: string; text: string }[]
  warnings: string[]
  /** Reports while open; 0 marks an end that came without a beginning. */
  count: number
  startsAt: Instant | null
  endsAt: Instant | null
  /** The end the source itself reported, as far as it did. */
  sourceEndedAt: Instant | null
  acknowledgedBySource: boolean
  openedAt: Instant
  reportedAt: Instant
  endedAt: Instant | null
  endedBy: 'source' | 'lapsed' | 'person' | 'late' | null
  stillFiringAt: Instant | null
  first: Place
  last: Place
}

/** Where in the inbox a report stands; reports of one identity take effect in this order. */
export interface Place {
  position: number
  index: number
}

export function isAfter(a: Place, b: Place): boolean {
  return a.position > b.position || (a.position === b.position && a.index > b.index)
}

export function samePlace(a: Place, b: Place): boolean {
  return a.position === b.position && a.index === b.index
}

/** Identity is integration and dedup key, as 128 bits in the form of a UUID, which the database compares fastest. */
export function identityOf(integration: string, dedupKey: string): string {
  const hex = hash('sha256', `${integration}\0${dedupKey}`)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

/** The identities that a dedup key has at these integrations. */
export function identitiesOf(integrations: string[], dedupKey: string): string[] {
  return integrations.map((integration) => identityOf(integration, dedupKey))
}
