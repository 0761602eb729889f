import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Caller, Handlers, Write, Written } from '../../platform/contract.ts'
import type { Database } from '../../platform/db.ts'
import { notAllowed } from '../../platform/http.ts'
import { BODY_SHOWN_MAX, type SeverityRank } from '../alerts/index.ts'
import { Integration, type IntegrationSpec, Service } from '../catalog/index.ts'
import { authorOf, byName, type Document, type Documents, originOf, pageOf, writeDocuments } from '../documents/index.ts'
import type { intakeContract } from './contract.ts'
import { eventViews } from './events.ts'
import type { HourCounts } from './hours.ts'
import { type Hearing, readHearings, readRecentPlaces, stateOf, UNHEARD } from './hours-store.ts'
import type { Inbox } from './inbox.ts'
import { readBodies, readEntries, readUnparsed } from './inbox-store.ts'
import { newKey, shownKeysOf, withNewKey, withoutKey } from './keys.ts'
import type { Keeping } from './quota.ts'
import type { AlertSource } from './source.ts'
import { becameOf, sendTest } from './test-alert.ts'

export interface IntakeRouteParts {
  db: Database
  documents: Documents
  inbox: Inbox
  hours: HourCounts
  sources: AlertSource[]
  publicUrl(): string
}

/** What stands in addresses and snippets for the key, which only its maker has seen. */
const KEY_PLACEHOLDER = 'YOUR-KEY'

export function intakeHandlers(parts: IntakeRouteParts): Handlers<typeof intakeContract> {
  const { db, documents, hours, sources } = parts

  async function find(name: string): Promise<Document<IntegrationSpec> | Refusal<'not-found'>> {
    return (await documents.fresh(db.sql)).get(Integration, name) ?? noIntegration(name)
  }

  /** What this node has counted and not written yet is written first: whoever has just sent something wants to see it. */
  async function hearings(now: Instant): Promise<Map<string, Hearing>> {
    await hours.flush()
    return readHearings(db.sql, now)
  }

  /** How what comes by it now is kept. */
  const kept = (name: string, now: Instant) => ({
    bodies: hours.day.keeping(name, now),
    newAlerts: hours.alertsOfDay.share(name, now) < 1 ? ('each' as const) : ('gathered' as const),
  })

  return {
    async listSources() {
      return { items: sources.map(({ name, title }) => ({ name, title })) }
    },
    async listUnparsed({ query, caller }) {
      const before = query.cursor ?? null
      const rows = await readUnparsed(db.sql, {
        integration: query.integration ?? null,
        refused: query.refused ?? null,
        before,
        limit: query.limit + 1,
        bytesMax: BODY_SHOWN_MAX,
      })
      const items = rows.slice(0, query.limit)
      const entries = await readEntries(db.sql, items)
      const views = await eventViews(
        db.sql,
        sources,
        items.map((one, i) => ({ ...entries[i], ...one, receipt: entries[i]?.receipt ?? one.id })),
        caller,
      )
      const found = new Map(items.map((one) => [one.id, one]))
      return {
        // What was found wrong when it was worked off counts, not what reading it again would say.
        items: views.map((view) => ({ ...view, problems: found.get(view.id)!.problems, refused: found.get(view.id)!.refused })),
        next: rows.length > query.limit ? items.at(-1)!.id : null,
      }
    },
    async listIntegrations({ query, now }) {
      const all = (await documents.fresh(db.sql)).all(Integration).sort(byName)
      const page = pageOf(
        all.filter(({ spec }) => query.service === undefined || spec.service === query.service),
        query,
      )
      if (isRefusal(page)) return page
      const heard = await hearings(now)
      return { items: page.items.map((one) => viewOf(one, sources, heard, kept(one.name, now))), next: page.next }
    },
    async getIntegration({ params, now }) {
      const integration = await find(params.name)
      if (isRefusal(integration)) return integration
      const source = sourceOf(sources, integration.spec)
      const way = { baseUrl: parts.publicUrl(), key: KEY_PLACEHOLDER }
      return {
        ...viewOf(integration, sources, await hearings(now), kept(integration.name, now)),
        version: integration.version,
        keys: shownKeysOf(integration.spec),
        address: source.address(way),
        connect: source.connect(way).map(({ name, file, code }) => ({ name, file: file ?? null, code })),
      }
    },
    async listIntegrationEvents({ params, query, caller }) {
      const integration = await find(params.name)
      if (isRefusal(integration)) return integration
      const before = query.cursor === undefined ? null : /^(\d{1,15})\.(\d{1,6})$/.exec(query.cursor)
      if (query.cursor !== undefined && before === null)
        return refuse('bad-cursor', 'The cursor is not one of ours; leave it out for the first page.')
      await hours.flush()
      const cursor: [number, number] | null = before === null ? null : [Number(before[1]), Number(before[2])]
      const places = await readRecentPlaces(db.sql, params.name, cursor, query.limit + 1)
      const shown = places.slice(0, query.limit)
      const bodies = await readBodies(db.sql, shown, BODY_SHOWN_MAX)
      const last = shown.at(-1)
      return {
        items: await eventViews(
          db.sql,
          sources,
          bodies.map(({ position, index, entry, body }) => ({ id: `${position}.${index}`, ...entry, body })),
          caller,
        ),
        next: places.length > query.limit && last ? `${last.position}.${last.index}` : null,
      }
    },
    testIntegration: ({ params, body, caller, now }, write) =>
      write(
        async (tx) => {
          const snapshot = await documents.fresh(tx.sql)
          const integration = snapshot.get(Integration, params.name)
          if (!integration) return noIntegration(params.name)
          const team = snapshot.get(Service, integration.spec.service)?.spec.team
          if (!caller.permits('incident:act', { team })) return notAllowed(caller, 'incident:act')
          const severity = body.severity as SeverityRank
          return sendTest(tx, now, parts.inbox, integration, sourceOf(sources, integration.spec), { severity, by: caller.label })
        },
        { look: (sent) => becameOf(db.sql, params.name, sent, caller) },
      ),
    makeIntegrationKey: ({ params, caller, now }, write) =>
      change(write, params.name, now, caller, (spec) => {
        const key = newKey()
        const changed = withNewKey(spec, key)
        return isRefusal(changed) ? changed : { spec: changed, reply: { key, keys: shownKeysOf(changed) } }
      }),
    revokeIntegrationKey: ({ params, caller, now }, write) =>
      change(write, params.name, now, caller, (spec) => {
        const changed = withoutKey(spec, params.id) ?? refuse('not-found', `It has no key ${params.id.slice(0, 20)}.`)
        return isRefusal(changed) ? changed : { spec: changed, reply: { keys: shownKeysOf(changed) } }
      }),
  }

  /** Keys of an integration that a file describes stand in that file. */
  async function change<Reply, Name extends string>(
    write: Write,
    name: string,
    now: Instant,
    caller: Caller,
    next: (spec: IntegrationSpec) => { spec: IntegrationSpec; reply: Reply } | Refusal<Name>,
  ): Promise<Written<Reply | Refusal<Name | 'not-found' | 'from-file'>>> {
    const outcome = await write(async (tx): Promise<Reply | Refusal<Name | 'not-found' | 'from-file'>> => {
      const integration = (await documents.hold(tx)).get(Integration, name)
      if (!integration) return noIntegration(name)
      const { origin } = integration
      if (origin.kind === 'file')
        return refuse('from-file', `Integration ‹${name}› comes from ${origin.file}, line ${origin.line}. Change its key there.`)
      const changed = next(integration.spec)
      if (isRefusal(changed)) return changed as Refusal<Name>
      await writeDocuments(tx.sql, now, authorOf(caller), [
        // A key more makes nobody of the demo company real.
        { kind: Integration.name, name, spec: changed.spec, origin: origin.kind === 'demo' ? origin : originOf(caller) },
      ])
      return changed.reply
    })
    // Doors look a key up in what this node knows: a revoked one must not open them until something else is changed.
    await documents.fresh(db.sql).catch(() => {})
    return outcome
  }
}

function sourceOf(sources: AlertSource[], spec: IntegrationSpec): AlertSource {
  return sources.find(({ name }) => name === spec.source) ?? sources.find(({ name }) => name === 'generic')!
}

function viewOf(
  { name, spec, origin }: Document<IntegrationSpec>,
  sources: AlertSource[],
  heard: Map<string, Hearing>,
  kept: { bodies: Keeping; newAlerts: 'each' | 'gathered' },
) {
  const { lastAt, events, refused, unparsed, perHour, daysHeardBefore } = heard.get(name) ?? UNHEARD
  return {
    ...{ name, displayName: spec.displayName ?? name, source: spec.source, service: spec.service, origin },
    sourceTitle: sourceOf(sources, spec).title,
    state: stateOf({ lastAt, events, daysHeardBefore }),
    lastEventAt: lastAt === null ? null : iso(lastAt),
    ...{ events, refused, unparsed, perHour },
    ...kept,
  }
}

function noIntegration(name: string): Refusal<'not-found'> {
  return refuse('not-found', `There is no integration ‹${name.slice(0, 100)}›.`)
}
