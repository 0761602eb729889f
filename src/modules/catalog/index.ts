export { hashKey, Integration, type IntegrationSpec, integrationOf, keyHashesOf } from './integration.ts'
export { integrationKind } from './integration-kind.ts'
export { groupOf, holdsOf, OWN_SERVICE, Service, type ServiceSpec, urgencyOf } from './service.ts'
export { serviceKind } from './service-kind.ts'
