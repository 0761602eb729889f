import type { Instant } from '../../kernel/time.ts'
import type { ServiceSpec } from '../catalog/index.ts'
import { Integration } from '../catalog/index.ts'
import type { NewVersion } from '../documents/index.ts'
import type { PolicySpec } from '../escalation/index.ts'
import type { OverrideDocumentSpec, ScheduleSpec } from '../oncall/index.ts'
import type { PersonSpec, TeamSpec } from '../people/index.ts'
import { HOME, lastTime, wallText } from './calendar.ts'

export const COMPANY = 'Harbourline'

/** The integration that the ready-made command sends to. */
export const FIRST_INTEGRATION = 'demo'

/** A believable company, as documents. `now` anchors its rotations, so that the same people are on call whenever it is made. */
export function companyDocuments(now: Instant, keyOf: (integration: string) => string): NewVersion[] {
  return [
    ...written('Person', PEOPLE),
    ...written('Team', TEAMS),
    ...written('Schedule', schedulesAround(now)),
    ...written('Override', overridesAround(now)),
    ...written('EscalationPolicy', POLICIES),
    ...written('Service', SERVICES),
    ...written('Integration', integrationsWith(keyOf)),
  ]
}

function written(kind: string, specs: Record<string, unknown>): NewVersion[] {
  return Object.entries(specs).map(([name, spec]) => ({ kind, name, spec, origin: { kind: 'demo' } }))
}

const PEOPLE: Record<string, PersonSpec> = {
  beatriz: person('Beatriz Amado', 'Europe/Berlin', { rings: 'every time' }),
  raj: person('Raj Iyer', 'Europe/Berlin', { rings: 'every time' }),
  li: person('Li Wen', 'Europe/Berlin', { rings: 'every time', quietFor: '10m' }),
  noor: person('Noor Haddad', 'Europe/Helsinki'),
  tom: person('Tom Reyes', 'Europe/London', { quietFor: '5m' }),
  sam: person('Sam Okafor', 'Europe/London'),
  ida: person('Ida Lindqvist', 'Europe/Stockholm'),
  anneke: person('Anneke Vos', 'Europe/Amsterdam'),
  priya: person('Priya Nair', 'Asia/Kolkata'),
  maya: person('Maya Lindgren', 'America/Toronto'),
}

/** Everybody has one phone, drawn in the browser. `quietFor` is how long they let a page of low urgency wait. */
function person(displayName: string, timeZone: string, { rings, quietFor }: { rings?: 'every time'; quietFor?: string } = {}): PersonSpec {
  const first = displayName.split(' ')[0]!
  return {
    displayName,
    email: `${first.toLowerCase()}@harbourline.example`,
    timeZone,
    role: 'responder',
    contacts: [{ name: 'phone', channel: 'screen', address: `${first}’s phone`, ...(rings && { bundle: false }) }],
    ...(quietFor && { paging: { high: [{ contact: 'phone', after: '0s' }], low: [{ contact: 'phone', after: quietFor }] } }),
  }
}

const TEAMS: Record<string, TeamSpec> = {
  payments: { displayName: 'Payments', members: ['raj', 'li', 'beatriz'], lead: 'beatriz' },
  'core-platform': { displayName: 'Core platform', members: ['noor', 'tom', 'sam'], lead: 'sam' },
  identity: { displayName: 'Identity', members: ['ida', 'anneke'], lead: 'ida' },
  discovery: { displayName: 'Discovery', members: ['anneke', 'maya'], lead: 'anneke' },
  'sre-duty': { displayName: 'SRE duty', members: ['ida', 'priya', 'maya'], lead: 'ida' },
}

/** All began a whole number of rounds ago, so that the first named has the turn that now runs. */
function schedulesAround(now: Instant): Record<string, ScheduleSpec> {
  const monday = lastTime(now, 'mon', '09:00')
  const wednesday = lastTime(now, 'wed', '09:00')
  const friday = lastTime(now, 'fri', '09:00')
  const weekly = (users: string[], handoff: Instant) => ({ name: 'weekly', users, start: wallText(handoff, -12 * 7), turn: '1w' })
  const sun = (name: string, users: string[], from: string, until: string) => ({
    ...{ name, users, start: wallText(monday, -12 * 7), turn: '1w' },
    restrictions: [{ from, until }],
  })
  return {
    'payments-primary': {
      displayName: 'Payments primary',
      timeZone: HOME,
      layers: [weekly(['raj', 'li', 'beatriz'], monday)],
      overrides: [
        { user: 'beatriz', from: wallText(monday, -13), until: wallText(monday, -12), reason: 'Li moves house' },
        { user: 'li', from: wallText(monday, 3), until: wallText(monday, 4), reason: 'took Thursday from Raj' },
      ],
    },
    'payments-secondary': {
      displayName: 'Payments secondary',
      timeZone: HOME,
      layers: [{ name: 'two weeks', users: ['noor', 'li'], start: wallText(friday, -12 * 7), turn: '2w' }],
    },
    'core-primary': { displayName: 'Core primary', timeZone: HOME, layers: [weekly(['noor', 'tom'], wednesday)] },
    'core-secondary': { displayName: 'Core secondary', timeZone: HOME, layers: [weekly(['tom', 'sam'], wednesday)] },
    'identity-primary': { displayName: 'Identity primary', timeZone: HOME, layers: [weekly(['ida', 'anneke'], monday)] },
    command: { displayName: 'Command', timeZone: HOME, layers: [weekly(['beatriz', 'sam'], friday)] },
    'duty-managers': { displayName: 'Duty managers', timeZone: HOME, layers: [weekly(['sam', 'anneke'], monday)] },
    'discovery-office-hours': {
      displayName: 'Discovery, office hours',
      timeZone: HOME,
      layers: [
        {
          ...weekly(['anneke', 'maya'], monday),
          restrictions: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', until: '18:00' }],
        },
      ],
    },
    'sre-duty': {
      displayName: 'SRE duty, follow the sun',
      timeZone: 'UTC',
      layers: [
        sun('Asia', ['priya'], '00:00', '08:00'),
        sun('Europe', ['ida', 'anneke'], '08:00', '16:00'),
        sun('Americas', ['maya'], '16:00', '24:00'),
      ],
    },
  }
}

/** Made in the product by a person, while the others stand in the schedule. */
function overridesAround(now: Instant): Record<string, OverrideDocumentSpec> {
  const saturday = lastTime(now, 'sat', '18:00')
  return {
    'core-primary-saturday': {
      ...{ schedule: 'core-primary', person: 'sam', reason: 'Noor is at a wedding' },
      from: wallText(saturday, 7),
      until: wallText(saturday, 8),
    },
  }
}

const SRE_DUTY = { notify: [{ schedule: 'sre-duty' }] }

const POLICIES: Record<string, PolicySpec> = {
  payments: {
    displayName: 'Payments policy',
    levels: [
      { after: '0s', notify: [{ schedule: 'payments-primary' }] },
      { after: '5m', notify: [{ schedule: 'payments-secondary' }] },
      { after: '10m', severities: [1, 2], notify: [{ team: 'payments' }, { schedule: 'duty-managers' }] },
    ],
    repeat: 2,
    round: '20m',
    catchAll: SRE_DUTY,
  },
  'core-platform': {
    displayName: 'Core policy',
    levels: [
      { after: '0s', notify: [{ schedule: 'core-primary' }] },
      { after: '5m', notify: [{ schedule: 'core-secondary' }] },
      { after: '15m', notify: [{ team: 'core-platform' }] },
    ],
    repeat: 1,
    catchAll: SRE_DUTY,
  },
  identity: {
    displayName: 'Identity policy',
    levels: [
      { after: '0s', notify: [{ schedule: 'identity-primary' }] },
      { after: '8m', notify: [{ team: 'identity' }, { schedule: 'duty-managers' }] },
    ],
    repeat: 1,
    catchAll: SRE_DUTY,
  },
  discovery: {
    displayName: 'Discovery policy',
    levels: [{ after: '0s', notify: [{ schedule: 'discovery-office-hours' }] }],
    catchAll: SRE_DUTY,
  },
  command: {
    displayName: 'Command policy',
    levels: [
      { after: '0s', notify: [{ schedule: 'command' }] },
      { after: '5m', notify: [{ schedule: 'duty-managers' }] },
    ],
    repeat: 1,
    catchAll: SRE_DUTY,
  },
}

const SERVICES: Record<string, ServiceSpec> = {
  'api-gateway': service('API gateway', 'Lets customers call the API.', 'payments', {
    policy: 'payments',
    grouping: { by: ['alertname', 'region'] },
    dependsOn: ['edge', 'identity', 'billing-db'],
  }),
  checkout: service('Checkout', 'Lets customers pay for an order.', 'payments', {
    policy: 'payments',
    grouping: { by: ['alertname'] },
    dependsOn: ['api-gateway', 'billing'],
  }),
  billing: service('Billing', 'Writes invoices and refunds.', 'payments', { policy: 'payments', dependsOn: ['billing-db', 'mail-out'] }),
  'billing-db': service('Billing database', 'Keeps invoices.', 'payments', {
    policy: 'payments',
    grouping: { by: ['alertname', 'instance'] },
  }),
  identity: service('Identity', 'Lets people sign in.', 'identity', {
    policy: 'identity',
    grouping: { by: ['alertname'] },
    ackTimeout: '1h',
    dependsOn: ['edge', 'mail-out'],
  }),
  'mail-out': service('Outgoing mail', 'Sends receipts and sign-in codes.', 'core-platform', {
    policy: 'core-platform',
    grouping: { by: ['class'] },
  }),
  edge: service('Edge', 'Ends TLS and routes.', 'core-platform', { policy: 'core-platform', grouping: { by: ['alertname'] } }),
  search: service('Search', 'Finds products.', 'discovery', { policy: 'discovery', dependsOn: ['edge'] }),
  reports: service('Reports', 'Exports reports at night.', 'core-platform', {
    policy: 'core-platform',
    urgency: 'low',
    dependsOn: ['billing-db'],
  }),
}

function service(displayName: string, description: string, team: string, more: Partial<ServiceSpec>): ServiceSpec {
  const slug = displayName.toLowerCase().replaceAll(' ', '-')
  return {
    ...{ displayName, description, team },
    ...more,
    links: [
      { text: 'Graphs', href: `https://graphs.harbourline.example/d/${slug}` },
      { text: 'Logs', href: `https://logs.harbourline.example/?service=${slug}` },
      { text: 'Runbook', href: `https://wiki.harbourline.example/runbooks/${slug}` },
    ],
  }
}

/** Everything that knocks, with the dialect it speaks and the service it watches. */
export const INTEGRATIONS: Record<string, { displayName: string; source: string; service: string }> = {
  [FIRST_INTEGRATION]: { displayName: 'Try it yourself', source: 'generic', service: 'checkout' },
  prometheus: { displayName: 'Prometheus eu and us', source: 'alertmanager', service: 'api-gateway' },
  'prometheus-billing': { displayName: 'Prometheus billing', source: 'alertmanager', service: 'billing-db' },
  'prometheus-edge': { displayName: 'Prometheus edge', source: 'alertmanager', service: 'edge' },
  'grafana-identity': { displayName: 'Grafana identity', source: 'grafana', service: 'identity' },
  'pagerduty-events': { displayName: 'Mail relay, by PagerDuty events', source: 'pagerduty', service: 'mail-out' },
  'search-probe': { displayName: 'Search probe', source: 'generic', service: 'search' },
  'cron-watch': { displayName: 'Cron watch', source: 'generic', service: 'reports' },
}

function integrationsWith(keyOf: (integration: string) => string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(INTEGRATIONS).map(([name, spec]) => [name, Integration.schema.parse({ ...spec, key: keyOf(name) })]),
  )
}
