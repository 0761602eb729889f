import { isRefusal, refuse } from '../../kernel/result.ts'
import type { Handlers } from '../../platform/contract.ts'
import { authorOf, byName, originOf, pageOf, readHistory } from '../documents/index.ts'
import { applyDocuments, type ConfigurationParts, ejectObject, notFound, planDocuments, putObject, removeObject } from './actions.ts'
import type { configurationContract } from './contract.ts'
import { exportText } from './export.ts'
import { kindOfPlural } from './kinds.ts'
import { objectViewOf, versionViewOf, wholeObjectViewOf } from './view.ts'

export function configurationHandlers(parts: ConfigurationParts): Handlers<typeof configurationContract> {
  const { db, documents } = parts
  return {
    async validateConfiguration({ body, now }) {
      const outcome = await planDocuments(parts, now, body.files, { prune: false })
      return isRefusal(outcome)
        ? { valid: false, issues: outcome.issues ?? [], warnings: [] }
        : { valid: true, issues: [], warnings: outcome.warnings }
    },
    diffConfiguration: ({ body, now }) => planDocuments(parts, now, body.files, body),
    async applyConfiguration({ body, caller, now }) {
      const outcome = body.dryRun
        ? await planDocuments(parts, now, body.files, body)
        : await applyDocuments(parts, now, authorOf(caller), body.files, body)
      return isRefusal(outcome) ? outcome : { ...outcome, applied: !body.dryRun }
    },
    async exportConfiguration({ query }) {
      const snapshot = await documents.fresh(db.sql)
      return {
        text: exportText(snapshot, {
          ...(query.kind && { kind: kindOfPlural(query.kind).kind.name }),
          ...(query.name !== undefined && { name: query.name }),
        }),
      }
    },
    async listObjects({ params, query }) {
      const snapshot = await documents.fresh(db.sql)
      const page = pageOf(snapshot.all(kindOfPlural(params.kind).kind).sort(byName), query)
      return isRefusal(page) ? page : { items: page.items.map(objectViewOf), next: page.next }
    },
    async getObject({ params }) {
      const kind = kindOfPlural(params.kind)
      const document = (await documents.fresh(db.sql)).get(kind.kind, params.name)
      return document ? wholeObjectViewOf(document) : notFound(kind, params.name)
    },
    async getObjectHistory({ params, query }) {
      const kind = kindOfPlural(params.kind)
      const before = query.cursor === undefined ? null : /^\d{1,9}$/.test(query.cursor) ? Number(query.cursor) : undefined
      if (before === undefined) return refuse('bad-cursor', 'The cursor is not one of ours; leave it out for the first page.')
      const versions = await readHistory(db.sql, kind.kind.name, params.name, query.limit + 1, before)
      if (versions.length === 0 && before === null) return notFound(kind, params.name)
      const items = versions.slice(0, query.limit)
      return {
        items: items.map((version, i) => versionViewOf(kind, version, versions[i + 1])),
        next: versions.length > query.limit ? String(items.at(-1)!.version) : null,
      }
    },
    async putObject({ params, body, caller, now }) {
      const change = { kind: kindOfPlural(params.kind), name: params.name, ...body }
      const outcome = await putObject(parts, now, authorOf(caller), originOf(caller), change)
      return isRefusal(outcome) ? outcome : { ...wholeObjectViewOf(outcome.document), warnings: outcome.warnings }
    },
    async ejectObject({ params, caller, now }) {
      const outcome = await ejectObject(parts, now, authorOf(caller), originOf(caller), kindOfPlural(params.kind), params.name)
      return isRefusal(outcome) ? outcome : wholeObjectViewOf(outcome)
    },
    async deleteObject({ params, query, caller, now }) {
      const outcome = await removeObject(parts, now, authorOf(caller), originOf(caller), {
        kind: kindOfPlural(params.kind),
        name: params.name,
        eject: query.eject,
      })
      return isRefusal(outcome) ? outcome : { removed: outcome }
    },
  }
}
