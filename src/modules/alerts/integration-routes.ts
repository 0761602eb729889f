import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Handlers } from '../../platform/contract.ts'
import type { Database } from '../../platform/db.ts'
import { authorOf, byName, type Document, type Documents, lockDocuments, originOf, pageOf, writeDocuments } from '../documents/index.ts'
import type { alertsContract } from './contract.ts'
import { eventViews } from './events.ts'
import type { HourCounts } from './hours.ts'
import { type Hearing, readHearings, readRecentPlaces, stateOf, UNHEARD } from './hours-store.ts'
import type { Inbox } from './inbox.ts'
import { readBodies } from './inbox-store.ts'
import { Integration, type IntegrationSpec } from './integration.ts'
import { newKey, shownKeysOf, withNewKey, withoutKey } from './keys.ts'
import type { AlertSource, SeverityRank } from './source.ts'
import { sendTest } from './test-alert.ts'

export interface IntegrationRouteParts {
  db: Database
  documents: Documents
  inbox: Inbox
  hours: HourCounts
  sources: AlertSource[]
  publicUrl(): string
}

type Names =
  | 'listSources'
  | 'listIntegrations'
  | 'getIntegration'
  | 'listIntegrationEvents'
  | 'testIntegration'
  | 'makeIntegrationKey'
  | 'revokeIntegrationKey'

/** What stands in addresses and snippets for the key, which only its maker has seen. */
const KEY_PLACEHOLDER = 'YOUR-KEY'
export const BODY_SHOWN_MAX = 64 * 1024

export function integrationHandlers(parts: IntegrationRouteParts): Pick<Handlers<typeof alertsContract>, Names> {
  const { db, documents, hours, sources } = parts

  async function find(name: string): Promise<Document<IntegrationSpec> | Refusal<'not-found'>> {
    return (await documents.fresh(db.sql)).get(Integration, name) ?? noIntegration(name)
  }

  /** What this node has counted and not written yet is written first: whoever has just sent something wants to see it. */
  async function hearings(now: Instant): Promise<Map<string, Hearing>> {
    await hours.flush()
    return readHearings(db.sql, now)
  }

  return {
    async listSources() {
      return { items: sources.map(({ name, title }) => ({ name, title })) }
    },
    async listIntegrations({ query, now }) {
      const all = (await documents.fresh(db.sql)).all(Integration).sort(byName)
      const page = pageOf(
        all.filter(({ spec }) => query.service === undefined || spec.service === query.service),
        query,
      )
      if (isRefusal(page)) return page
      const heard = await hearings(now)
      return { items: page.items.map((one) => viewOf(one, sources, heard)), next: page.next }
    },
    async getIntegration({ params, now }) {
      const integration = await find(params.name)
      if (isRefusal(integration)) return integration
      const source = sourceOf(sources, integration.spec)
      const way = { baseUrl: parts.publicUrl(), key: KEY_PLACEHOLDER }
      return {
        ...viewOf(integration, sources, await hearings(now)),
        version: integration.version,
        keys: shownKeysOf(integration.spec),
        address: source.address(way),
        connect: source.connect(way).map(({ name, file, code }) => ({ name, file: file ?? null, code })),
      }
    },
    async listIntegrationEvents({ params, query }) {
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
        ),
        next: places.length > query.limit && last ? `${last.position}.${last.index}` : null,
      }
    },
    async testIntegration({ params, body, caller, now }) {
      const integration = await find(params.name)
      if (isRefusal(integration)) return integration
      const severity = body.severity as SeverityRank
      return sendTest(parts, now, integration, sourceOf(sources, integration.spec), { severity, by: caller.label })
    },
    makeIntegrationKey: ({ params, caller, now }) => {
      const key = newKey()
      return change(params.name, now, caller, (spec) => withNewKey(spec, key)).then((outcome) =>
        isRefusal(outcome) ? outcome : { key, keys: shownKeysOf(outcome) },
      )
    },
    revokeIntegrationKey: ({ params, caller, now }) =>
      change(
        params.name,
        now,
        caller,
        (spec) => withoutKey(spec, params.id) ?? refuse('not-found', `It has no key ${params.id.slice(0, 20)}.`),
      ).then((outcome) => (isRefusal(outcome) ? outcome : { keys: shownKeysOf(outcome) })),
  }

  /** Keys of an integration that a file describes stand in that file. */
  async function change<Name extends string>(
    name: string,
    now: Instant,
    caller: Parameters<typeof authorOf>[0],
    next: (spec: IntegrationSpec) => IntegrationSpec | Refusal<Name>,
  ): Promise<IntegrationSpec | Refusal<Name | 'not-found' | 'from-file'>> {
    const outcome = await db.transaction(async (tx): Promise<IntegrationSpec | Refusal<Name | 'not-found' | 'from-file'>> => {
      await lockDocuments(tx.sql)
      const integration = (await documents.fresh(tx.sql)).get(Integration, name)
      if (!integration) return noIntegration(name)
      const { origin } = integration
      if (origin.kind === 'file')
        return refuse('from-file', `Integration ‹${name}› comes from ${origin.file}, line ${origin.line}. Change its key there.`)
      const spec = next(integration.spec)
      if (isRefusal(spec)) return spec as Refusal<Name>
      await writeDocuments(tx.sql, now, authorOf(caller), [
        // A key more makes nobody of the demo company real.
        { kind: Integration.name, name, spec, origin: origin.kind === 'demo' ? origin : originOf(caller) },
      ])
      return spec
    })
    // Doors look a key up in what this node knows: a revoked one must not open them until something else is changed.
    await documents.fresh(db.sql)
    return outcome
  }
}

function sourceOf(sources: AlertSource[], spec: IntegrationSpec): AlertSource {
  return sources.find(({ name }) => name === spec.source) ?? sources.find(({ name }) => name === 'generic')!
}

function viewOf({ name, spec, origin }: Document<IntegrationSpec>, sources: AlertSource[], heard: Map<string, Hearing>) {
  const { lastAt, events, refused, unparsed, perHour, daysHeardBefore } = heard.get(name) ?? UNHEARD
  return {
    ...{ name, displayName: spec.displayName ?? name, source: spec.source, service: spec.service, origin },
    sourceTitle: sourceOf(sources, spec).title,
    state: stateOf({ lastAt, events, daysHeardBefore }),
    lastEventAt: lastAt === null ? null : iso(lastAt),
    ...{ events, refused, unparsed, perHour },
  }
}

function noIntegration(name: string): Refusal<'not-found'> {
  return refuse('not-found', `There is no integration ‹${name.slice(0, 100)}›.`)
}
