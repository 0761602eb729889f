export { createEgress, type Egress, type Reply, type Request, type Resolve } from './egress.ts'
