import type { AlertInIncident, WhyDecision } from '../../incidents/alerts-tab.tsx'
import type { Escalation } from '../../incidents/escalation-ladder.tsx'
import type { Incident } from '../../incidents/incident.ts'
import type { PageSent } from '../../incidents/pages-tab.tsx'
import { apiGateway, loginErrors } from './incidents.ts'
import { ida, li, noor, raj, sam, tom } from './people.ts'
import { ahead, at } from './time.ts'

export const acknowledged: Incident = {
  ...apiGateway,
  urgency: 'high',
  impact: '38 % of EU API calls fail. Calls from the US work.',
  lifecycle: { impact: at('03:10:00'), detected: at('03:11:00'), acknowledged: at('03:11:50') },
  paged: [raj],
  policy: { name: 'Payments', version: 7 },
  openedBy: 'Alertmanager eu',
  groupedBy: 'alertname, region',
  firingAlertCount: 12,
  pageCount: 4,
}

export const detected: Incident = {
  ...loginErrors,
  urgency: 'high',
  impact: '12 % of sign-ins in the EU fail.',
  lifecycle: { detected: at('03:19:00') },
  paged: [noor, li],
  policy: { name: 'Identity', version: 3 },
  openedBy: 'Alertmanager eu',
  groupedBy: 'alertname',
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
  startedAt: at('03:11:00'),
  rungs: [
    { level: 1, target: 'Payments primary', people: [raj], state: 'done', at: at('03:11:00') },
    { level: 2, target: 'Payments secondary', people: [noor], state: 'later', at: at('03:16:00') },
    { level: 3, target: 'Everyone in Payments', people: [raj, noor, li, tom, sam], state: 'later', at: at('03:21:00') },
    { level: 'catch-all', target: 'SRE duty', people: [ida], state: 'later', at: at('04:11:00') },
  ],
}

export const climbing: Escalation = {
  state: 'running',
  catchAllEveryMinutes: 15,
  startedAt: at('03:19:00'),
  rungs: [
    { level: 1, target: 'Identity primary', people: [noor], state: 'failed', at: at('03:19:00') },
    { level: 2, target: 'Identity secondary', people: [li], state: 'done', at: at('03:19:53') },
    { level: 3, target: 'Duty manager', people: [sam], state: 'next', at: ahead({ minutes: 1, seconds: 12 }) },
    { level: 4, target: 'Everyone in Identity', people: [noor, li, tom, sam], state: 'later', at: at('03:29:53') },
    { level: 'catch-all', target: 'SRE duty', people: [ida], state: 'later', at: at('04:19:00') },
  ],
}

export const alerts: AlertInIncident[] = [
  {
    id: 'alr_8f31', title: '5xx above 5 %', severity: 1, state: 'firing', why: 'Opened this incident', count: 12, since: at('03:11:00'),
    labels: { alertname: 'HighErrorRate', service: 'api-gateway', region: 'eu-1', severity: 'critical' },
  },
  {
    id: 'alr_8f40', title: 'Upstream timeout', severity: 2, state: 'firing', why: 'Same service and region', count: 2, since: at('03:12:10'),
    labels: { alertname: 'UpstreamTimeout', service: 'api-gateway', region: 'eu-1' },
  },
  {
    id: 'alr_8f44', title: 'Socket pool exhausted', severity: 3, state: 'ended', why: 'Same service', count: 5, since: at('03:13:02'),
    labels: { alertname: 'SocketPool', service: 'api-gateway', pod: 'gw-eu-2' },
  },
]

export const why: WhyDecision[] = [
  { id: 'w1', kind: 'fact', icon: 'webhook', title: 'Received', time: '03:11:00.114', detail: 'Alertmanager eu, 1.2 kB, committed in 6 ms' },
  { id: 'w2', kind: 'fact', icon: 'copy', title: 'Not a duplicate', time: '00.121', detail: <>Key <span className="mono">gw-eu/5xx</span> unseen for 19 days</> },
  { id: 'w3', kind: 'fact', icon: 'bell', title: 'Not silenced', time: '00.126', detail: '3 silences checked, none matches' },
  { id: 'w4', kind: 'key', icon: 'incidents', title: 'Severity SEV1', time: '00.133', detail: 'The alert said critical' },
  { id: 'w5', kind: 'fact', icon: 'plus', title: 'Opened INC-142', time: '00.140', detail: 'No open incident shares alertname and region' },
  { id: 'w6', kind: 'key', icon: 'route', title: 'Payments policy, version 7', time: '00.146', detail: 'Policy of the service api-gateway' },
  { id: 'w7', kind: 'key', icon: 'calendar', title: 'Level 1 is Raj', time: '00.152', detail: 'Payments primary, week of Mon 19 Oct, no override' },
  { id: 'w8', kind: 'fact', icon: 'push', title: 'Push delivered', time: '09.204', detail: 'Raj’s phone, accepted after 0.8 s' },
  { id: 'w9', kind: 'key', icon: 'check', title: 'Acknowledged', time: '50.217', detail: 'From the lock screen. Call at 1 min and level 2 at 5 min withdrawn.' },
]

const push = { title: 'Push', icon: 'push' } as const
const call = { title: 'Call', icon: 'phone' } as const
const mail = { title: 'Mail', icon: 'mail' } as const

export const pages: PageSent[] = [
  { id: 'p1', person: raj, channel: push, address: 'Raj’s phone', level: 1, round: 1, at: at('03:11:09'), outcome: 'acknowledged', detail: '41 s after it was sent' },
  { id: 'p2', person: raj, channel: mail, address: 'raj@harbourline.example', level: 1, round: 1, at: at('03:11:09'), outcome: 'delivered', detail: '250 accepted' },
  { id: 'p3', person: raj, channel: call, address: '+49 … 42', level: 1, round: 1, at: at('03:12:00'), outcome: 'withdrawn', detail: 'acknowledged before' },
  { id: 'p4', person: noor, channel: push, level: 2, round: 1, at: at('03:16:00'), outcome: 'withdrawn', detail: 'acknowledged before' },
]

export const climbingPages: PageSent[] = [
  { id: 'q1', person: noor, channel: push, address: 'Noor’s phone', level: 1, round: 1, at: at('03:19:02'), outcome: 'failed', detail: '410, the phone is gone' },
  { id: 'q2', person: noor, channel: mail, address: 'noor@harbourline.example', level: 1, round: 1, at: at('03:19:12'), outcome: 'retrying', detail: 'no answer, third try' },
  { id: 'q3', person: li, channel: push, address: 'Li’s phone', level: 2, round: 1, at: at('03:19:53'), outcome: 'delivered', detail: 'accepted after 0.6 s' },
  { id: 'q4', person: li, channel: call, address: '+49 … 17', level: 2, round: 1, at: at('03:20:53'), outcome: 'sending' },
  { id: 'q5', person: sam, channel: push, level: 3, round: 1, at: at('03:24:53'), outcome: 'waiting' },
]
