import { isRefusal } from '../../kernel/result.ts'
import { HOUR, type Instant, MINUTE, SECOND } from '../../kernel/time.ts'
import type { Loop } from '../../platform/engine.ts'
import { claimDemoDay, readDemoDay } from '../../platform/installation.ts'
import type { Log } from '../../platform/log.ts'
import { readOpenIncidents, resolve } from '../incidents/index.ts'
import { type DemoWorld, dayScenes, doorsOf, type Scene, scenesUnderWay } from './month.ts'
import { hasFirstIntegration } from './routes.ts'

const LOOK_EVERY_MS = 15 * SECOND
/** Whoever was away longer does not live through it after the event: what should be under way begins then. */
const CAUGHT_UP_MS = 20 * MINUTE
/** Nobody of the company leaves anything open for as long. */
const OPEN_AT_MOST_MS = 3 * HOUR

/**
 * Lets the company's day go on for as long as the demo is there: its monitoring reports, its people take what nobody has taken,
 * in the product and at its own clock. A piece of the day is claimed before it is played: a crash skips it, and no node repeats it.
 */
export function demoDayLoop(world: DemoWorld, log: Log): Loop {
  const doors = doorsOf(world)
  const play = async (scene: Scene) => {
    try {
      await scene.play(world, doors)
    } catch (error) {
      // Whoever looks at the demo may have done it before, or otherwise.
      log.debug({ err: (error as Error).message }, 'a scene of the demo came to nothing')
    }
  }
  return {
    name: 'demo-day',
    everyMs: LOOK_EVERY_MS,
    async tick(now) {
      const day = await readDemoDay(world.db.sql)
      if (day === null || now <= day.playedUntil) return 0
      if (!hasFirstIntegration(await world.documents.fresh(world.db.sql))) return 0
      if (!(await claimDemoDay(world.db.sql, day.playedUntil, now))) return 0
      const wasAway = now - day.playedUntil > CAUGHT_UP_MS
      if (wasAway) await clearUp(world, now)
      const scenes = wasAway ? scenesUnderWay(day.beganAt, now) : dayScenes(day.beganAt, day.playedUntil, now)
      for (const scene of scenes) await play(scene)
      return scenes.length
    },
  }
}

/** What stood open while the server was stopped is over. */
async function clearUp({ db, incidents }: DemoWorld, now: Instant): Promise<void> {
  const open = await readOpenIncidents(db.sql, 1000)
  for (const { id } of open.filter(({ demo, detectedAt }) => demo && now - detectedAt > OPEN_AT_MOST_MS))
    await db.transaction(async (tx) => {
      const outcome = await resolve(tx, now, incidents, id, 'system')
      if (isRefusal(outcome)) throw new Error(outcome.message)
    })
}
