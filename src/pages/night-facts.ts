import type { Reader } from '../kernel/moment.ts'
import { shorten } from '../kernel/text.ts'
import type { Instant } from '../kernel/time.ts'
import { Service } from '../modules/catalog/index.ts'
import type { Snapshot } from '../modules/documents/index.ts'
import { find } from '../modules/escalation/index.ts'
import type { incidentsContract } from '../modules/incidents/contract.ts'
import { type Incident, type LinkAction, stageOf, toldStatus } from '../modules/incidents/index.ts'
import { displayName, Person, type PersonSpec } from '../modules/people/index.ts'
import type { AlertFact } from '../modules/timeline/index.ts'
import type { ReplyOf } from '../platform/contract.ts'
import type { LinkAlert, LinkAlerts } from './link-reads.ts'
import { type Next, nextOf } from './night-next.ts'

/** Everything the page at night says, found out; how it looks is for `night.ts`. */
export interface NightFacts {
  now: Instant
  number: number
  title: string
  severity: number
  /** The incident it joined, where the page is called after an alert. */
  joined: string | null
  status: ReturnType<typeof toldStatus>
  since: Instant
  /** How far the escalation was when this page was decided. */
  level: number | 'catch-all'
  reader: Reader & { displayName: string }
  impact: string | null
  service: string | null
  where: [string, string][]
  alerts: LinkAlerts
  reference: { kind: 'runbook' | 'link'; text: string; href: string } | null
  next: Next
  /** Who acknowledged or resolved, and when. */
  taken: { by: string; at: Instant } | null
  /** The action this very link was made for. */
  wanted: LinkAction
  /** Addresses of the three actions for this person and page. */
  actions: Record<LinkAction, string>
  policy: string | null
  declared: boolean
  /** Somebody has it. */
  held?: boolean
  /** When this person escalated by this page; a link does so once. */
  escalatedAt: Instant | null
}

export interface NightParts {
  now: Instant
  incident: Incident
  alerts: LinkAlerts
  /** The alert that made it page again, and this page with it. */
  cause: Pick<AlertFact, 'title' | 'severity'> | null
  escalation: ReplyOf<(typeof incidentsContract)['getEscalation']>
  snapshot: Snapshot
  person: { name: string; spec: PersonSpec }
  reader: Reader
  /** 1 for the first. */
  level: number
  wanted: LinkAction
  actions: Record<LinkAction, string>
  escalatedAt: Instant | null
}

export function nightFacts({ now, incident, alerts, cause, escalation, snapshot, person, reader, level, ...rest }: NightParts): NightFacts {
  const service = incident.service === null ? undefined : snapshot.get(Service, incident.service)?.spec
  const newest = alerts.newest[0]
  const nameOf = (name: string) => displayName(name, snapshot.get(Person, name)?.spec)
  // The engine's own word, so that the page promises nobody who will not be reached.
  const isReachable = (name: string) =>
    find(snapshot, [{ person: name }], incident.urgency, stageOf(incident), now).some((found) => found.absent === undefined)
  const { acknowledgedBy, acknowledgedAt, resolvedBy, resolvedAt } = incident
  return {
    ...rest,
    now,
    number: incident.number,
    title: shorten(cause?.title ?? incident.title, 300),
    severity: cause?.severity ?? incident.severity,
    joined: cause && cause.title !== incident.title ? shorten(incident.title, 160) : null,
    status: toldStatus(incident),
    since: incident.detectedAt,
    level: escalation.levels.find((one) => one.level === level)?.catchAll ? 'catch-all' : level,
    reader: { displayName: displayName(person.name, person.spec), ...reader },
    impact: impactOf(cause ? { title: cause.title, summary: null } : incident, newest),
    service: incident.service === null ? null : (service?.displayName ?? incident.service),
    where: newest ? whereOf(newest.labels) : [],
    // Whatever a source writes, the page stays small enough for a bad connection.
    alerts: { ...alerts, newest: alerts.newest.map((alert) => ({ ...alert, title: shorten(alert.title, 160) })) },
    reference: referenceOf(newest, service?.links ?? []),
    next: nextOf(incident, escalation, person.name, isReachable),
    taken:
      resolvedBy !== null && resolvedAt !== null
        ? { by: nameOf(resolvedBy), at: resolvedAt }
        : acknowledgedBy !== null && acknowledgedAt !== null
          ? { by: nameOf(acknowledgedBy), at: acknowledgedAt }
          : null,
    policy: incident.policy,
    declared: incident.declaredAt !== null,
    held: incident.held,
  }
}

/** What it does to people, in the words of whoever wrote the rule; never the title again. */
function impactOf(incident: Pick<Incident, 'title' | 'summary'>, newest: LinkAlert | undefined): string | null {
  const notes = newest?.annotations ?? {}
  const said = [incident.summary, notes['summary'], notes['description'], notes['message'], newest?.title]
  const found = said.map((text) => text?.replace(/\s+/g, ' ').trim()).find((text) => text && text !== incident.title)
  return found ? shorten(found, 300) : null
}

/** Labels that say where, the widest first. */
const PLACES = [
  'cluster',
  'region',
  'zone',
  'environment',
  'env',
  'namespace',
  'host',
  'instance',
  'source',
  'component',
  'pod',
  'job',
  'group',
]

function whereOf(labels: Record<string, string>): [string, string][] {
  return PLACES.filter((label) => labels[label])
    .slice(0, 3)
    .map((label) => [label, shorten(labels[label]!, 60)])
}

/** The one thing to read next: a runbook if there is one. Only addresses a browser opens as pages. */
function referenceOf(newest: LinkAlert | undefined, ofService: { href: string; text: string }[]): NightFacts['reference'] {
  const runbook = newest?.annotations['runbook_url'] ?? newest?.annotations['runbook']
  if (runbook !== undefined && isWeb(runbook)) return { kind: 'runbook', text: shorten(lastPartOf(runbook), 60), href: runbook }
  const link = [...ofService, ...(newest?.links ?? [])].find(({ href }) => isWeb(href))
  return link ? { kind: 'link', text: shorten(link.text || lastPartOf(link.href), 60), href: link.href } : null
}

function isWeb(address: string): boolean {
  return address.length <= 2000 && URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)
}

function lastPartOf(address: string): string {
  const { hostname, pathname } = new URL(address)
  return pathname.split('/').filter(Boolean).at(-1) ?? hostname
}
