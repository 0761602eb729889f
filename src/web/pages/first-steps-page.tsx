import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiError } from '../../platform/client.ts'
import { hexOfChance } from '../browser.ts'
import { useActs } from '../data/acts.ts'
import { api } from '../data/api.ts'
import { freshKeyOf, keepFreshKey } from '../data/fresh-keys.ts'
import { usePersonLook } from '../data/people.ts'
import { messageOf, queries, queryClient, useQuery } from '../data/queries.ts'
import { Frame } from '../frame/frame.tsx'
import { links } from '../links.ts'
import { ErrorState } from '../parts/error-state.tsx'
import { decimalText } from '../parts/number-words.ts'
import { Page } from '../parts/page.tsx'
import { SkeletonRows } from '../parts/skeleton.tsx'
import { useToast } from '../parts/toast.tsx'
import { isSame, nameFrom } from '../product/configuration/document.ts'
import { channelName, channelOf, channels } from '../product/on-call/channels.ts'
import { words as peopleWords } from '../product/people/words.ts'
import { FirstStepsScreen } from '../screens/first-steps/first-steps-screen.tsx'
import type { HeardStepProps, WakingChannel } from '../screens/first-steps/steps.tsx'
import { words } from '../screens/first-steps/words.ts'
import { makeIntegration } from './integrations-page.tsx'
import { useTestPage } from './test-page.ts'

type FirstSteps = Awaited<ReturnType<typeof api.getFirstSteps>>

/** The same at an address of its own, also when it has been put away. */
export function StartPage() {
  return (
    <Frame place="now">
      <FirstStepsPage />
    </Frame>
  )
}

/** Five steps, each as the server says it is: also what was done elsewhere, by file or on the command line. */
export function FirstStepsPage({ onNow }: { onNow?: () => void }) {
  const steps = useQuery({ ...queries.firstSteps(), refetchInterval: 2500 })
  if (steps.data) return <Fed steps={steps.data} onNow={onNow} />
  return (
    <Page crumbs={[{ name: words.crumb }]}>
      {steps.isError ? (
        <ErrorState failure={{ message: messageOf(steps.error), onRetry: () => void steps.refetch() }} />
      ) : (
        <SkeletonRows rows={8} />
      )}
    </Page>
  )
}

type Step = 'you' | 'wakes' | 'answers' | 'alert' | 'heard'

function Fed({ steps, onNow }: { steps: FirstSteps; onNow: (() => void) | undefined }) {
  const me = useQuery(queries.me())
  const demo = useQuery(queries.demo())
  const router = useRouter()
  const toast = useToast()
  const look = usePersonLook()
  const { act, busy } = useActs()
  const person = steps.you.person
  const ring = useTestPage(person?.name ?? '')
  const [failed, setFailed] = useState<{ step: Step; message: string }>()
  const [doing, setDoing] = useState<Step>()
  const [chance] = useState(() => hexOfChance(8))
  const mayWrite = me.data?.permissions.includes('config:write') === true
  const { integration } = steps.alert
  const { service } = steps.answers
  const key = integration ? freshKeyOf(integration.name) : undefined
  const failing = steps.wakes.contacts.flatMap(({ contact, state }) => (state === 'failing' ? [contact] : []))
  const way = useWay(steps, (name) => look(name).name)

  /** Does it, says what came of it at its step, and looks again. */
  async function at(step: Step, work: () => Promise<unknown>): Promise<void> {
    setDoing(step)
    setFailed(undefined)
    try {
      await work()
    } catch (error) {
      setFailed({ step, message: words.notDone(error instanceof ApiError && error.issues[0] ? error.issues[0].message : messageOf(error)) })
    }
    await queryClient.invalidateQueries()
    setDoing(undefined)
  }
  const stateOf = (step: Step) => ({ busy: doing === step, error: failed?.step === step ? failed.message : undefined })

  const startDemo = useMutation({
    mutationFn: () => api.startDemo({ body: {} }),
    onSuccess: async ({ company }) => {
      toast({ text: words.demo.started(company) })
      await queryClient.invalidateQueries()
      await router.navigate({ to: links.now() })
    },
  })
  const hide = useMutation({
    mutationFn: () => api.showFirstSteps({ body: { shown: false } }),
    onSuccess: async () => {
      toast({ text: words.hidden })
      await queryClient.invalidateQueries({ queryKey: ['first-steps'] })
      await router.navigate({ to: links.now() })
    },
  })

  return (
    <FirstStepsScreen
      done={steps.done}
      hidden={steps.hidden}
      before={steps.before}
      here={steps.here}
      you={{
        ...stateOf('you'),
        done: steps.you.done,
        person: person && { displayName: person.displayName, role: peopleWords.roles[person.role], isNamed: steps.you.done },
        onName: (displayName) => void at('you', () => changeMe((spec) => ({ ...spec, displayName }))),
      }}
      wakes={{
        ...stateOf('wakes'),
        ...(ring.isError && { error: words.notDone(messageOf(ring.error)) }),
        busy: doing === 'wakes' || ring.isPending,
        done: steps.wakes.done,
        contacts: steps.wakes.contacts,
        channels: steps.wakes.channels.flatMap((name) => wakingChannel(name, chance, person?.email ?? '')),
        lacksMail: channels.some(({ name, needs }) => needs === 'mail' && !steps.wakes.channels.includes(name)),
        onAdd: (contact) =>
          void at('wakes', async () => {
            await changeMe((spec) => withContact(spec, contact, failing))
            ring.mutate(undefined)
          }),
        onRing: () => ring.mutate(undefined),
        profileHref: person ? links.personForm(person.name) : links.profile(),
      }}
      answers={{
        ...stateOf('answers'),
        done: steps.answers.done,
        me: person?.displayName ?? '',
        service: service
          ? {
              title: service.displayName,
              href: links.service(service.name),
              policyHref: service.policy === null ? undefined : links.policy(service.policy),
            }
          : undefined,
        people: steps.answers.people.map(({ displayName }) => displayName),
        onMake:
          steps.wakes.contacts.length > 0 && mayWrite && person
            ? (title) => void at('answers', () => putOnCall(title, person.name))
            : undefined,
      }}
      alert={{
        ...stateOf('alert'),
        done: steps.alert.done,
        command: commandFor(integration?.address ?? `${steps.here.address}/in/YOUR-KEY`, key),
        hasKey: key !== undefined,
        isPlain: integration === null || integration.source === 'generic',
        integration: integration
          ? {
              title: integration.displayName,
              href: links.integration(integration.name),
              lastEventAt: steps.alert.lastEventAt === null ? undefined : Date.parse(steps.alert.lastEventAt),
            }
          : undefined,
        newIntegrationHref: steps.answers.done && !integration && service ? links.newIntegration(service.name) : undefined,
        onSend:
          steps.answers.done && integration
            ? () => void at('alert', () => api.testIntegration({ params: { name: integration.name }, body: { severity: 1 } }))
            : undefined,
        onKey:
          mayWrite && integration
            ? () =>
                void at('alert', async () => {
                  const made = await api.makeIntegrationKey({ params: { name: integration.name }, body: {} })
                  keepFreshKey(integration.name, made.key)
                })
            : undefined,
      }}
      heard={{
        ...way,
        ...stateOf('heard'),
        busy: busy?.act === 'acknowledge',
        done: steps.acknowledged.done,
        onAcknowledge:
          steps.acknowledged.incident?.status === 'detected' ? () => act(steps.acknowledged.incident!.id, 'acknowledge') : undefined,
      }}
      onDemo={mayWrite && demo.data?.present === false ? () => startDemo.mutate() : undefined}
      isMakingDemo={startDemo.isPending}
      onNow={onNow ?? (() => void router.navigate({ to: links.now() }))}
      onHide={mayWrite && !steps.hidden ? () => hide.mutate() : undefined}
    />
  )
}

/** The alert's way so far, each part with how long after it came in. */
function useWay(steps: FirstSteps, nameOf: (name: string) => string): Pick<HeardStepProps, 'way' | 'incident' | 'whyHref'> {
  const incident = steps.acknowledged.incident ?? undefined
  const alerts = useQuery({ ...queries.alerts(incident?.id ?? ''), enabled: incident !== undefined, refetchInterval: 2500 })
  const alert = alerts.data?.items.at(-1)
  const why = useQuery({ ...queries.why(alert?.id ?? ''), enabled: alert !== undefined, refetchInterval: 2500 })
  if (!incident) return { way: {} }
  const told = why.data?.steps ?? []
  const first = (step: string) => told.find((one) => one.step === step)
  const began = Date.parse(first('received')?.at ?? told[0]?.at ?? '')
  const after = (at: string) => `${decimalText(Math.max(0, Date.parse(at) - began) / 1000, 2)} s`
  const part = (step: string, detail?: (data: Record<string, unknown>) => string) => {
    const one = first(step)
    return one && { after: after(one.at), detail: detail?.(one.data) }
  }
  const parts = {
    received: part('received', ({ integration }) => String(integration)),
    routed: part('routed', ({ service }) => String(service)),
    opened: part('grouped', () => incident.name),
    paged: part('page', ({ person, channel }) => `${nameOf(String(person))}, ${String(channel)}`),
    acknowledged:
      incident.acknowledgedAt !== null && !Number.isNaN(began)
        ? {
            after: after(incident.acknowledgedAt),
            detail: incident.acknowledgedBy === null ? undefined : words.heard.by(nameOf(incident.acknowledgedBy)),
          }
        : undefined,
  }
  return {
    way: Object.fromEntries(Object.entries(parts).filter(([, one]) => one !== undefined)) as HeardStepProps['way'],
    incident: { number: incident.name, isOpen: incident.status !== 'resolved' },
    whyHref: alert && links.alert(alert.id),
  }
}

async function changeMe(change: (spec: Record<string, unknown>) => Record<string, unknown>): Promise<void> {
  const { spec, version } = await api.getOwnPerson()
  await api.putOwnPerson({ body: { spec: change(spec), expectedVersion: version } })
}

/** Its address begins with what nobody else has, where whoever knows it can read along. */
function wakingChannel(name: string, chance: string, email: string): WakingChannel[] {
  const channel = channelOf(name)
  if (!channel) return []
  const { icon, title, addressHint, example, can } = channel
  const own = URL.canParse(example) ? `${new URL(example).origin}/tocsin-${chance}` : ''
  const suggested = can.reaches === 'a phone' ? own : can.reaches === 'an inbox' ? email : ''
  return [{ name, icon, title, reaches: can.reaches, addressHint, suggested }]
}

type Contact = { name: string; channel: string; address: string }

/** One more way to be woken, at once for what is urgent; rules that were written stay, with it first. */
function withContact(
  spec: Record<string, unknown>,
  { channel, address }: { channel: string; address: string },
  failing: readonly string[],
): Record<string, unknown> {
  const contacts = (spec['contacts'] ?? []) as Contact[]
  if (contacts.some((one) => one.channel === channel && one.address === address)) return spec
  const stem = nameFrom(channelName(channel)) || channel
  const taken = new Set(contacts.map(({ name }) => name))
  let name = stem
  for (let number = 2; taken.has(name); number++) name = `${stem} ${number}`
  const paging = spec['paging'] as Record<string, { contact: string; after: string }[]> | undefined
  // Another address after one that did not ring takes its place, or every page would try that one first. By a name of
  // its own it can be rung at once.
  const dead = contacts.find((one) => one.channel === channel && failing.includes(one.name))
  if (dead) {
    const mended = (rules: { contact: string; after: string }[]) =>
      rules.map((rule) => (rule.contact === dead.name ? { ...rule, contact: name } : rule))
    return {
      ...spec,
      contacts: contacts.map((one) => (one === dead ? { ...one, name, address } : one)),
      ...(paging && { paging: Object.fromEntries(Object.entries(paging).map(([urgency, rules]) => [urgency, mended(rules)])) }),
    }
  }
  return {
    ...spec,
    contacts: [...contacts, { name, channel, address }],
    ...((paging?.['high'] ?? []).length > 0 && { paging: { ...paging, high: [{ contact: name, after: '0s' }, ...paging!['high']!] } }),
  }
}

/** A service, a policy that leads to one person, and a way in for alerts: what is there of an earlier press is gone on from. */
async function putOnCall(title: string, person: string): Promise<void> {
  const named = nameFrom(title) || 'service'
  // Names that begin with Tocsin's are its own; what people read stays as they wrote it.
  const stem = named.startsWith('tocsin') ? `our-${named}` : named
  const policy = await make('policies', stem, {
    displayName: title,
    levels: [{ after: '0s', notify: [{ person }] }],
    catchAll: { notify: [{ person }] },
  })
  const service = await make('services', stem, { displayName: title, policy })
  const { items } = await api.listIntegrations({ query: { service, limit: 1 } })
  if (items.length > 0) return
  const { name, key } = await makeIntegration({ service, source: 'generic', displayName: title })
  keepFreshKey(name, key)
}

/** Under the first name that is free, or where the same already is. */
async function make(kind: 'policies' | 'services', stem: string, spec: Record<string, unknown>): Promise<string> {
  for (let number = 1; ; number++) {
    const params = { kind, name: number === 1 ? stem : `${stem}-${number}` }
    try {
      await api.putObject({ params, body: { spec, expectedVersion: 0 } })
      return params.name
    } catch (error) {
      if (!(error instanceof ApiError && ['conflict', 'from-file'].includes(error.refusal))) throw error
      if (isSame((await api.getObject({ params })).spec, spec)) return params.name
      if (number === 20) throw error
    }
  }
}

function commandFor(address: string, key: string | undefined): string {
  const url = address.replace('YOUR-KEY', key ?? '••••••')
  return `curl -X POST ${url} \\\n  -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify({ title: words.alert.exampleTitle, severity: 'critical' })}'`
}
