import { refuse } from '../../kernel/result.ts'
import type { Handlers } from '../../platform/contract.ts'
import type { Database } from '../../platform/db.ts'
import { Service } from '../catalog/index.ts'
import type { Documents } from '../documents/index.ts'
import type { severityContract } from './contract.ts'
import { allSchemes, schemeFor, schemeNamed } from './find-scheme.ts'
import { propose } from './propose.ts'
import { nextQuestion } from './questions.ts'

export function severityHandlers({ db, documents }: { db: Database; documents: Documents }): Handlers<typeof severityContract> {
  return {
    async listSeveritySchemes() {
      const snapshot = await documents.fresh(db.sql)
      const items = allSchemes(snapshot).map(({ name, version, spec }) => ({ name, version, builtIn: version === 0, spec }))
      return { items, default: schemeFor(snapshot, undefined).name }
    },
    async proposeSeverity({ body }) {
      const snapshot = await documents.fresh(db.sql)
      const service = body.service === undefined ? undefined : snapshot.get(Service, body.service)
      if (body.service !== undefined && !service)
        return refuse('no-such-service', `There is no service ‹${body.service}›. \`tocsin service list\` shows them.`)
      const scheme = body.scheme === undefined ? schemeFor(snapshot, service?.spec) : schemeNamed(snapshot, body.scheme)
      if (!scheme) {
        const all = allSchemes(snapshot).map((one) => one.name)
        return refuse('no-such-scheme', `There is no severity scheme ‹${body.scheme}›; there are ${all.join(', ')}.`)
      }
      const tags = [...new Set([...(body.facts.tags ?? []), ...(service?.spec.tags ?? [])])]
      const facts = { ...body.facts, ...(tags.length > 0 && { tags }) }
      const ask = nextQuestion(scheme.spec, body.facts, body.unknown) ?? null
      return { ...propose(scheme.spec, facts), scheme: scheme.name, ask }
    },
  }
}
