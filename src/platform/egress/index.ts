export { createEgress, type Egress, type Reply, type Request, type Resolve, type Server } from './egress.ts'
export { saidBy, withoutSecrets } from './said.ts'
