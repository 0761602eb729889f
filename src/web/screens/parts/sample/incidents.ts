import type { IncidentCounts } from '../../../product/incidents/incident-facets.tsx'
import type { IncidentRow } from '../../../product/incidents/incident-row.ts'
import { ida, li, noor, raj, sam, tom } from './people.ts'
import { ago, ahead } from './time.ts'

export const apiGateway: IncidentRow = {
  id: 'inc_142',
  number: 'INC-142',
  title: 'API Gateway Down',
  severity: 1,
  status: 'acknowledged',
  service: 'api-gateway',
  startedAt: ago({ minutes: 12, seconds: 41 }),
  alertCount: 14,
  holder: raj,
}
export const loginErrors: IncidentRow = {
  id: 'inc_138',
  number: 'INC-138',
  title: 'EU login errors',
  severity: 2,
  status: 'detected',
  service: 'identity',
  startedAt: ago({ minutes: 4, seconds: 41 }),
  alertCount: 3,
  next: { who: 'Sam', at: ahead({ minutes: 1, seconds: 12 }) },
}
export const checkoutSlow: IncidentRow = {
  id: 'inc_141',
  number: 'INC-141',
  title: 'Checkout slow',
  severity: 2,
  status: 'acknowledged',
  service: 'checkout',
  startedAt: ago({ hours: 2, minutes: 4 }),
  alertCount: 4,
  holder: li,
}
export const mailDelayed: IncidentRow = {
  id: 'inc_139',
  number: 'INC-139',
  title: 'Mail delayed',
  severity: 2,
  status: 'acknowledged',
  service: 'mail-out',
  startedAt: ago({ hours: 5 }),
  alertCount: 1,
  holder: sam,
}
export const replicaLag: IncidentRow = {
  id: 'inc_143',
  number: 'INC-143',
  title: 'Replica lag above 10 s',
  severity: 3,
  status: 'detected',
  service: 'billing-db',
  startedAt: ago({ minutes: 1, seconds: 20 }),
  alertCount: 2,
  next: { who: 'Ida', at: ahead({ minutes: 8, seconds: 40 }) },
}
export const diskFull: IncidentRow = {
  id: 'inc_133',
  number: 'INC-133',
  title: 'Disk above 80 % on batch-07',
  severity: 4,
  status: 'acknowledged',
  service: 'batch',
  startedAt: ago({ hours: 70 }),
  alertCount: 1,
  holder: tom,
}

export const openIncidents = [apiGateway, loginErrors, checkoutSlow, mailDelayed, replicaLag, diskFull]

export const resolvedLately: IncidentRow[] = [
  {
    id: 'inc_137',
    number: 'INC-137',
    title: 'Invoices missing a line in CSV export',
    severity: 3,
    status: 'resolved',
    service: 'billing',
    startedAt: ago({ hours: 9 }),
    endedAt: ago({ hours: 8, minutes: 22 }),
    alertCount: 6,
    holder: ida,
  },
  {
    id: 'inc_136',
    number: 'INC-136',
    title: 'Mobile push late in US',
    severity: 2,
    status: 'resolved',
    service: 'notify',
    startedAt: ago({ hours: 12 }),
    endedAt: ago({ hours: 10, minutes: 48 }),
    alertCount: 9,
    holder: noor,
  },
  {
    id: 'inc_134',
    number: 'INC-134',
    title: 'Export jobs stuck for 40 min',
    severity: 3,
    status: 'resolved',
    service: 'reports',
    startedAt: ago({ hours: 20 }),
    endedAt: ago({ hours: 17, minutes: 10 }),
    alertCount: 2,
    holder: sam,
  },
  {
    id: 'inc_135',
    number: 'INC-135',
    title: 'Staging certificate near expiry',
    severity: 4,
    status: 'resolved',
    service: 'edge',
    startedAt: ago({ hours: 23 }),
    endedAt: ago({ hours: 22, minutes: 40 }),
    alertCount: 1,
    holder: tom,
  },
]

export const incidentFacets: IncidentCounts['fields'] = {
  severity: {
    values: [
      { value: '1', count: 1 },
      { value: '2', count: 3 },
      { value: '3', count: 9 },
      { value: '4', count: 14 },
    ],
    more: 0,
  },
  service: {
    values: [
      { value: 'api-gateway', count: 4 },
      { value: 'checkout', count: 3 },
      { value: 'identity', count: 2 },
      { value: 'mail-out', count: 1 },
    ],
    more: 12,
  },
  team: {
    values: [
      { value: 'payments', count: 4 },
      { value: 'core-platform', count: 3 },
      { value: 'identity', count: 2 },
    ],
    more: 0,
  },
  urgency: {
    values: [
      { value: 'high', count: 4 },
      { value: 'low', count: 2 },
    ],
    more: 0,
  },
  has: { values: [{ value: 'raj', count: 1, name: 'Raj Iyer' }], more: 0 },
}
