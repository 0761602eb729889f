/**
 * Lets a test wait for something to arrive instead of sleeping: `told` on every arrival, `waitFor` answers at once when it
 * is there already.
 */
export interface Arrivals<Thing> {
  all: Thing[]
  told(thing: Thing): void
  /** The first that fits, past or future. Fails after the time-out with what did arrive. */
  waitFor(fits: (thing: Thing) => boolean, options?: { timeoutMs?: number }): Promise<Thing>
}

export function arrivals<Thing>(inWords: (thing: Thing) => string): Arrivals<Thing> {
  const all: Thing[] = []
  const waiting = new Set<(thing: Thing) => void>()

  function told(thing: Thing) {
    all.push(thing)
    for (const look of waiting) look(thing)
  }

  function waitFor(fits: (thing: Thing) => boolean, { timeoutMs = 5000 } = {}): Promise<Thing> {
    const there = all.find(fits)
    if (there) return Promise.resolve(there)
    return new Promise((resolve, reject) => {
      const look = (thing: Thing) => {
        if (!fits(thing)) return
        stop()
        resolve(thing)
      }
      const timer = setTimeout(() => {
        stop()
        reject(new Error(`Nothing that fits arrived within ${timeoutMs} ms. What did: ${all.map(inWords).join('; ') || 'nothing'}`))
      }, timeoutMs)
      const stop = () => {
        waiting.delete(look)
        clearTimeout(timer)
      }
      waiting.add(look)
    })
  }

  return { all, told, waitFor }
}
