import { isRefusal, refuse } from '../kernel/result.ts'
import { type Instant, iso } from '../kernel/time.ts'
import { Service } from '../modules/catalog/index.ts'
import { byName, type Document, type Documents, pageOf, type Snapshot } from '../modules/documents/index.ts'
import { EscalationPolicy } from '../modules/escalation/index.ts'
import { incidentsVisibleTo, isoOrNull, numberText } from '../modules/incidents/index.ts'
import { onCallFor, Schedule } from '../modules/oncall/index.ts'
import type { peopleContract } from '../modules/people/contract.ts'
import { displayName, Person, Team, type TeamSpec } from '../modules/people/index.ts'
import type { Caller, Handlers } from '../platform/contract.ts'
import type { Database, Sql } from '../platform/db.ts'
import { levelsOf } from './pieces/places.ts'

type TeamHandlers = Pick<Handlers<typeof peopleContract>, 'listTeams' | 'getTeam'>

/** Teams with what they own, and what is open on it. */
export function createReadTeams(db: Database, documents: Documents): TeamHandlers {
  return {
    async listTeams({ query, caller }) {
      const snapshot = await documents.fresh(db.sql)
      const open = await readOpen(db.sql, caller)
      const page = pageOf(snapshot.all(Team).sort(byName), query)
      return isRefusal(page) ? page : { items: page.items.map((team) => viewOf(snapshot, team, open)), next: page.next }
    },
    async getTeam({ params, caller, now }) {
      const snapshot = await documents.fresh(db.sql)
      const team = snapshot.get(Team, params.name)
      if (!team) return refuse('not-found', `There is no team ‹${params.name.slice(0, 100)}›.`)
      const services = servicesOf(snapshot, params.name)
      const open = await readOpen(db.sql, caller)
      return {
        ...viewOf(snapshot, team, open),
        owns: {
          services: services.map(({ name, spec }) => ({
            name,
            displayName: spec.displayName ?? name,
            description: spec.description ?? null,
            policy: spec.policy ?? null,
            ...openOn(open, [name]),
          })),
          ...ownedBy(snapshot, team, now),
        },
        incidents: (
          await readIncidents(
            db.sql,
            services.map(({ name }) => name),
            caller,
          )
        ).map(({ number, started_at, acknowledged_by, ...row }) => ({
          ...row,
          number: numberText(number),
          startedAt: iso(started_at),
          acknowledgedBy: acknowledged_by,
        })),
      }
    },
  }
}

function viewOf(snapshot: Snapshot, { name, spec, origin }: Document<TeamSpec>, open: Map<string, Open>) {
  const services = servicesOf(snapshot, name)
  return {
    name,
    displayName: spec.displayName ?? name,
    lead: spec.lead === undefined ? null : named(snapshot, spec.lead),
    members: spec.members.map((member) => named(snapshot, member)),
    services: services.length,
    ...openOn(
      open,
      services.map((service) => service.name),
    ),
    origin,
  }
}

/** Policies its services follow or that page the team, and the schedules these ask or that its members alone keep. */
function ownedBy(snapshot: Snapshot, { name, spec }: Document<TeamSpec>, now: Instant) {
  const followed = new Set(servicesOf(snapshot, name).flatMap((service) => service.spec.policy ?? []))
  const policies = snapshot
    .all(EscalationPolicy)
    .sort(byName)
    .flatMap((policy) => {
      const pagesTeam = levelsOf(policy.spec).some(({ notify }) => notify.some((target) => 'team' in target && target.team === name))
      if (!followed.has(policy.name) && !pagesTeam) return []
      return [{ policy, through: followed.has(policy.name) ? ('service' as const) : ('named' as const) }]
    })
  const asked = new Set(
    policies.flatMap(({ policy, through }) =>
      through === 'named'
        ? []
        : policy.spec.levels.flatMap(({ notify }) => notify.flatMap((target) => ('schedule' in target ? target.schedule : []))),
    ),
  )
  const schedules = snapshot
    .all(Schedule)
    .sort(byName)
    .flatMap((schedule) => {
      const users = schedule.spec.layers.flatMap((layer) => layer.users)
      const isOurs = users.length > 0 && users.every((user) => spec.members.includes(user))
      if (!asked.has(schedule.name) && !isOurs) return []
      const shift = onCallFor(snapshot, schedule.name, now)
      return [
        {
          name: schedule.name,
          displayName: schedule.spec.displayName ?? schedule.name,
          onCall: shift ? named(snapshot, shift.user) : null,
          until: shift ? isoOrNull(shift.until) : null,
          through: asked.has(schedule.name) ? ('policy' as const) : ('members' as const),
        },
      ]
    })
  return {
    policies: policies.map(({ policy, through }) => ({ name: policy.name, displayName: policy.spec.displayName ?? policy.name, through })),
    schedules,
  }
}

function servicesOf(snapshot: Snapshot, team: string) {
  return snapshot
    .all(Service)
    .filter(({ spec }) => spec.team === team)
    .sort(byName)
}

function named(snapshot: Snapshot, name: string) {
  return { name, displayName: displayName(name, snapshot.get(Person, name)?.spec) }
}

interface Open {
  count: number
  worst: number
}

function openOn(open: Map<string, Open>, services: string[]) {
  const found = services.flatMap((service) => open.get(service) ?? [])
  return {
    openIncidents: found.reduce((sum, { count }) => sum + count, 0),
    worstSeverity: found.length === 0 ? null : Math.min(...found.map(({ worst }) => worst)),
  }
}

async function readOpen(sql: Sql, caller: Caller): Promise<Map<string, Open>> {
  const rows = await sql<Open & { service: string }>`
    select service, count(*) as count, min(severity) as worst from ${incidentsVisibleTo(caller)} i where open and service is not null group by service`
  return new Map(rows.map(({ service, count, worst }) => [service, { count, worst }]))
}

async function readIncidents(sql: Sql, services: string[], caller: Caller) {
  return sql<{
    id: string
    number: number
    title: string
    status: 'detected' | 'acknowledged'
    severity: number
    service: string
    started_at: Instant
    acknowledged_by: string | null
  }>`
    select id, number, title, status, severity, service, detected_at as started_at, acknowledged_by from ${incidentsVisibleTo(caller)} i
    where open and service = any(${services}::text[]) order by severity, number desc limit 50`
}
