import type { Findable } from '../../palette/find.ts'
import type { UnsentLine } from '../../shell/unsent-banners.tsx'
import { ahead } from './time.ts'

export const findable: Findable = {
  incidents: [
    { id: 'inc_1', number: 'INC-142', title: 'API Gateway Down', severity: 1, status: 'detected', held: false, policy: 'payments' },
    { id: 'inc_2', number: 'INC-97', title: 'Payouts are late', severity: 3, status: 'resolved', held: false, policy: 'payments' },
  ],
  services: [{ name: 'payments-api', displayName: 'Payments API' }],
  people: [],
  schedules: [{ name: 'payments-primary', displayName: 'Payments primary' }],
  policies: [{ name: 'payments', displayName: 'Payments policy' }],
  screens: [{ name: 'On-call', also: 'who shifts', href: '/on-call', icon: 'calendar' }],
  here: undefined,
  mayAct: true,
  mayDeclare: true,
  pages: { service: (name) => `/services/${name}`, schedule: (name) => `/schedules/${name}`, policy: (name) => `/policies/${name}` },
}

const buttons = (...names: string[]) => names.map((name) => ({ name, onAct: () => {} }))

export const unsentLines: UnsentLine[] = [
  {
    key: 'waits',
    tone: 'stale',
    what: 'Acknowledgement of INC-142',
    text: 'not sent, the escalation is still running.',
    until: { at: ahead({ seconds: 72 }), words: (left) => `It lapses in ${left}.` },
    buttons: buttons('Try now', 'Discard'),
  },
  {
    key: 'lapsed',
    tone: 'bad',
    what: 'Acknowledgement of INC-138',
    text: 'not confirmed within 2 minutes, so it has lapsed. The escalation goes on.',
    buttons: buttons('Acknowledge again', 'Dismiss'),
  },
  {
    key: 'overtaken',
    tone: 'info',
    what: 'Change of INC-141.',
    text: 'You: severity 2. Meanwhile: severity 3.',
    buttons: buttons('Keep theirs', 'Put mine'),
  },
]
