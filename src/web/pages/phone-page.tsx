import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { DAY } from '../../kernel/time.ts'
import { mayAcknowledge } from '../../modules/incidents/may.ts'
import { useActs } from '../data/acts.ts'
import { api, ask } from '../data/api.ts'
import { rowOf } from '../data/incident-view.ts'
import { usePersonLook } from '../data/people.ts'
import { messageOf, queries, queryClient, useQuery } from '../data/queries.ts'
import { words } from '../data/words.ts'
import { Frame } from '../frame/frame.tsx'
import { links } from '../links.ts'
import { Button } from '../parts/button.tsx'
import { decimalText } from '../parts/number-words.ts'
import type { SeverityRank } from '../parts/severity-mark.tsx'
import { useToast } from '../parts/toast.tsx'
import type { PhonePage as PageOnPhone } from '../screens/phone/phone-pages.tsx'
import { PhoneScreen, type PhoneScreenProps } from '../screens/phone/phone-screen.tsx'
import type { WayStep } from '../screens/phone/what-happened.tsx'
import { NotFoundScreen } from '../screens/shell/not-found-screen.tsx'

/** The drawn phone: the first alert rings it, and the way there is told beside it. */
export function PhonePage() {
  const demo = useQuery(queries.demo())
  const phones = useQuery(queries.phones())
  const phone = phones.data?.items.find((one) => one.ringsFirst) ?? phones.data?.items[0]
  const messages = useQuery({ ...queries.phoneMessages(phone?.person ?? ''), enabled: phone !== undefined })
  const open = useQuery(queries.openIncidents())
  const { act } = useActs()
  const look = usePersonLook()
  const toast = useToast()
  const router = useRouter()
  const [reply, setReply] = useState<PhoneScreenProps['reply']>()
  const first = demo.data?.firstAlert
  const send = useMutation({
    mutationFn: async () => {
      const response = await ask(first!.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(first!.body),
      })
      const body = (await response.json()) as Record<string, string>
      setReply({ status: `HTTP/1.1 ${response.status} ${response.statusText}`, body })
    },
    onError: (error) => toast({ icon: 'warn', text: messageOf(error) }),
  })
  const remove = useMutation({
    mutationFn: () => api.removeDemo(),
    onSuccess: async () => {
      toast({ text: words.demo.removed })
      // This page is gone with it.
      await router.navigate({ to: links.now() })
      await queryClient.invalidateQueries()
    },
    onError: (error) => toast({ icon: 'warn', text: words.demo.notRemoved(messageOf(error)) }),
  })
  const pages = (messages.data?.items ?? [])
    .filter(({ shownAt }) => Date.parse(shownAt) > Date.now() - DAY)
    .flatMap(({ id, shownAt, pages: contents }) => contents.map((content) => ({ id: `${id}:${content.page.id}`, shownAt, content })))
  const newest = pages[0]?.content.incident.id
  const why = useWay(newest)
  return (
    <Frame place="now">
      {demo.data && !first && <NotFoundScreen />}
      {first && (
        <PhoneScreen
          command={{ url: first.url, body: first.body, line: first.command }}
          reply={reply}
          way={why}
          pages={pages.map(({ id, shownAt, content }): PageOnPhone => {
            const { incident } = content
            const now = open.data?.items.find((one) => one.id === incident.id)
            const shared = {
              id,
              at: Date.parse(shownAt),
              incidentId: incident.id,
              title: incident.title,
              severity: incident.severity as SeverityRank,
            }
            if (open.data && !now) return { ...shared, state: 'resolved' }
            if (now && mayAcknowledge(now) !== 'yes') return { ...shared, state: 'acknowledged' }
            // Who is paged next is asked for now: what the page itself said of it has long passed.
            return { ...shared, state: 'waiting', service: incident.service ?? undefined, next: now && rowOf(now, look).next }
          })}
          demo={{
            beside: (
              <Button size="small" busy={remove.isPending} onClick={() => remove.mutate()}>
                {words.demo.remove}
              </Button>
            ),
          }}
          busy={send.isPending ? 'send' : undefined}
          onSend={() => send.mutate()}
          onAcknowledge={(id) => act(id, 'acknowledge')}
          onEscalate={(id) => act(id, 'escalate')}
        />
      )}
    </Frame>
  )
}

const ICONS = {
  received: 'webhook',
  deduped: 'inbox',
  grouped: 'stack',
  routed: 'route',
  level: 'bell',
  person: 'user',
  rule: 'list',
  page: 'push',
  stopped: 'check',
} as const

/** From receipt to delivery, with how long after the alert each step came. */
function useWay(incidentId: string | undefined): { steps: WayStep[]; took?: string } {
  const alerts = useQuery({ ...queries.alerts(incidentId ?? ''), enabled: incidentId !== undefined })
  const alert = alerts.data?.items.at(-1)
  const why = useQuery({ ...queries.why(alert?.id ?? ''), enabled: alert !== undefined })
  const look = usePersonLook()
  const steps =
    why.data?.steps.filter(({ step }) => step === 'received' || step === 'routed' || step === 'page' || step === 'stopped') ?? []
  const began = steps[0] ? Date.parse(steps[0].at) : 0
  const told = steps.slice(0, 5).map(
    ({ step, at, data }): WayStep => ({
      after: `${decimalText((Date.parse(at) - began) / 1000, 2)} s`,
      kind: step === 'page' ? 'key' : 'fact',
      icon: ICONS[step],
      title: words.way[step],
      detail: detailOf(step, data, look),
    }),
  )
  return { steps: told }
}

function detailOf(step: string, data: Record<string, unknown>, look: (name: string) => { name: string }): string {
  switch (step) {
    case 'received':
      return words.wayDetail.received(String(data['integration']))
    case 'routed':
      return words.wayDetail.routed(String(data['service']), String(data['policy']))
    case 'page':
      return words.wayDetail.page(look(String(data['person'])).name, String(data['channel']))
    default:
      return words.wayDetail.stopped
  }
}
