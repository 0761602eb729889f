import { setTimeout as later } from 'node:timers/promises'

/** Asks again and again until the answer is something; fails after the time-out with the last reason why not. */
export async function until<Answer>(
  what: string,
  ask: () => Promise<Answer | false | undefined> | Answer | false | undefined,
  { timeoutMs = 20_000, everyMs = 50 } = {},
): Promise<Answer> {
  const end = performance.now() + timeoutMs
  let trouble = ''
  for (;;) {
    try {
      const answer = await ask()
      if (answer !== false && answer !== undefined) return answer
      trouble = ''
    } catch (error) {
      trouble = `: ${(error as Error).message}`
    }
    if (performance.now() > end) throw new Error(`Not within ${timeoutMs} ms: ${what}${trouble}`)
    await later(everyMs)
  }
}
