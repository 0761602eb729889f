import { queryOptions } from '@tanstack/react-query'
import type { Choice } from '../parts/combobox.tsx'
import type { KindPlural, VersionLook } from '../product/configuration/document.ts'
import { words } from '../product/configuration/words.ts'
import { api } from './api.ts'
import { usePersonLook } from './people.ts'
import { useQuery } from './queries.ts'

export interface ObjectView<Spec = Record<string, unknown>> {
  kind: string
  name: string
  version: number
  spec: Spec
  origin: VersionLook['origin']
  changedAt: string
  changedBy: string
}

/** Configuration objects as the server has them. Whatever is saved here makes all of them look again. */
export const configuration = {
  key: ['configuration'] as const,
  object: (kind: KindPlural, name: string) =>
    queryOptions({ queryKey: ['configuration', kind, 'object', name], queryFn: () => api.getObject({ params: { kind, name } }) }),
  objects: (kind: KindPlural) =>
    queryOptions({
      queryKey: ['configuration', kind, 'list'],
      queryFn: async () => {
        const items: ObjectView[] = []
        for (let cursor: string | undefined, page = 0; page < 25; page++) {
          const reply = await api.listObjects({ params: { kind }, query: { limit: 200, ...(cursor !== undefined && { cursor }) } })
          items.push(...(reply.items as ObjectView[]))
          if (reply.next === null) break
          cursor = reply.next
        }
        return items
      },
    }),
  history: (kind: KindPlural, name: string, limit: number) =>
    queryOptions({
      queryKey: ['configuration', kind, 'history', name, limit],
      queryFn: () => api.getObjectHistory({ params: { kind, name }, query: { limit } }),
    }),
}

/** Objects of a kind, for fields that name one of them. */
export function useChoices(kind: KindPlural): Choice[] {
  const objects = useQuery(configuration.objects(kind))
  return (objects.data ?? []).map(choiceOf).sort((a, b) => a.name.localeCompare(b.name))
}

function choiceOf({ name, spec }: ObjectView): Choice {
  const displayName = spec['displayName']
  return typeof displayName === 'string' && displayName !== name ? { value: name, name: displayName, detail: name } : { value: name, name }
}

/** Who made a version, as people say it: `person:ada` is Ada, `token:ci` the token. */
export function useAuthorLook(): (actor: string) => string {
  const look = usePersonLook()
  return (actor) => {
    const [kind, name] = [actor.slice(0, Math.max(0, actor.indexOf(':'))), actor.slice(actor.indexOf(':') + 1)]
    if (kind === 'person') return look(name).name
    return actor === 'system' ? words.system : name
  }
}
