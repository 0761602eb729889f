export { type DeclaringParts, declaringDoors } from './pagerduty-rest.ts'
