import { room } from '../../platform/room.ts'
import { type NoticeMailParts, noticeMailLoop } from './notice-mail.ts'
import { clockLoop, type ReminderLoopParts } from './remind-loop.ts'
import { commandHandlers } from './routes.ts'

export function commandRoom(parts: ReminderLoopParts & NoticeMailParts) {
  return room({
    handlers: commandHandlers(parts),
    loops: [clockLoop(parts), noticeMailLoop(parts)],
  })
}
