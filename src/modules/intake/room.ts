import { type Clock, iso, SECOND } from '../../kernel/time.ts'
import { room } from '../../platform/room.ts'
import type { KeepSettings } from '../../platform/settings.ts'
import { alertDoors } from './doors.ts'
import { createHourCounts, hoursLoop } from './hours.ts'
import { createInbox } from './inbox.ts'
import { forgetUnparsed, readBacklog } from './inbox-store.ts'
import { forgetBodiesBefore, type IntakeParts, inboxDaysLoop, intakeLoop } from './loop.ts'
import { quotaAlarmLoop } from './quota-alarm.ts'
import { createReader } from './reader.ts'
import { refusedAlarmLoop } from './refused-alarm.ts'
import { intakeHandlers } from './routes.ts'

export interface IntakeRoomParts extends Omit<IntakeParts, 'inbox' | 'read' | 'hours'> {
  clock: Clock
  publicUrl(): string
  /** The built program of the worker that reads large bodies; null reads them here. */
  workerFile: string | null
  keep: KeepSettings
  /** Says that something was accepted. */
  nudge(): void
}

/** Accepted bodies that wait for longer than this make a node not ready. */
const WAIT_MAX_MS = 10 * SECOND

/** The ways in: what knocks, what of it is kept, and what could not be read. */
export function intakeRoom(parts: IntakeRoomParts) {
  const { db, clock, keep, documents } = parts
  const hours = createHourCounts({ db, documents, quotas: { bodies: keep.bodiesOfDay, alerts: keep.alertsOfDay } })
  const inbox = createInbox({ ...parts, onWritten: hours.note })
  const reader = createReader(parts)
  const intake = { ...parts, inbox, hours, read: reader.read }
  let [unknownKeys, refusals] = [0, 0]
  const doors = alertDoors({ ...intake, unknownKey: () => unknownKeys++, refused: () => refusals++ })
  return room({
    ...intake,
    /** Answers what no route takes, where a sender is known. */
    astray: doors.astray,
    handlers: intakeHandlers(intake),
    routes: doors.routes,
    loops: [intakeLoop(intake), inboxDaysLoop(db), hoursLoop(hours), refusedAlarmLoop(db, hours, parts), quotaAlarmLoop(db, hours, parts)],
    async figures() {
      return {
        tocsin_intake_backlog: {
          help: 'Accepted bodies not yet worked off (group commits, on all nodes).',
          value: (await readBacklog(db.sql)).rows,
        },
        tocsin_intake_unknown_keys_total: { help: 'Requests with a key no integration has, on this node.', value: unknownKeys },
        tocsin_intake_refused_total: {
          help: 'Requests with a known key that were answered with a no, on this node; each is kept.',
          value: refusals,
        },
      }
    },
    async reasons() {
      const { oldestAt } = await readBacklog(db.sql)
      return oldestAt !== null && clock.now() - oldestAt > WAIT_MAX_MS ? [`accepted bodies wait since ${iso(oldestAt)}`] : []
    },
    kept: [
      {
        name: 'bodies',
        tables: ['alerts_inbox', 'alerts_hours'],
        keptMs: keep.bodiesMs,
        forget: (before, rows) => forgetBodiesBefore(db, clock.now(), before, keep.bodiesBytes, rows),
      },
      {
        name: 'unparsed',
        tables: ['alerts_unparsed'],
        keptMs: keep.unparsedMs,
        forget: (before, rows) => forgetUnparsed(db.sql, before, rows),
      },
    ],
    /** Writes what was counted and lets go of the worker. */
    async close() {
      await reader.close()
      await hours.flush()
    },
  })
}
