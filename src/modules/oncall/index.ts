export { onCallFor, Override, type OverrideDocumentSpec, overridesOf, Schedule } from './oncall.ts'
export { type Gap, isGap, nextGap, type Shift, type ShiftInWindow, shiftsBetween, whoIsOnCall } from './rota.ts'
export type { ScheduleSpec } from './schedule.ts'
export { instantOf, localOf, zoneOf } from './zone.ts'
