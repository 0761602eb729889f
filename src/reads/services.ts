import { isRefusal, refuse } from '../kernel/result.ts'
import { Integration } from '../modules/alerts/index.ts'
import type { catalogContract } from '../modules/catalog/contract.ts'
import { OWN_SERVICE, Service, type ServiceSpec } from '../modules/catalog/index.ts'
import { byName, type Document, type Documents, pageOf } from '../modules/documents/index.ts'
import { OWN_POLICY } from '../modules/escalation/index.ts'
import type { Handlers } from '../platform/contract.ts'
import type { Database, Sql } from '../platform/db.ts'

type Listed = Pick<Document<ServiceSpec>, 'name' | 'spec' | 'origin'>

/** Tocsin's own alarms belong to a service nobody writes; it is shown while one is open, and whoever follows a link finds it. */
const OWN: Listed = { name: OWN_SERVICE, spec: { displayName: 'Tocsin itself', policy: OWN_POLICY }, origin: { kind: 'built-in' } }

/** The services with what is open on them. */
export function createReadServices(db: Database, documents: Documents): Handlers<typeof catalogContract> {
  return {
    async listServices({ query }) {
      const snapshot = await documents.fresh(db.sql)
      const open = await readOpen(db.sql)
      const services = [...snapshot.all(Service), ...(open.has(OWN_SERVICE) ? [OWN] : [])]
      const page = pageOf<Listed>(services.filter(({ spec }) => query.team === undefined || spec.team === query.team).sort(byName), query)
      return isRefusal(page) ? page : { items: page.items.map((service) => viewOf(service, open)), next: page.next }
    },
    async getService({ params }) {
      const snapshot = await documents.fresh(db.sql)
      const service = params.name === OWN_SERVICE ? OWN : snapshot.get(Service, params.name)
      if (!service) return refuse('not-found', `There is no service ‹${params.name.slice(0, 100)}›.`)
      const { urgency, grouping, autoResolve, ackTimeout, dependsOn, links } = service.spec
      const neededBy = snapshot.all(Service).filter(({ spec }) => spec.dependsOn?.includes(params.name))
      const integrations = snapshot.all(Integration).filter(({ spec }) => spec.service === params.name)
      return {
        ...viewOf(service, await readOpen(db.sql)),
        urgency: urgency ?? 'by-severity',
        grouping: grouping?.by ?? null,
        autoResolve: autoResolve !== false,
        ackTimeout: ackTimeout ?? null,
        dependsOn: dependsOn ?? [],
        neededBy: neededBy.sort(byName).map(({ name }) => name),
        links: links ?? [],
        integrations: integrations
          .sort(byName)
          .map(({ name, spec }) => ({ name, displayName: spec.displayName ?? name, source: spec.source, keyStart: spec.keyStart ?? null })),
      }
    },
  }
}

function viewOf({ name, spec, origin }: Listed, open: Map<string, OpenRow>) {
  const { displayName, description, team, policy } = spec
  const { count, worst } = open.get(name) ?? { count: 0, worst: null }
  return {
    name,
    displayName: displayName ?? name,
    description: description ?? null,
    team: team ?? null,
    policy: policy ?? null,
    openIncidents: count,
    worstSeverity: worst,
    origin,
  }
}

interface OpenRow {
  count: number
  worst: number | null
}

async function readOpen(sql: Sql): Promise<Map<string, OpenRow>> {
  const rows = await sql<OpenRow & { service: string }>`
    select service, count(*) as count, min(severity) as worst from incidents_incidents where open and service is not null group by service`
  return new Map(rows.map(({ service, count, worst }) => [service, { count, worst }]))
}
