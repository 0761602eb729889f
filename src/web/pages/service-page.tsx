import { useParams, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import type { api } from '../data/api.ts'
import { catalog } from '../data/catalog-queries.ts'
import { byUrgency, momentOf, rowOf } from '../data/incident-view.ts'
import { usePersonLook } from '../data/people.ts'
import { loadableOf, queries, useQuery } from '../data/queries.ts'
import { heardOf, placeOf, type ServiceView, serviceRowOf } from '../data/service-view.ts'
import { type Beginning, DeclareDialog } from '../frame/declare-dialog.tsx'
import { Frame } from '../frame/frame.tsx'
import { links } from '../links.ts'
import { Page } from '../parts/page.tsx'
import { SkeletonRows } from '../parts/skeleton.tsx'
import { words } from '../product/services/words.ts'
import { type LevelNow, type Neighbour, ServiceScreen } from '../screens/services/service-screen.tsx'
import { NotFoundScreen } from '../screens/shell/not-found-screen.tsx'
import { ProblemScreen } from '../screens/shell/problem-screen.tsx'

/** One service: what is open on it, who comes, what it hangs on, how it is heard. */
export function ServicePage() {
  const { name = '' } = useParams({ strict: false }) as { name?: string }
  return (
    <Frame place="services">
      <FedService key={name} name={name} />
    </Frame>
  )
}

function FedService({ name }: { name: string }) {
  const me = useQuery(queries.me())
  const service = useQuery(catalog.service(name))
  const all = useQuery(catalog.services())
  const open = useQuery(catalog.openOn(name))
  const resolved = useQuery(catalog.resolvedOn(name))
  const hasPolicy = service.data?.policy !== null && service.data?.origin.kind !== 'built-in'
  const onCall = useQuery({ ...catalog.onCallFor(name), enabled: service.data !== undefined && hasPolicy })
  const integrations = useQuery(catalog.integrations(name))
  const look = usePersonLook()
  const [declaring, setDeclaring] = useState<Beginning | undefined>()
  const router = useRouter()
  if (!service.data) {
    if (!service.isError)
      return (
        <Page crumbs={[{ name: words.title, href: links.services() }, { name }]}>
          <SkeletonRows rows={8} />
        </Page>
      )
    const isMissing = (service.error as { status?: number }).status === 404
    return isMissing ? <NotFoundScreen /> : <ProblemScreen onRetry={() => void service.refetch()} />
  }
  const view = service.data
  const known = new Map(all.data?.map((one) => [one.name, one]))
  const may = (permission: 'config:write' | 'incident:declare') => me.data?.permissions.includes(permission) === true
  const isOwn = view.origin.kind === 'built-in'
  return (
    <>
      <ServiceScreen
        service={{
          ...serviceRowOf(view),
          urgency: view.urgency,
          grouping: view.grouping ?? undefined,
          autoResolve: view.autoResolve,
          ackTimeout: view.ackTimeout ?? undefined,
          holds: view.holds,
          links: view.links,
          from: placeOf(view.origin),
        }}
        usedBy={view.neededBy.map((one) => neighbourOf(one, known.get(one)))}
        needs={view.dependsOn.map((one) => neighbourOf(one, known.get(one)))}
        openIncidents={loadableOf(open, ({ items }) => [...items].sort(byUrgency).map((one) => rowOf(one, look)))}
        history={loadableOf(resolved, ({ items }) => items.map((one) => rowOf(one, look)))}
        onCall={loadableOf(onCall, ({ items }) => levelsOf(items))}
        integrations={loadableOf(integrations, (items) => items.map(heardOf))}
        editHref={may('config:write') && !isOwn ? links.editService(name) : undefined}
        addIntegrationHref={may('config:write') && !isOwn ? links.newIntegration(name) : undefined}
        onDeclare={may('incident:declare') && !isOwn ? () => setDeclaring({ title: '', service: name }) : undefined}
      />
      <DeclareDialog begin={declaring} onClose={() => setDeclaring(undefined)} onDeclared={(href) => router.history.push(href)} />
    </>
  )
}

function neighbourOf(name: string, view: ServiceView | undefined): Neighbour {
  if (!view) return { name, title: name, open: 0, unacknowledged: 0 }
  const { title, worst, open, unacknowledged } = serviceRowOf(view)
  return { name, title, worst, open, unacknowledged }
}

type OnCallView = Awaited<ReturnType<typeof api.listOnCall>>['items'][number]

/** Who is found on each level of the policy now, each person once. */
function levelsOf(items: OnCallView[]): LevelNow[] {
  const levels = new Map<number, LevelNow>()
  for (const { level, catchAll, displayName, until } of items) {
    if (level === null) continue
    const one = levels.get(level) ?? { level, catchAll, people: [] }
    if (displayName !== null && !one.people.some(({ person }) => person.name === displayName))
      one.people.push({ person: { name: displayName }, until: momentOf(until) })
    levels.set(level, one)
  }
  return [...levels.values()].sort((a, b) => a.level - b.level)
}
