import type { Contact, PageContent, Reach, ScreenMessage } from '../../src/modules/paging/index.ts'
import type { Egress } from '../../src/platform/egress/index.ts'

/** 2025-05-12 14:14 UTC, twelve minutes after the incident of `somePage` began. */
export const A_MOMENT = Date.parse('2025-05-12T14:14:00Z')

/** Ada's page about a checkout that is down; `over` changes parts of it. */
export function somePage(over: { [Part in keyof PageContent]?: Partial<PageContent[Part]> } = {}): PageContent {
  return {
    page: {
      id: 'inc_1:1:1:1:ada:1',
      level: 1,
      attempt: 1,
      reason: 'You are on call for payments.',
      possiblyDuplicate: false,
      ...over.page,
    },
    incident: {
      id: 'inc_1',
      number: 'INC-142',
      title: 'Checkout is down',
      severity: 1,
      status: 'detected',
      urgency: 'high',
      service: 'checkout',
      url: 'https://tocsin.example.org/incidents/INC-142',
      startedAt: '2025-05-12T14:02:00.000Z',
      ...over.incident,
    },
    person: { name: 'ada', displayName: 'Ada Lovelace', language: 'en', timeZone: 'Europe/Berlin', ...over.person },
    alerts: {
      count: 3,
      newest: [
        {
          dedupKey: 'checkout/5xx',
          title: '5xx above 5 %',
          severity: 1,
          labels: { alertname: 'Checkout5xx', region: 'eu-1' },
          annotations: { summary: '38 % of requests fail' },
        },
      ],
      ...over.alerts,
    },
    actions: {
      acknowledge: 'https://tocsin.example.org/a/ack-sYqE5mJx0nQ2',
      resolve: 'https://tocsin.example.org/a/res-Zk3fTq8LwPb7',
      escalate: 'https://tocsin.example.org/a/esc-Hn6vRd1CuXy4',
      ...over.actions,
    },
  }
}

export function contactAt(address: string, secret?: string): Contact {
  return { address, settings: {}, ...(secret !== undefined && { secret }) }
}

/** The world as a channel gets it: real requests, but no patience beyond `timeoutMs`. */
export function reachWith(
  egress: Egress,
  { timeoutMs = 5000, mail }: { timeoutMs?: number; mail?: NonNullable<Reach['mail']> } = {},
): Reach & { shown: ScreenMessage[] } {
  const shown: ScreenMessage[] = []
  return {
    request: (request) => egress.request({ ...request, timeoutMs: Math.min(request.timeoutMs, timeoutMs) }),
    ...(mail && { mail }),
    screen: {
      async show(message) {
        shown.push(message)
      },
    },
    now: A_MOMENT,
    shown,
  }
}
