import { isRefusal, refuse } from '../../kernel/result.ts'
import type { Handlers } from '../../platform/contract.ts'
import { authorOf, byName, originOf, pageOf, readHistory } from '../documents/index.ts'
import { ownSpec, Person } from '../people/index.ts'
import {
  applyDocuments,
  type ConfigurationParts,
  ejectObject,
  notFound,
  planDocuments,
  putObject,
  readChange,
  readFiles,
  removeObject,
} from './actions.ts'
import type { configurationContract } from './contract.ts'
import { exportText } from './export.ts'
import { kindOfPlural } from './kinds.ts'
import { planSeenBy, seenBy } from './seen.ts'
import { objectViewOf, versionViewOf, wholeObjectViewOf } from './view.ts'

const PERSON = kindOfPlural('people')
const ADDRESS_REMARK = '# Addresses of contacts are masked: whoever may change them exports them whole.\n'

export function configurationHandlers(parts: ConfigurationParts): Handlers<typeof configurationContract> {
  const { db, documents } = parts
  return {
    async validateConfiguration({ body, now }) {
      const outcome = await planDocuments(parts, now, body.files, { prune: false, looks: true })
      return isRefusal(outcome)
        ? { valid: false, issues: outcome.issues ?? [], warnings: [] }
        : { valid: true, issues: [], warnings: outcome.warnings }
    },
    async diffConfiguration({ body, caller, now }) {
      const outcome = await planDocuments(parts, now, body.files, body)
      return isRefusal(outcome) ? outcome : planSeenBy(caller, outcome)
    },
    async applyConfiguration({ body, caller, now }, write) {
      if (body.dryRun) {
        const plan = await planDocuments(parts, now, body.files, body)
        return write(async () => (isRefusal(plan) ? plan : { ...plan, applied: false }))
      }
      const read = await readFiles(parts, body.files)
      return write(async (tx) => {
        const plan = await applyDocuments(tx, now, authorOf(caller), documents, read, body)
        return isRefusal(plan) ? plan : { ...plan, applied: true }
      })
    },
    async exportConfiguration({ query, caller }) {
      const snapshot = await documents.fresh(db.sql)
      return {
        text: `${caller.permits('address:read') ? '' : ADDRESS_REMARK}${exportText(
          snapshot,
          {
            ...(query.kind && { kind: kindOfPlural(query.kind).name }),
            ...(query.name !== undefined && { name: query.name }),
          },
          caller,
        )}`,
      }
    },
    async listObjects({ params, query, caller }) {
      const snapshot = await documents.fresh(db.sql)
      const page = pageOf(snapshot.all(kindOfPlural(params.kind)).sort(byName), query)
      return isRefusal(page) ? page : { items: page.items.map((one) => objectViewOf(seenBy(caller, one))), next: page.next }
    },
    async getObject({ params, caller }) {
      const kind = kindOfPlural(params.kind)
      const document = (await documents.fresh(db.sql)).get(kind, params.name)
      return document ? wholeObjectViewOf(seenBy(caller, document)) : notFound(kind, params.name)
    },
    async getObjectHistory({ params, query, caller }) {
      const kind = kindOfPlural(params.kind)
      const before = query.cursor === undefined ? null : /^\d{1,9}$/.test(query.cursor) ? Number(query.cursor) : undefined
      if (before === undefined) return refuse('bad-cursor', 'The cursor is not one of ours; leave it out for the first page.')
      const versions = await readHistory(db.sql, kind.name, params.name, query.limit + 1, before)
      if (versions.length === 0 && before === null) return notFound(kind, params.name)
      const items = versions.slice(0, query.limit)
      return {
        items: items.map((version, i) => versionViewOf(kind, caller, version, versions[i + 1])),
        next: versions.length > query.limit ? String(items.at(-1)!.version) : null,
      }
    },
    async putObject({ params, body, caller, now }, write) {
      const change = { kind: kindOfPlural(params.kind), name: params.name, ...body }
      const read = await readChange(parts, change)
      return write(async (tx) => {
        const outcome = await putObject(tx, documents, now, authorOf(caller), originOf(caller), change, read)
        if (isRefusal(outcome)) return outcome
        const { document, ...told } = outcome
        return { ...wholeObjectViewOf(document), ...told }
      })
    },
    async getOwnPerson({ caller }) {
      const own = (await documents.fresh(db.sql)).get(Person, caller.person!)
      return own ? wholeObjectViewOf(own) : notFound(PERSON, caller.person!)
    },
    async putOwnPerson({ body, caller, now }, write) {
      const own = (await documents.fresh(db.sql)).get(Person, caller.person!)
      if (!own) return write(async () => notFound(PERSON, caller.person!))
      const allowed = ownSpec(own.spec, body.spec, caller)
      if (isRefusal(allowed)) return write(async () => allowed)
      const change = {
        kind: PERSON,
        name: own.name,
        spec: allowed.spec,
        expectedVersion: body.expectedVersion ?? own.version,
        eject: false,
      }
      const read = await readChange(parts, change)
      return write(async (tx) => {
        const outcome = await putObject(tx, documents, now, authorOf(caller), originOf(caller), change, read)
        return isRefusal(outcome) ? outcome : { ...wholeObjectViewOf(outcome.document), warnings: outcome.warnings }
      })
    },
    ejectObject: ({ params, caller, now }, write) =>
      write(async (tx) => {
        const outcome = await ejectObject(tx, documents, now, authorOf(caller), originOf(caller), kindOfPlural(params.kind), params.name)
        return isRefusal(outcome) ? outcome : wholeObjectViewOf(outcome)
      }),
    deleteObject: ({ params, query, caller, now }, write) =>
      write(async (tx) => {
        const object = { kind: kindOfPlural(params.kind), name: params.name, eject: query.eject }
        const outcome = await removeObject(tx, documents, now, authorOf(caller), originOf(caller), object)
        return isRefusal(outcome) ? outcome : { removed: outcome }
      }),
  }
}
