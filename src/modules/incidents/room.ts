import type { Clock, Instant } from '../../kernel/time.ts'
import { iso } from '../../kernel/time.ts'
import { DEADLINE_MS } from '../../platform/deadlines.ts'
import { room } from '../../platform/room.ts'
import type { KeepSettings } from '../../platform/settings.ts'
import { forgetRuns } from '../escalation/index.ts'
import { type ChannelHealth, forgetPagesOf } from '../paging/index.ts'
import { forgetIncidents } from '../timeline/index.ts'
import { channelAlarmLoop, clockAlarmLoop } from './alarms.ts'
import { type ExportParts, exportRoute } from './export-routes.ts'
import { LINK_MS } from './link.ts'
import { forgetLinkUses } from './link-store.ts'
import { acknowledgementLoop } from './loop.ts'
import { type PauseAlarmParts, pauseAlarmLoop } from './pause-alarm.ts'
import { pauseHandlers } from './pause-routes.ts'
import { type IncidentRouteParts, incidentHandlers } from './routes.ts'
import { countOpen, forgetResolved, readResolvedBefore } from './store.ts'
import { type TimelineRouteParts, timelineHandlers } from './timeline-routes.ts'

export interface IncidentRoomParts extends IncidentRouteParts, PauseAlarmParts, ExportParts, Pick<TimelineRouteParts, 'removeFileOf'> {
  clock: Clock
  /** How the ways out fare. */
  health(): ChannelHealth[]
  keep: KeepSettings
  /** Lets go of some of the alerts of incidents; answers how many rows. */
  forgetAlerts(tx: IncidentRoomParts['db']['sql'], incidentIds: string[], rows: number): Promise<number>
  /** The same of their files. */
  forgetAttachments(tx: IncidentRoomParts['db']['sql'], incidentIds: string[], rows: number): Promise<number>
  /** What people made of them. */
  forgetCommand(sql: IncidentRoomParts['db']['sql'], incidentIds: string[]): Promise<void>
}

const INCIDENTS_AT_ONCE = 50

/** What is wrong, and who has it. */
export function incidentsRoom(parts: IncidentRoomParts) {
  const { db, clock, pause } = parts
  return room({
    handlers: { ...incidentHandlers(parts), ...timelineHandlers(parts), ...pauseHandlers(parts) },
    routes: [exportRoute(parts)],
    loops: [
      acknowledgementLoop(db, parts),
      channelAlarmLoop(db, clock, parts, parts.health),
      clockAlarmLoop(db, clock, parts),
      pauseAlarmLoop(parts),
      pause.loop,
    ],
    async figures() {
      const open = await countOpen(db.sql)
      return {
        tocsin_incidents_unacknowledged: { help: 'Open incidents nobody has.', value: open.unheld },
        tocsin_incidents_acknowledged: { help: 'Open incidents somebody has.', value: open.held },
        tocsin_paused: { help: '1 while every page is held back until an operator says go on.', value: pause.current() === null ? 0 : 1 },
      }
    },
    warnings() {
      const paused = pause.current()
      return paused === null ? [] : [`paused since ${iso(paused.since)}, nobody is paged: ${paused.because}; \`tocsin resume\` goes on`]
    },
    kept: [
      {
        name: 'incidents',
        tables: [
          ...[
            'incidents_incidents',
            'incidents_members',
            'incidents_groups',
            'timeline_events',
            'timeline_heads',
            'escalation_runs',
            'paging_pages',
            'paging_attempts',
          ],
          ...['command_incidents', 'command_roles', 'command_offers', 'command_responders', 'command_tasks', 'command_polls'],
          ...['command_checks', 'command_updates', 'command_links', 'command_reminders', 'command_notices'],
        ],
        keptMs: parts.keep.incidentsMs,
        forget: (before, rows) => forgetWhole(parts, before, rows),
      },
      {
        name: 'link uses',
        tables: ['incidents_used_links'],
        keptMs: LINK_MS,
        forget: (before, rows) => forgetLinkUses(db.sql, before, rows),
      },
    ],
  })
}

/** First what hangs on them, bit by bit; then incidents whole, with their chain of facts, so that none is ever found broken. */
async function forgetWhole(
  { db, forgetAlerts, forgetAttachments, forgetCommand }: IncidentRoomParts,
  before: Instant,
  rows: number,
): Promise<number> {
  const ids = await readResolvedBefore(db.sql, before, INCIDENTS_AT_ONCE)
  if (ids.length === 0) return 0
  if ((await forgetAttachments(db.sql, ids, rows)) >= rows) return rows
  if ((await forgetAlerts(db.sql, ids, rows)) >= rows || (await forgetPagesOf(db.sql, ids, rows)) >= rows) return rows
  await db.transaction(
    async ({ sql }) => {
      await forgetResolved(sql, ids)
      await forgetRuns(sql, ids)
      await forgetIncidents(sql, ids)
      await forgetCommand(sql, ids)
    },
    { statementTimeoutMs: DEADLINE_MS.retention },
  )
  return ids.length < INCIDENTS_AT_ONCE ? ids.length : rows
}
