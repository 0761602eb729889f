import { DAY } from '../../kernel/time.ts'
import { room } from '../../platform/room.ts'
import { type AccessParts, createAuthenticate, createStillMay } from './actions.ts'
import { accessHandlers, sessionRoutes } from './routes.ts'
import { forgetCredentials, forgetSessions } from './store.ts'

/** Long enough to ask who had a key a year ago. */
const CREDENTIALS_KEPT_MS = 400 * DAY

/** Who calls, and what they may. */
export function accessRoom(parts: AccessParts) {
  const { sql } = parts.db
  return room({
    authenticate: createAuthenticate(parts),
    stillMay: createStillMay(parts),
    handlers: accessHandlers(parts),
    routes: sessionRoutes(parts),
    kept: [
      // They say themselves when they end.
      { name: 'sessions', tables: ['access_sessions'], keptMs: 0, forget: (before, rows) => forgetSessions(sql, before, rows) },
      {
        name: 'credentials',
        tables: ['access_login_links', 'access_tokens'],
        keptMs: CREDENTIALS_KEPT_MS,
        forget: (before, rows) => forgetCredentials(sql, before, rows),
      },
      { name: 'what people prefer', tables: ['access_preferences'], keptMs: null },
    ],
  })
}
