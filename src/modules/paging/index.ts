export { levelKey, queuePages, queueTestPages, type SendSlots } from './actions.ts'
export type { Channel, Contact, Mailer, Outcome, PageContent, Reach, ScreenMessage } from './channel.ts'
export type { ChannelHealth } from './health.ts'
export type { HoldFreeRuns, LevelOf } from './lease.ts'
export { isTest, type LeasedPage, type NewPage, pageId, runNumberOf, SEND_SLOTS } from './page.ts'
export { pagingRoom } from './room.ts'
export {
  forgetPages,
  forgetPagesOf,
  holdPages,
  insertScreenMessages,
  isAnyoneReached,
  peoplePaged,
  reachOf,
  readPeoplePaged,
  readScreenMessages,
  type ShownMessage,
  voidLeases,
  withdrawPages,
  withdrawPagesOf,
} from './store.ts'
export { reachingOf, toldOf } from './told.ts'
