import { setTimeout as delay } from 'node:timers/promises'

/** Looks again and again until there is an answer; undefined when there was none in time. The first look is immediate. */
export async function pollUntil<Answer>(
  look: () => Promise<Answer | undefined> | Answer | undefined,
  { everyMs, forMs }: { everyMs: number; forMs: number },
): Promise<Answer | undefined> {
  const end = performance.now() + forMs
  for (;;) {
    const answer = await look()
    if (answer !== undefined || performance.now() >= end) return answer
    await delay(everyMs)
  }
}

/**
 * Waits without a limit for something that is known to be at work, such as a recovery after a crash, and says so every ten
 * seconds. Looks often at first, because mostly it takes no more than a few milliseconds.
 */
export async function waitPatiently<Answer>(
  look: () => Promise<Answer | undefined> | Answer | undefined,
  { signal, log }: { signal: AbortSignal; log: (line: string) => void },
): Promise<Answer> {
  const begin = performance.now()
  for (let nextReport = 10; ; ) {
    signal.throwIfAborted()
    const answer = await look()
    if (answer !== undefined) return answer
    const seconds = (performance.now() - begin) / 1000
    if (seconds >= nextReport) {
      log(`PostgreSQL is not ready after ${nextReport} s, perhaps recovering from a crash; still waiting.`)
      nextReport += 10
    }
    await delay(seconds < 1 ? 5 : 50)
  }
}
