import { useMutation } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../data/api.ts'
import { catalog } from '../data/catalog-queries.ts'
import { freshKeyOf, keepFreshKey } from '../data/fresh-keys.ts'
import { loadableOf, messageOf, queries, queryClient, useQuery } from '../data/queries.ts'
import { heardOf, keptEventOf, placeOf } from '../data/service-view.ts'
import { Frame } from '../frame/frame.tsx'
import { links } from '../links.ts'
import { Page } from '../parts/page.tsx'
import type { SeverityRank } from '../parts/severity-mark.tsx'
import { SkeletonRows } from '../parts/skeleton.tsx'
import { useToast } from '../parts/toast.tsx'
import { words } from '../product/integrations/words.ts'
import { IntegrationScreen } from '../screens/integrations/integration-screen.tsx'
import { type Preview, TestDialog } from '../screens/integrations/test-dialog.tsx'
import type { SentTest } from '../screens/integrations/test-result.tsx'
import { NotFoundScreen } from '../screens/shell/not-found-screen.tsx'
import { ProblemScreen } from '../screens/shell/problem-screen.tsx'

/** One way in: what came, how senders are pointed at it, and a test that goes the whole way. */
export function IntegrationPage() {
  const { name = '' } = useParams({ strict: false }) as { name?: string }
  return (
    <Frame place="services">
      <FedIntegration key={name} name={name} />
    </Frame>
  )
}

function FedIntegration({ name }: { name: string }) {
  const me = useQuery(queries.me())
  const integration = useQuery(catalog.integration(name))
  const events = useQuery(catalog.events(name))
  const service = useQuery({ ...catalog.service(integration.data?.service ?? ''), enabled: integration.data !== undefined })
  const toast = useToast()
  const [severity, setSeverity] = useState<SeverityRank>(4)
  const [asks, setAsks] = useState(false)
  const policy = service.data?.policy ?? undefined
  const urgency = service.data === undefined || service.data.urgency === 'by-severity' ? undefined : service.data.urgency
  const simulation = useQuery({ ...catalog.simulation(policy ?? '', severity, urgency), enabled: asks && policy !== undefined })

  const test = useMutation({
    meta: { showsFailure: true },
    mutationFn: () => api.testIntegration({ params: { name }, body: { severity } }),
    onSuccess: async () => {
      setAsks(false)
      await queryClient.invalidateQueries({ queryKey: ['integrations'] })
    },
  })
  const sent = useSentTest(test.data)

  const makeKey = useMutation({
    mutationFn: () => api.makeIntegrationKey({ params: { name }, body: {} }),
    onSuccess: async ({ key }) => {
      keepFreshKey(name, key)
      toast({ text: words.newKeyMade })
      await queryClient.invalidateQueries({ queryKey: ['integrations'] })
    },
    onError: (error) => toast({ icon: 'warn', text: words.notDone(messageOf(error)) }),
  })
  const revoke = useMutation({
    mutationFn: (id: string) => api.revokeIntegrationKey({ params: { name, id } }),
    onSuccess: async () => {
      toast({ text: words.revoked })
      await queryClient.invalidateQueries({ queryKey: ['integrations'] })
    },
    onError: (error) => toast({ icon: 'warn', text: words.notDone(messageOf(error)) }),
  })

  if (!integration.data) {
    if (!integration.isError)
      return (
        <Page crumbs={[{ name: words.title, href: links.integrations() }, { name }]}>
          <SkeletonRows rows={8} />
        </Page>
      )
    const isMissing = (integration.error as { status?: number }).status === 404
    return isMissing ? <NotFoundScreen /> : <ProblemScreen onRetry={() => void integration.refetch()} />
  }
  const view = integration.data
  const may = (permission: 'config:write' | 'incident:act') => me.data?.permissions.includes(permission) === true
  const inFile = view.origin.kind === 'file'
  const fresh = freshKeyOf(name)
  const isFresh = fresh?.startsWith(view.keys[0]?.start ?? '-')
  return (
    <>
      <IntegrationScreen
        integration={{
          ...heardOf(view),
          serviceTitle: service.data?.displayName ?? view.service,
          address: view.address,
          connect: view.connect.map(({ name: sender, file, code }) => ({ name: sender, code, ...(file !== null && { file }) })),
          keys: view.keys.map(({ start, ...key }) => ({ ...key, start: start ?? undefined })),
          from: inFile || view.origin.kind === 'demo' ? placeOf(view.origin) : undefined,
          inFile,
        }}
        events={loadableOf(events, ({ items }) => items.map(keptEventOf))}
        freshKey={isFresh ? fresh : undefined}
        test={sent}
        editHref={may('config:write') ? links.editIntegration(name) : undefined}
        busy={makeKey.isPending ? 'key' : revoke.isPending ? 'revoke' : undefined}
        onTest={may('incident:act') ? () => setAsks(true) : undefined}
        onMakeKey={may('config:write') && !inFile ? () => makeKey.mutate() : undefined}
        onRevoke={may('config:write') && !inFile ? (id) => revoke.mutate(id) : undefined}
      />
      <TestDialog
        open={asks}
        sourceTitle={view.sourceTitle}
        severity={severity}
        preview={
          service.data !== undefined && policy === undefined
            ? { state: 'ready', value: {} }
            : loadableOf(simulation, ({ steps }) => ({ steps: previewOf(steps) }))
        }
        mayJoin={(service.data?.openIncidents ?? 0) > 0 && service.data?.grouping !== null}
        busy={test.isPending}
        error={test.isError ? messageOf(test.error) : undefined}
        onPick={setSeverity}
        onSend={() => test.mutate()}
        onClose={() => {
          test.reset()
          setAsks(false)
        }}
      />
    </>
  )
}

type Step = Awaited<ReturnType<typeof api.simulatePolicy>>['steps'][number]

const PREVIEWED = 4

/** The first few who would be paged, each with all contacts that ring at that moment. */
function previewOf(steps: Step[]): NonNullable<Preview['steps']> {
  const rows = new Map<string, NonNullable<Preview['steps']>[number]>()
  for (const step of steps.filter(({ round }) => round === 0))
    for (const page of step.pages) {
      const key = `${page.person} ${page.afterSeconds}`
      const row = rows.get(key) ?? { person: { name: page.displayName }, contacts: [], afterMs: page.afterSeconds * 1000 }
      if (!row.contacts.includes(page.contact)) row.contacts.push(page.contact)
      rows.set(key, row)
    }
  return [...rows.values()].sort((a, b) => a.afterMs - b.afterMs).slice(0, PREVIEWED)
}

type TestReply = Awaited<ReturnType<typeof api.testIntegration>>

/** Follows the alert of a test for as long as the page is open. */
function useSentTest(sent: TestReply | undefined): SentTest | undefined {
  const toast = useToast()
  const alert = sent?.alert ?? undefined
  const incidentId = sent?.incidentId ?? undefined
  const why = useQuery({ ...queries.why(alert ?? ''), enabled: alert !== undefined, refetchInterval: 2000 })
  const incident = useQuery({ ...queries.incident(incidentId ?? ''), enabled: incidentId !== undefined, refetchInterval: 5000 })
  const resolve = useMutation({
    mutationFn: () => api.resolveIncident({ params: { id: incidentId! }, body: {} }),
    onSuccess: async () => {
      toast({ text: words.test.resolved })
      await Promise.all([incident.refetch(), why.refetch()])
    },
    onError: (error) => toast({ icon: 'warn', text: words.test.notResolved(messageOf(error)) }),
  })
  if (!sent) return undefined
  return {
    sentAt: Date.parse(sent.receivedAt),
    alert,
    incident: incident.data && { number: incident.data.number, resolved: incident.data.status === 'resolved' },
    why: loadableOf(why, ({ steps }) => steps.map((step) => ({ ...step, at: Date.parse(step.at) }))),
    resolving: resolve.isPending,
    onResolve: () => resolve.mutate(),
  }
}
