export { groupOf, OWN_SERVICE, Service, type ServiceSpec, urgencyOf } from './service.ts'
