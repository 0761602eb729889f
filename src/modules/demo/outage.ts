import { type Refusal, refuse } from '../../kernel/result.ts'
import { type Instant, iso, MINUTE, SECOND } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import type { Loop } from '../../platform/engine.ts'
import { claimDemoOutage, noteDemoOutage, readDemoOutage } from '../../platform/installation.ts'
import type { Log } from '../../platform/log.ts'
import { COMPANY } from './company.ts'
import { type DemoWorld, doorsOf, incidentsSince, scenesIn } from './month.ts'
import { OUTAGE } from './story.ts'

export const OUTAGE_LOOP = 'demo-outage'
/** Asked for, it is woken; this is for what another node was asked. */
const LOOK_EVERY_MS = MINUTE
const TAKEN_IN_MS = MINUTE

/** Lets an outage begin now; one at a time. */
export async function startOutage(
  { sql }: Transaction,
  now: Instant,
  pace: number,
  isDemoThere: boolean,
): Promise<{ service: string; pace: number; endsAt: string } | Refusal<'no-demo' | 'already-going'>> {
  if (!isDemoThere) return refuse('no-demo', `${COMPANY} is not here: it begins with tocsin demo start.`)
  const going = await readDemoOutage(sql)
  if (going) return refuse('already-going', `One is going on already, until ${iso(endOf(going.beganAt, going.pace))}.`)
  await noteDemoOutage(sql, { beganAt: now, pace, playedUntil: now - 1 })
  return { service: OUTAGE.service, pace, endsAt: iso(endOf(now, pace)) }
}

/** Plays what is due of it. A step is claimed before it is played: a crash skips it, and no node repeats it. */
export function demoOutageLoop(world: DemoWorld, log: Log): Loop {
  const doors = doorsOf(world)
  const { sql } = world.db
  return {
    name: OUTAGE_LOOP,
    everyMs: LOOK_EVERY_MS,
    async tick(now) {
      const outage = await readDemoOutage(sql)
      if (!outage) return 0
      const scenes = scenesIn(OUTAGE, outage.beganAt, outage.pace)
      const due = scenes.filter(({ at }) => at > outage.playedUntil && at <= now)
      if (due.length === 0) {
        if (outage.playedUntil >= scenes.at(-1)!.at) await noteDemoOutage(sql, null)
        return 0
      }
      // One at a time: what each brings about is done before the next. Nobody acts on an alert that is still being taken in.
      const [scene] = due
      const isTakenIn = scene === scenes[0] || (await incidentsSince(world, OUTAGE.service, outage.beganAt)).length > 0
      if (!isTakenIn && now - outage.beganAt < TAKEN_IN_MS) return 0
      if (!(await claimDemoOutage(sql, outage, scene!.at))) return 0
      try {
        await scene!.play(world, doors)
      } catch (error) {
        // Whoever watches may have done it before, or otherwise.
        log.debug({ err: (error as Error).message }, 'a step of the outage came to nothing')
      }
      return 1
    },
    async nextAt() {
      const outage = await readDemoOutage(sql)
      const next = outage && scenesIn(OUTAGE, outage.beganAt, outage.pace).find(({ at }) => at > outage.playedUntil)
      return next ? Math.max(next.at, world.clock.now() + SECOND) : null
    },
  }
}

function endOf(beganAt: Instant, pace: number): Instant {
  return scenesIn(OUTAGE, beganAt, pace).at(-1)!.at
}
