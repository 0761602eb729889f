export { brokenAt } from './chain.ts'
export type { AlertFact, Entry, EventType, Found, PageFact, QueuedPage, RecordedEvent, RunReason, TimelineEvent } from './events.ts'
export { createLiveStream, liveRoute, type LiveStream } from './stream.ts'
export { append, type Cursor, cursorAt, endOfTimeline, forgetIncidents, readChain, readFrom, readTimeline, restartTransactionCount } from './store.ts'
