export { BUNDLE_FORMAT, bundledOf, checkBundle, signedText } from './bundle.ts'
export { brokenAt } from './chain.ts'
export { checkName, purposeText, reminderText, roleName, statusName } from './command-words.ts'
export { isMending, isTypedLate, type ReadEntry, readEntries, type ToldFact } from './entries.ts'
export type {
  AlertFact,
  DataOf,
  Entry,
  EventType,
  Found,
  JoinedFact,
  PageFact,
  QueuedPage,
  RecordedEvent,
  RunPurpose,
  RunReason,
  TimelineEvent,
} from './events.ts'
export { EVENT_TYPES, fact, KEY_EVENTS } from './events.ts'
export { follower, type Place, placeKeptAs } from './follower.ts'
export { absentText, causeText, foundText, type Telling, targetText } from './found.ts'
export { type Gap, gapLimitMs, gapsOf } from './gaps.ts'
export { dayOf, IMPORT_FORMATS, ROWS_MAX, readImport } from './import.ts'
export { importRows } from './import-rows.ts'
export { deleteEntry, editEntry, redactEntry } from './mend.ts'
export { timelineRoom } from './room.ts'
export { SHOWS, type Show } from './show.ts'
export {
  append,
  type Cursor,
  endOfTimeline,
  type Followed,
  forgetIncidents,
  isKnown,
  readChain,
  readFrom,
  readHappenings,
  readHead,
  readLatest,
  readMendings,
  readStretch,
  readTimeline,
  restartTransactionCount,
  stopFollowing,
} from './store.ts'
export { decisionsOf } from './why.ts'
export { actorText, lineOf, type Tellable, told } from './words.ts'
