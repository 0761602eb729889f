import type { Volume } from '../../../product/alerts/volume-strip.tsx'
import type { AlertRow } from '../../alerts/alert-row.ts'
import type { Alert } from '../../alerts/alert-screen.tsx'
import type { AlertStory } from '../../alerts/why-list.tsx'
import { why } from './incident.tsx'
import { ago, at } from './time.ts'

export const volume: Volume = {
  alerts: 31,
  incidents: 4,
  pages: 3,
  complete: true,
  byQuarter: Array.from({ length: 96 }, (_, i) => (i > 90 ? [2, 6, 5, 2, 1][i - 91]! : i % 7 === 3 ? 1 : 0)),
}
export const quietDay: Volume = { alerts: 0, incidents: 0, pages: 0, complete: true, byQuarter: Array.from({ length: 96 }, () => 0) }

export const alertRows: AlertRow[] = [
  {
    id: 'alr_8f31',
    title: '5xx above 5 %',
    severity: 1,
    state: 'acknowledged',
    service: 'api-gateway',
    count: 12,
    openedAt: at('03:11:00'),
    incident: 'INC-142',
    groupedBy: ['alertname', 'region'],
  },
  {
    id: 'alr_8f40',
    title: 'Login failures above 10 %',
    severity: 2,
    state: 'open',
    service: 'identity',
    count: 3,
    openedAt: at('03:19:00'),
    incident: 'INC-138',
    groupedBy: ['alertname'],
  },
  {
    id: 'alr_8f44',
    title: 'Queue older than 5 min',
    severity: 3,
    state: 'acknowledged',
    service: 'mail-out',
    count: 1,
    openedAt: ago({ hours: 5 }),
    incident: 'INC-139',
    groupedBy: [],
  },
  {
    id: 'alr_8f47',
    title: 'Certificate expires in 21 days',
    severity: 4,
    state: 'ended',
    service: 'edge-staging',
    count: 1,
    openedAt: ago({ hours: 9 }),
    endedAt: ago({ hours: 8 }),
    groupedBy: [],
  },
]

export const oneAlert: Alert = {
  ...alertRows[0]!,
  dedupKey: 'gw-eu/5xx',
  integration: 'alertmanager-eu',
  reportedAt: at('03:22:00'),
  startsAt: at('03:10:40'),
  labels: [
    ['alertname', 'HighErrorRate'],
    ['region', 'eu-1'],
    ['service', 'api-gateway'],
    ['severity', 'critical'],
  ],
  annotations: [['description', '38 % of calls to api-gateway in eu-1 fail.']],
  links: [{ href: 'https://prometheus.harbourline.example/graph', text: 'Graph' }],
  warnings: [],
}

export const story: AlertStory = {
  decisions: why,
  paged: { who: 'Raj Iyer', afterMs: 9200 },
  acknowledgedAfterMs: 41_000,
  isOpen: true,
}

export const alertHistory: AlertRow[] = [
  alertRows[0]!,
  {
    ...alertRows[0]!,
    id: 'alr_7a02',
    state: 'ended',
    count: 4,
    openedAt: ago({ hours: 460 }),
    endedAt: ago({ hours: 459 }),
    incident: 'INC-97',
  },
]

/** As many as a storm brings: a part that is scrolled must not draw them all. */
export const manyAlerts: AlertRow[] = Array.from({ length: 100_000 }, (_, i) => ({
  ...alertRows[i % alertRows.length]!,
  id: `alr_${i}`,
  title: `Host ${i + 1} does not answer`,
}))
