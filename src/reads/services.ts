import { isRefusal, refuse } from '../kernel/result.ts'
import { HOUR, type Instant, iso } from '../kernel/time.ts'
import type { catalogContract } from '../modules/catalog/contract.ts'
import { holdsOf, Integration, OWN_SERVICE, Service, type ServiceSpec } from '../modules/catalog/index.ts'
import { byName, type Document, type Documents, pageOf, type Snapshot } from '../modules/documents/index.ts'
import { EscalationPolicy, find, OWN_POLICY, ownPolicy } from '../modules/escalation/index.ts'
import { incidentsVisibleTo, numberText } from '../modules/incidents/index.ts'
import { type Hearing, readHearings, stateOf, UNHEARD } from '../modules/intake/index.ts'
import { displayName, Person } from '../modules/people/index.ts'
import type { Caller, Handlers } from '../platform/contract.ts'
import type { Database, Sql } from '../platform/db.ts'

type Listed = Pick<Document<ServiceSpec>, 'name' | 'spec' | 'origin'>

/** Tocsin's own alarms belong to a service nobody writes; it is shown while one is open, and whoever follows a link finds it. */
const OWN: Listed = { name: OWN_SERVICE, spec: { displayName: 'Tocsin itself', policy: OWN_POLICY }, origin: { kind: 'built-in' } }

/** The services with what is open on them, whose they are, and who would come. */
export function createReadServices(db: Database, documents: Documents): Handlers<typeof catalogContract> {
  return {
    async listServices({ query, caller, now }) {
      const around = await readAround(db.sql, await documents.fresh(db.sql), now, caller)
      const services = [...around.snapshot.all(Service), ...(around.open.has(OWN_SERVICE) ? [OWN] : [])]
      const page = pageOf<Listed>(services.filter(({ spec }) => query.team === undefined || spec.team === query.team).sort(byName), query)
      return isRefusal(page) ? page : { items: page.items.map((service) => viewOf(service, around)), next: page.next }
    },
    async getService({ params, caller, now }) {
      const snapshot = await documents.fresh(db.sql)
      const service = params.name === OWN_SERVICE ? OWN : snapshot.get(Service, params.name)
      if (!service) return refuse('not-found', `There is no service ‹${params.name.slice(0, 100)}›.`)
      const around = await readAround(db.sql, snapshot, now, caller)
      const { urgency, grouping, autoResolve, ackTimeout, dependsOn, links } = service.spec
      return {
        ...viewOf(service, around),
        urgency: urgency ?? 'by-severity',
        grouping: grouping?.by ?? null,
        holds: holdsOf(service.spec),
        autoResolve: autoResolve !== false,
        ackTimeout: ackTimeout ?? null,
        dependsOn: dependsOn ?? [],
        neededBy: [...(around.neededBy.get(params.name) ?? [])].sort(),
        links: links ?? [],
        integrations: (around.integrations.get(params.name) ?? [])
          .sort(byName)
          .map(({ name, spec }) => ({ name, displayName: spec.displayName ?? name, source: spec.source, keyStart: spec.keyStart ?? null })),
      }
    },
  }
}

/** What is needed to tell how services are, read once for all of them. */
interface Around {
  now: Instant
  snapshot: Snapshot
  open: Map<string, OpenRow>
  lastHour: Map<string, HourRow[]>
  heard: Map<string, Hearing>
  integrations: Map<
    string,
    Document<{ displayName?: string | undefined; source: string; service: string; keyStart?: string | undefined }>[]
  >
  neededBy: Map<string, string[]>
}

async function readAround(sql: Sql, snapshot: Snapshot, now: Instant, caller: Caller): Promise<Around> {
  const lastHour = groupBy(await readLastHour(sql, now, caller), ({ service }) => [service])
  return {
    ...{ now, snapshot, lastHour },
    open: await readOpen(sql, caller),
    heard: await readHearings(sql, now),
    integrations: groupBy(snapshot.all(Integration), ({ spec }) => [spec.service]),
    neededBy: new Map(
      [...groupBy(snapshot.all(Service), ({ spec }) => spec.dependsOn ?? [])].map(([needed, by]) => [needed, by.map(({ name }) => name)]),
    ),
  }
}

function viewOf({ name, spec, origin }: Listed, around: Around) {
  const { displayName, description, team, policy } = spec
  const { count, worst, since, unacknowledged } = around.open.get(name) ?? { count: 0, worst: null, since: null, unacknowledged: 0 }
  const integrations = around.integrations.get(name) ?? []
  const heard = integrations.map((one) => around.heard.get(one.name) ?? UNHEARD)
  const lastEventAt = Math.max(...heard.map(({ lastAt }) => lastAt ?? 0), 0)
  const onCall = onCallOf(around, spec)
  return {
    name,
    displayName: displayName ?? name,
    description: description ?? null,
    team: team ?? null,
    policy: policy ?? null,
    openIncidents: count,
    worstSeverity: worst,
    openSince: since === null ? null : iso(since),
    unacknowledged,
    lastHour: (around.lastHour.get(name) ?? [])
      .slice(0, 20)
      .map(({ number, severity, from, until }) => ({ number, severity, from: iso(from), until: until === null ? null : iso(until) })),
    onCall,
    integrationCount: integrations.length,
    lastEventAt: lastEventAt === 0 ? null : iso(lastEventAt),
    missing: origin.kind === 'built-in' ? [] : missingIn(spec, onCall !== null, heard),
    usedBy: around.neededBy.get(name)?.length ?? 0,
    origin,
  }
}

function missingIn({ policy, team }: ServiceSpec, someone: boolean, heard: Omit<Hearing, 'integration'>[]) {
  return [
    ...(policy === undefined ? (['policy'] as const) : someone ? [] : (['nobody-on-call'] as const)),
    ...(team === undefined ? (['owner'] as const) : []),
    ...(heard.length === 0 ? (['integration'] as const) : []),
    ...(heard.some((one) => stateOf(one) === 'silent') ? (['silent-integration'] as const) : []),
  ]
}

/** The first person whom the levels of the policy lead to now, as the pager would find them. */
function onCallOf({ snapshot, now }: Around, { policy }: ServiceSpec) {
  const document = policy === undefined ? undefined : snapshot.get(EscalationPolicy, policy)
  const spec = policy === OWN_POLICY ? ownPolicy : document?.spec
  if (!spec) return null
  const stage = document?.origin.kind === 'demo' ? 'demo' : 'real'
  const levels = [...spec.levels.map(({ notify }) => ({ notify, catchAll: false })), { notify: spec.catchAll.notify, catchAll: true }]
  for (const { notify, catchAll } of levels) {
    const found = find(snapshot, notify, 'high', stage, now).find((one) => one.absent === undefined && one.person !== undefined)
    if (found?.person === undefined) continue
    const until = found.shift?.until ?? null
    return {
      person: found.person,
      displayName: displayName(found.person, snapshot.get(Person, found.person)?.spec),
      until: until === null ? null : iso(until),
      catchAll,
    }
  }
  return null
}

function groupBy<Item>(items: Item[], keysOf: (item: Item) => string[]): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items)
    for (const key of keysOf(item)) {
      const group = groups.get(key)
      if (group) group.push(item)
      else groups.set(key, [item])
    }
  return groups
}

interface OpenRow {
  count: number
  worst: number | null
  since: Instant | null
  unacknowledged: number
}

async function readOpen(sql: Sql, caller: Caller): Promise<Map<string, OpenRow>> {
  const rows = await sql<OpenRow & { service: string }>`
    select service, count(*) as count, min(severity) as worst, min(detected_at) as since, count(*) filter (where not held) as unacknowledged
    from ${incidentsVisibleTo(caller)} one where open and service is not null group by service`
  return new Map(rows.map(({ service, ...row }) => [service, row]))
}

interface HourRow {
  number: string
  severity: number
  from: Instant
  until: Instant | null
}

/** So many of each: a storm of more is drawn as one bar anyway. */
const LAST_HOUR_MAX = 5000

/** Open ones, and those that ended within the hour. */
async function readLastHour(sql: Sql, now: Instant, caller: Caller): Promise<(HourRow & { service: string })[]> {
  const since = iso(now - HOUR)
  const rows = await sql<{ service: string; number: number; severity: number; detected_at: Instant; resolved_at: Instant | null }>`
    select service, number, severity, detected_at, resolved_at from (
      (select * from ${incidentsVisibleTo(caller)} one where open order by number desc limit ${LAST_HOUR_MAX})
      union all
      (select * from ${incidentsVisibleTo(caller)} one where not open and resolved_at > ${since}::timestamptz order by resolved_at desc limit ${LAST_HOUR_MAX})) i
    where service is not null order by detected_at`
  return rows.map(({ service, number, severity, detected_at, resolved_at }) => ({
    service,
    number: numberText(number),
    severity,
    from: detected_at,
    until: resolved_at,
  }))
}
