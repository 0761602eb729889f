import { type Clock, type Instant, SECOND } from '../kernel/time.ts'
import type { Log } from './log.ts'

/**
 * Background work: asks the database what is due and does it. Keeps no truth in memory, so a crash loses time, never
 * work; called again at once while it answers more than 0.
 */
export interface Loop {
  name: string
  /** The longest pause between two looks. A lost hint costs at most this; after a failure the pause is seconds. */
  everyMs: number
  /** Its work is to page, or to let go of something: while the installation is paused it finds nothing to do. */
  restsInPause?: true
  /** Does what is due; answers how many things it did. */
  tick(now: Instant): Promise<number>
  /** When something falls due next, so that the loop sleeps until then instead of its whole pause. */
  nextAt?(): Promise<Instant | null>
  /** Waits for work under way outside ticks (requests to providers); answers whether there was any. */
  quiet?(): Promise<boolean>
}

export interface LoopHealth {
  name: string
  everyMs: number
  lastSuccessAt: Instant | null
  lastError: string | null
  /** How long it has been due to succeed again, counted from the start while it never has. */
  lateMs: number
  /** How long the current or last tick took. */
  tookMs: number
  runningSince: Instant | null
}

export interface Engine {
  add(loop: Loop): void
  start(): void
  /** A hint after a commit that there is work; makes it instant, is never needed for it to happen. */
  nudge(name: string): void
  /** Runs all loops, or those named, until none finds anything to do: how tests and the demo pass time without sleeping. */
  settle(only?: string[]): Promise<void>
  health(): LoopHealth[]
  /** Takes no new work and waits for what is under way. */
  stop(): Promise<void>
}

interface Slot {
  loop: Loop
  health: LoopHealth
  timer: NodeJS.Timeout | undefined
  running: Promise<void> | undefined
  again: boolean
  failuresInARow: number
}

export function createEngine(clock: Clock, log: Log): Engine {
  const slots = new Map<string, Slot>()
  let startedAt: Instant | null = null
  let stopping = false

  async function once(slot: Slot): Promise<number> {
    const { loop, health } = slot
    health.runningSince = clock.now()
    const began = performance.now()
    try {
      const done = await loop.tick(clock.now())
      health.lastSuccessAt = clock.now()
      health.lastError = null
      slot.failuresInARow = 0
      return done
    } catch (error) {
      // One failing loop never stops another, nor itself: it is run again, whatever its pause.
      slot.failuresInARow += 1
      health.lastError = (error as Error).message
      log.error(
        { loop: loop.name, code: (error as { code?: string }).code, err: (error as Error).message },
        'a loop failed and will be run again',
      )
      return 0
    } finally {
      health.tookMs = performance.now() - began
      health.runningSince = null
    }
  }

  function run(slot: Slot): void {
    if (stopping || slot.running) {
      slot.again = true
      return
    }
    clearTimeout(slot.timer)
    slot.running = (async () => {
      do {
        slot.again = false
        while ((await once(slot)) > 0 && !stopping);
      } while (slot.again && !stopping)
      await pause(slot)
    })().finally(() => {
      slot.running = undefined
      // A hint that came while the pause was being worked out must not wait for its end.
      if (slot.again && !stopping) run(slot)
    })
  }

  async function pause(slot: Slot): Promise<void> {
    let ms = Math.min(slot.loop.everyMs, retryMs(slot.failuresInARow))
    try {
      // What failed is still due: its moment says nothing about when to try again.
      const nextAt = slot.again || slot.failuresInARow > 0 ? null : ((await slot.loop.nextAt?.()) ?? null)
      if (nextAt !== null) ms = Math.min(ms, Math.max(nextAt - clock.now(), 0))
    } catch {
      // The database is away: the plain pause will do.
    }
    if (!stopping) slot.timer = setTimeout(run, ms, slot)
  }

  return {
    add(loop) {
      const health: LoopHealth = {
        name: loop.name,
        everyMs: loop.everyMs,
        lastSuccessAt: null,
        lastError: null,
        lateMs: 0,
        tookMs: 0,
        runningSince: null,
      }
      slots.set(loop.name, { loop, health, timer: undefined, running: undefined, again: false, failuresInARow: 0 })
    },
    start() {
      startedAt = clock.now()
      for (const slot of slots.values()) run(slot)
    },
    nudge(name) {
      const slot = slots.get(name)
      if (startedAt !== null && slot) run(slot)
    },
    async settle(only) {
      const settling = only === undefined ? [...slots.values()] : only.map((name) => slots.get(name)!)
      for (let quiet = false; !quiet; ) {
        quiet = true
        for (const slot of settling) {
          while ((await once(slot)) > 0) quiet = false
          if (await slot.loop.quiet?.()) quiet = false
          if (slot.health.lastError !== null) throw new Error(`Loop ${slot.loop.name} failed: ${slot.health.lastError}`)
        }
      }
    },
    health() {
      const now = clock.now()
      return [...slots.values()].map(({ health }) => ({
        ...health,
        lateMs: Math.max(0, now - (health.lastSuccessAt ?? startedAt ?? now) - health.everyMs),
      }))
    },
    async stop() {
      stopping = true
      for (const slot of slots.values()) clearTimeout(slot.timer)
      await Promise.all([...slots.values()].map((slot) => slot.running))
    },
  }
}

/** Whether work waits for a loop longer than anybody should: it may have failed meanwhile and be well again. */
export function isLate({ everyMs, lateMs }: Pick<LoopHealth, 'everyMs' | 'lateMs'>): boolean {
  return lateMs > Math.max(2 * everyMs, 30 * SECOND)
}

/** 1 s, 2 s, 4 s … a minute: however seldom a loop runs, what failed is tried again while somebody looks. */
function retryMs(failuresInARow: number): number {
  return failuresInARow === 0 ? Number.POSITIVE_INFINITY : Math.min(SECOND * 2 ** (failuresInARow - 1), 60 * SECOND)
}
