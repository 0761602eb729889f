import { queryOptions, useMutation } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { ApiError } from '../../platform/client.ts'
import { api } from '../data/api.ts'
import { useChoices } from '../data/configuration.ts'
import { momentOf } from '../data/incident-view.ts'
import { loadableOf, messageOf, queries, queryClient, useQuery } from '../data/queries.ts'
import { Frame } from '../frame/frame.tsx'
import { ErrorState } from '../parts/error-state.tsx'
import { type Loadable, Loaded } from '../parts/loadable.tsx'
import { SkeletonRows } from '../parts/skeleton.tsx'
import { useToast } from '../parts/toast.tsx'
import { words as stepWords } from '../screens/first-steps/words.ts'
import { AccessSection } from '../screens/settings/access-section.tsx'
import { OverviewButtons, OverviewSection } from '../screens/settings/overview-section.tsx'
import { type OwnSection, ownSections } from '../screens/settings/sections.ts'
import type { Health, Issue, Setup } from '../screens/settings/settings.ts'
import { SettingsScreen } from '../screens/settings/settings-screen.tsx'
import {
  AboutSection,
  DatabaseSection,
  DemoSection,
  MailSection,
  NetworkSection,
  RetentionSection,
} from '../screens/settings/setup-sections.tsx'
import { words } from '../screens/settings/words.ts'
import { YamlSection } from '../screens/settings/yaml-section.tsx'
import { NotFoundScreen } from '../screens/shell/not-found-screen.tsx'

const HooksPage = lazy(() => import('./hooks-section.tsx').then((module) => ({ default: module.HooksPage })))

const settings = {
  setup: queryOptions({ queryKey: ['settings'], queryFn: () => api.getSettings() }),
  health: queryOptions({ queryKey: ['settings', 'health'], queryFn: () => api.getInstallationHealth(), refetchInterval: 30_000 }),
  tokens: queryOptions({ queryKey: ['tokens'], queryFn: () => api.listTokens({ query: { limit: 200 } }) }),
  exported: queryOptions({ queryKey: ['configuration', 'export'], queryFn: () => api.exportConfiguration() }),
}

/** How this installation is set up, and whether it keeps its promise. */
export function SettingsPage() {
  const { section = 'overview' } = useParams({ strict: false }) as { section?: string }
  const own = ownSections.find((one) => one === section)
  return <Frame place="settings">{own === undefined ? <NotFoundScreen /> : <SectionPage key={own} section={own} />}</Frame>
}

function SectionPage({ section }: { section: OwnSection }) {
  switch (section) {
    case 'overview':
      return <OverviewPage />
    case 'access':
      return <AccessPage />
    case 'webhooks':
      return (
        <Suspense fallback={<Waiting />}>
          <HooksPage />
        </Suspense>
      )
    case 'yaml':
      return <YamlPage />
    case 'demo':
      return <DemoPage />
    case 'mail':
      return <SetupPage section={section} about={words.mail.about} draw={(setup) => <MailSection setup={setup} />} />
    case 'network':
      return <SetupPage section={section} about={words.network.about} draw={(setup) => <NetworkSection setup={setup} />} />
    case 'retention':
      return <SetupPage section={section} about={words.retention.about} draw={(setup) => <RetentionSection setup={setup} />} />
    case 'database':
      return <SetupPage section={section} about={words.database.about} draw={(setup) => <DatabaseSection setup={setup} />} />
    case 'about':
      return <SetupPage section={section} draw={(setup) => <AboutSection setup={setup} />} />
  }
}

function SetupPage({ section, about, draw }: { section: OwnSection; about?: string; draw: (setup: Setup) => React.ReactNode }) {
  const setup = useSetup()
  return (
    <SettingsScreen section={section} about={about}>
      <Loaded of={setup} skeleton={<Waiting />}>
        {draw}
      </Loaded>
    </SettingsScreen>
  )
}

function useSetup(): Loadable<Setup> {
  return loadableOf(useQuery(settings.setup), (setup) => setup)
}

function Waiting() {
  return (
    <div className="settings-wide">
      <SkeletonRows rows={6} />
    </div>
  )
}

function OverviewPage() {
  const health = loadableOf(useQuery(settings.health), healthOf)
  const setup = useSetup()
  return (
    <SettingsScreen section="overview" beside={<OverviewButtons health={health} setup={setup} />}>
      <OverviewSection health={health} setup={setup} />
    </SettingsScreen>
  )
}

function healthOf({ loops, backlog, measured, channels, ...rest }: Awaited<ReturnType<typeof api.getInstallationHealth>>): Health {
  return {
    ...rest,
    loops: loops.map((loop) => ({ ...loop, lastSuccessAt: momentOf(loop.lastSuccessAt) })),
    backlog: { bodies: backlog.bodies, oldestAt: momentOf(backlog.oldestAt) },
    measured: { ...measured, days: measured.days.map(({ day, worstMs }) => ({ at: Date.parse(day), worstMs })) },
    channels: channels.map((channel) => ({ ...channel, lastAt: momentOf(channel.lastAt) })),
  }
}

function AccessPage() {
  const me = useQuery(queries.me())
  const isAllowed = me.data?.permissions.includes('admin') === true
  const tokens = useQuery({ ...settings.tokens, enabled: isAllowed })
  const people = useChoices('people')
  const toast = useToast()
  const failed = (error: unknown) => toast({ icon: 'warn', text: words.access.failed(messageOf(error)) })
  const again = () => queryClient.invalidateQueries({ queryKey: settings.tokens.queryKey })
  return (
    <SettingsScreen section="access" about={words.access.about}>
      {me.data ? (
        <AccessSection
          isAllowed={isAllowed}
          tokens={loadableOf(tokens, ({ items }) =>
            items.map(({ id, label, role, person, createdAt, lastUsedAt }) => ({
              ...{ id, label, role },
              person: person ?? undefined,
              createdAt: Date.parse(createdAt),
              lastUsedAt: momentOf(lastUsedAt),
            })),
          )}
          people={people}
          onCreate={async ({ person, ...token }) => {
            try {
              const { secret } = await api.createToken({ body: { ...token, ...(person !== undefined && { person }) } })
              void again()
              return secret
            } catch (error) {
              failed(error)
              return undefined
            }
          }}
          onRevoke={async (id) => {
            try {
              await api.revokeToken({ params: { id } })
              toast({ text: words.access.revoked })
            } catch (error) {
              failed(error)
            }
            await again()
          }}
          onLink={async (person) => {
            try {
              const { url, endsAt } = await api.createLoginLink({ body: { person } })
              return { url, endsAt: Date.parse(endsAt) }
            } catch (error) {
              failed(error)
              return undefined
            }
          }}
        />
      ) : (
        <Waiting />
      )}
    </SettingsScreen>
  )
}

function YamlPage() {
  const me = useQuery(queries.me())
  const exported = useQuery(settings.exported)
  const toast = useToast()
  const filesOf = (text: string) => [{ file: 'pasted.yaml', text }]
  const failed = (error: unknown) => toast({ icon: 'warn', text: words.yaml.notApplied(messageOf(error)) })
  return (
    <SettingsScreen section="yaml" about={words.yaml.about}>
      <Loaded of={useSetup()} skeleton={<Waiting />}>
        {(setup) => (
          <YamlSection
            setup={setup}
            exported={loadableOf(exported, ({ text }) => text)}
            mayApply={me.data?.permissions.includes('config:write') === true}
            onPlan={async (text, prune) => {
              try {
                // Asked first, because mistakes are its answer and not a refusal.
                const { valid, issues } = await api.validateConfiguration({ body: { files: filesOf(text) } })
                return valid ? await api.diffConfiguration({ body: { files: filesOf(text), prune } }) : issues
              } catch (error) {
                if (error instanceof ApiError && error.issues.length > 0) return error.issues as Issue[]
                failed(error)
                return undefined
              }
            }}
            onApply={async (text, prune) => {
              try {
                await api.applyConfiguration({ body: { files: filesOf(text), prune } })
              } catch (error) {
                failed(error)
                return false
              }
              toast({ text: words.yaml.applied })
              // Whatever is shown may be another now.
              await queryClient.invalidateQueries()
              return true
            }}
          />
        )}
      </Loaded>
    </SettingsScreen>
  )
}

function DemoPage() {
  const me = useQuery(queries.me())
  const demo = useQuery(queries.demo())
  const setup = useQuery(settings.setup)
  const toast = useToast()
  const remove = useMutation({
    mutationFn: () => api.removeDemo(),
    onSuccess: async () => {
      toast({ text: words.demo.removed })
      await queryClient.invalidateQueries()
    },
    onError: (error) => toast({ icon: 'warn', text: words.demo.notRemoved(messageOf(error)) }),
  })
  const make = useMutation({
    mutationFn: () => api.startDemo({ body: {} }),
    onSuccess: async ({ company }) => {
      toast({ text: stepWords.demo.started(company) })
      await queryClient.invalidateQueries()
    },
  })
  const failed = [demo, setup].find((one) => one.isError && one.data === undefined)
  return (
    <SettingsScreen section="demo" about={words.demo.about}>
      {demo.data && setup.data ? (
        <DemoSection
          setup={setup.data}
          demo={demo.data}
          busy={remove.isPending || make.isPending}
          onStart={me.data?.permissions.includes('config:write') ? () => make.mutate() : undefined}
          onRemove={me.data?.permissions.includes('config:write') ? () => remove.mutate() : undefined}
        />
      ) : failed ? (
        <ErrorState failure={{ message: messageOf(failed.error), onRetry: () => void failed.refetch() }} />
      ) : (
        <Waiting />
      )}
    </SettingsScreen>
  )
}
