import { DAY, SECOND } from '../../kernel/time.ts'
import type { Database } from '../../platform/db.ts'
import type { Loop } from '../../platform/engine.ts'
import { FORGET_ROWS } from '../../platform/retention.ts'
import { endAlarm, type IncidentParts, raiseAlarm } from '../incidents/index.ts'
import { isOff, TRIED_FOR_MS } from './delivery.ts'
import { Hook } from './hook.ts'
import { forgetHook, readAllStates } from './store.ts'

/** Tocsin's own alarm about hooks that were switched off; over when they are on again, or gone. */
export function hookAlarmLoop(db: Database, parts: IncidentParts): Loop {
  const raised = new Set<string>()
  /** Unknown after a start: an alarm may have been left open. */
  let isFresh = true
  /** Without a hook nothing is asked, once what the last one left behind is gone. */
  let isEmpty = false
  return {
    name: 'hook-alarms',
    everyMs: 15 * SECOND,
    async tick(now) {
      const snapshot = await parts.documents.fresh(db.sql)
      const hooks = snapshot.all(Hook)
      if (hooks.length === 0 && isEmpty) return 0
      const known = new Map(hooks.map((hook) => [hook.name, hook]))
      const states = await readAllStates(db.sql)
      const off = states.filter((state) => known.has(state.hook) && isOff(state, known.get(state.hook)!.changedAt))
      const gone = states.filter(({ hook }) => !known.has(hook)).map(({ hook }) => hook)
      const names = off.map(({ hook }) => hook)
      const suspects = isFresh ? [...known.keys(), ...gone] : [...raised]
      const ended = suspects.filter((hook) => !names.includes(hook)).map((hook) => `hook:${hook}`)
      if (ended.length > 0) await db.transaction((tx) => endAlarm(tx, now, ...ended))
      for (const hook of gone) await forgetHook(db.sql, hook, FORGET_ROWS)
      for (const name of names.filter((one) => !raised.has(one)))
        await db.transaction(async (tx) =>
          raiseAlarm(tx, now, parts, await parts.documents.fresh(tx.sql), { key: `hook:${name}`, title: titleOf(name), severity: 3 }),
        )
      raised.clear()
      for (const name of names) raised.add(name)
      isFresh = false
      isEmpty = states.length === 0
      return 0
    },
  }
}

function titleOf(name: string): string {
  return `Webhook ‹${name}› is switched off: nothing has arrived there for ${TRIED_FOR_MS / DAY} days. Mend its receiver, then \`tocsin hook test ${name}\` switches it on`
}
