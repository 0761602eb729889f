import { MINUTE } from '../../../../kernel/time.ts'
import type { AlertInIncident, WhyDecision } from '../../../product/incidents/alert-in-incident.ts'
import type { Escalation } from '../../../product/incidents/escalation.ts'
import type { Incident } from '../../incidents/incident.ts'
import type { PageSent } from '../../incidents/pages-tab.tsx'
import { apiGateway, loginErrors } from './incidents.ts'
import { ida, li, noor, raj, sam, tom } from './people.ts'
import { ahead, at } from './time.ts'

export const acknowledged: Incident = {
  ...apiGateway,
  alertCount: 14,
  urgency: 'high',
  summary: '38 % of EU API calls fail. Calls from the US work.',
  lifecycle: { impact: at('03:10:00'), detected: at('03:11:00'), acknowledged: at('03:11:50') },
  paged: [raj],
  policy: { name: 'Payments', version: 7 },
  openedBy: 'Alertmanager eu',
  groupedBy: 'region = eu-1',
  firingAlertCount: 12,
  pageCount: 4,
}

export const detected: Incident = {
  ...loginErrors,
  alertCount: 3,
  urgency: 'high',
  summary: '12 % of sign-ins in the EU fail.',
  lifecycle: { detected: at('03:19:00') },
  paged: [noor, li],
  policy: { name: 'Identity', version: 3 },
  openedBy: 'Alertmanager eu',
  groupedBy: 'region = eu-1',
  firingAlertCount: 3,
  pageCount: 5,
}

export const resolved: Incident = {
  ...acknowledged,
  status: 'resolved',
  endedAt: at('03:23:11'),
  lifecycle: { ...acknowledged.lifecycle, resolved: at('03:23:11') },
  firingAlertCount: 0,
}

export const stopped: Escalation = {
  state: 'stopped',
  reason: { kind: 'acknowledged', by: 'Raj' },
  rungs: [
    { level: 1, afterMs: 0, targets: ['Payments primary'], people: [raj], state: 'done' },
    { level: 2, afterMs: 5 * MINUTE, targets: ['Payments secondary'], people: [noor], state: 'later' },
    { level: 3, afterMs: 10 * MINUTE, targets: ['Everyone in Payments'], people: [raj, noor, li, tom, sam], state: 'later' },
    { level: 'catch-all', afterMs: 60 * MINUTE, targets: ['SRE duty'], people: [ida], state: 'later' },
  ],
}

export const climbing: Escalation = {
  state: 'running',
  round: 1,
  next: { who: 'Sam', at: ahead({ minutes: 1, seconds: 12 }), from: at('03:19:53') },
  rungs: [
    { level: 1, afterMs: 0, targets: ['Identity primary'], people: [noor], state: 'failed' },
    { level: 2, afterMs: 5 * MINUTE, targets: ['Identity secondary'], people: [li], state: 'done' },
    { level: 3, afterMs: 10 * MINUTE, targets: ['Duty manager'], people: [sam], state: 'next' },
    { level: 4, afterMs: 15 * MINUTE, targets: ['Everyone in Identity'], people: [noor, li, tom, sam], state: 'later' },
    { level: 'catch-all', afterMs: 60 * MINUTE, targets: ['SRE duty'], people: [ida], state: 'later' },
  ],
}

export const alerts: AlertInIncident[] = [
  {
    id: 'alr_8f31',
    title: '5xx above 5 %',
    severity: 1,
    status: 'open',
    detail: '38 % on api-gateway, eu-1',
    count: 12,
    openedAt: at('03:11:00'),
    labels: { alertname: 'HighErrorRate', service: 'api-gateway', region: 'eu-1', severity: 'critical' },
  },
  {
    id: 'alr_8f40',
    title: 'Upstream timeout',
    severity: 2,
    status: 'open',
    detail: 'Three upstreams answer late',
    count: 2,
    openedAt: at('03:12:10'),
    labels: { alertname: 'UpstreamTimeout', service: 'api-gateway', region: 'eu-1' },
  },
  {
    id: 'alr_8f44',
    title: 'Socket pool exhausted',
    severity: 3,
    status: 'ended',
    detail: '512 of 512 in use',
    count: 5,
    openedAt: at('03:13:02'),
    labels: { alertname: 'SocketPool', service: 'api-gateway', pod: 'gw-eu-2' },
  },
]

export const why: WhyDecision[] = [
  {
    step: 'received',
    at: at('03:11:00.114'),
    outcome: 'done',
    text: 'Received from the integration Alertmanager eu, kept on disk before the sender was answered.',
  },
  {
    step: 'deduped',
    at: at('03:11:00.121'),
    outcome: 'done',
    text: 'No alert of this key was open: it is a new one. Reported 12 times; repeats are counted and page nobody.',
  },
  { step: 'grouped', at: at('03:11:00.126'), outcome: 'done', text: 'It opened a new incident, grouped by region = eu-1.' },
  {
    step: 'routed',
    at: at('03:11:00.140'),
    outcome: 'done',
    text: 'Routed to the service api-gateway: rank 1, high urgency, escalation policy Payments.',
  },
  { step: 'level', at: at('03:11:00.146'), outcome: 'done', text: 'Level 1 of the policy Payments (version 7) came due.' },
  {
    step: 'person',
    at: at('03:11:00.152'),
    outcome: 'done',
    text: 'Raj was chosen: on call for payments-primary (weekly) until 2026-10-26 08:00 UTC.',
  },
  { step: 'rule', at: at('03:11:00.160'), outcome: 'done', text: 'Push at once, call after 1 min.' },
  { step: 'page', at: at('03:11:09.204'), outcome: 'done', text: 'Push to Raj’s phone delivered at the first attempt.' },
  { step: 'stopped', at: at('03:11:50.217'), outcome: 'done', text: 'Raj acknowledged from the lock screen. Nobody else is paged.' },
  { step: 'page', at: at('03:11:50.231'), outcome: 'withheld', text: 'The call was withdrawn: acknowledged before it was due.' },
]

const push = { title: 'Push', icon: 'push' } as const
const call = { title: 'Call', icon: 'phone' } as const
const mail = { title: 'Mail', icon: 'mail' } as const

export const pages: PageSent[] = [
  {
    id: 'p1',
    person: raj,
    channel: push,
    address: 'Raj’s phone',
    level: 1,
    round: 1,
    at: at('03:11:09'),
    outcome: 'delivered',
    detail: 'accepted after 0.8 s',
  },
  {
    id: 'p2',
    person: raj,
    channel: mail,
    address: 'raj@harbourline.example',
    level: 1,
    round: 1,
    at: at('03:11:09'),
    outcome: 'delivered',
    detail: '250 accepted',
  },
  {
    id: 'p3',
    person: raj,
    channel: call,
    address: '+49 … 42',
    level: 1,
    round: 1,
    at: at('03:12:00'),
    outcome: 'withdrawn',
    detail: 'acknowledged before',
  },
  { id: 'p4', person: noor, channel: push, level: 2, round: 1, at: at('03:16:00'), outcome: 'withdrawn', detail: 'acknowledged before' },
]

export const climbingPages: PageSent[] = [
  {
    id: 'q1',
    person: noor,
    channel: push,
    address: 'Noor’s phone',
    level: 1,
    round: 1,
    at: at('03:19:02'),
    outcome: 'gave-up',
    detail: '410, the phone is gone',
  },
  {
    id: 'q2',
    person: noor,
    channel: mail,
    address: 'noor@harbourline.example',
    level: 1,
    round: 1,
    at: at('03:19:12'),
    outcome: 'retrying',
    detail: 'no answer, third try',
    possiblyTwice: true,
  },
  {
    id: 'q3',
    person: li,
    channel: push,
    address: 'Li’s phone',
    level: 2,
    round: 1,
    at: at('03:19:53'),
    outcome: 'delivered',
    detail: 'accepted after 0.6 s',
  },
  { id: 'q4', person: li, channel: call, address: '+49 … 17', level: 2, round: 1, at: at('03:20:53'), outcome: 'sending' },
  { id: 'q5', person: sam, channel: push, level: 3, round: 1, at: at('03:24:53'), outcome: 'queued' },
]
