export { brokenAt } from './chain.ts'
export type { AlertFact, Entry, EventType, Found, JoinedFact, PageFact, QueuedPage, RecordedEvent, RunReason, TimelineEvent } from './events.ts'
export { createLiveStream, liveRoute, type LiveStream } from './stream.ts'
export { append, type Cursor, endOfTimeline, forgetIncidents, isKnown, readChain, readFrom, readTimeline, restartTransactionCount } from './store.ts'
