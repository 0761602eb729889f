export { brokenAt } from './chain.ts'
export type {
  AlertFact,
  Entry,
  EventType,
  Found,
  JoinedFact,
  PageFact,
  QueuedPage,
  RecordedEvent,
  RunReason,
  TimelineEvent,
} from './events.ts'
export { LAG_MAX_MS } from './horizon.ts'
export {
  append,
  type Cursor,
  endOfTimeline,
  forgetIncidents,
  isKnown,
  readChain,
  readFrom,
  readTimeline,
  restartTransactionCount,
} from './store.ts'
export { createLiveStream, type LiveStream, liveRoute } from './stream.ts'
