import { SECOND } from '../../kernel/time.ts'
import type { Database } from '../../platform/db.ts'
import type { Loop } from '../../platform/engine.ts'
import { endAlarm, type IncidentParts, raiseAlarm } from '../incidents/index.ts'
import type { HourCounts } from './hours.ts'

/** Tocsin's own alarms about senders of whom more comes than is kept: of each once a day, and over with the day. */
export function quotaAlarmLoop(db: Database, hours: HourCounts, parts: IncidentParts): Loop {
  /** Unknown after a start: an alarm may have been left open. */
  const raised = new Map<string, boolean>()
  const kinds = [
    {
      key: 'bodies-kept',
      day: hours.day,
      title: (whose: string) =>
        `More came in today by ${whose} than is kept whole: alerts are taken in as ever, of bodies only the first 4 KB stay until midnight UTC. TOCSIN_KEEP_BODIES_DAY sets how much`,
    },
    {
      key: 'alerts-kept',
      day: hours.alertsOfDay,
      title: (whose: string) =>
        `More new alerts came today by ${whose} than are kept one by one: until midnight UTC what is new by an integration is one alert, which pages; alerts that are open go on as ever. TOCSIN_KEEP_ALERTS_DAY sets how much`,
    },
  ]
  return {
    name: 'quota-alarm',
    everyMs: 15 * SECOND,
    async tick(now) {
      await hours.readDay(now)
      const told = kinds.map(({ key, day, title }) => {
        const { integrations, all } = day.over(now)
        const whose = [...integrations, ...(all ? ['all integrations together'] : [])]
        return { key, isOver: whose.length > 0, title: title(whose.slice(0, 5).join(', ')) }
      })
      const changed = told.filter(({ key, isOver }) => isOver !== raised.get(key))
      const over = changed.filter(({ isOver }) => isOver)
      const ended = changed.filter(({ isOver }) => !isOver).map(({ key }) => key)
      if (ended.length > 0) await db.transaction((tx) => endAlarm(tx, now, ...ended))
      for (const alarm of over) await db.transaction(async (tx) => raiseAlarm(tx, now, parts, await parts.documents.fresh(tx.sql), alarm))
      for (const { key, isOver } of changed) raised.set(key, isOver)
      return 0
    },
  }
}
