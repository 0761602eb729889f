export { levelKey, queuePages, queueTestPage, type SendSlots } from './actions.ts'
export type { Channel, Contact, Mailer, Outcome, PageContent, Reach, ScreenMessage } from './channel.ts'
export { createDispatcher, type Dispatcher, type DispatcherParts } from './dispatcher.ts'
export type { ChannelHealth } from './health.ts'
export type { LevelOf } from './lease.ts'
export { isTest, type LeasedPage, type NewPage, pageId, SEND_SLOTS } from './page.ts'
export { pagingHandlers } from './routes.ts'
export {
  forgetPages,
  insertScreenMessages,
  isAnyoneReached,
  peoplePaged,
  reachOf,
  readScreenMessages,
  type ShownMessage,
  voidLeases,
  withdrawPages,
  withdrawPagesOf,
} from './store.ts'
