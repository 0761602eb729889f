import type { WrittenKind } from '../documents/index.ts'
import { Service, type ServiceSpec } from './service.ts'

export const serviceKind: WrittenKind<ServiceSpec> = {
  ...Service,
  plural: 'services',
  alsoCalled: ['component'],
  defaults: [
    { path: 'urgency', value: 'by-severity' },
    { path: 'autoResolve', value: true },
  ],
  keepsOwnNames: 'service',
  warnings: ({ spec: { policy } }) =>
    policy !== undefined
      ? []
      : [{ path: ['spec'], message: 'has no escalation policy, so that its alerts page nobody; write policy: name' }],
}
