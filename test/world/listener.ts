import { ADMIN_TOKEN, type World } from './world.ts'

/** Somebody who listens to what happens, as a browser does. */
export interface Listener {
  response: Response
  /** Everything that came, as it came. */
  heard(): string
  hasEnded(): boolean
  /**
   * Does what is due until it fits. A transaction that others have open on this database server holds followers back, so once may
   * not be enough however long one waits; a test that waits in vain ends by its own limit.
   */
  until(fits: () => boolean | Promise<boolean>): Promise<void>
  leave(): Promise<void>
}

export async function listenTo(world: World, headers: Record<string, string> = {}, query = ''): Promise<Listener> {
  const stop = new AbortController()
  const response = await fetch(`${world.baseUrl}/api/v1/events${query}`, {
    headers: { ...(!headers['cookie'] && { authorization: `Bearer ${ADMIN_TOKEN}` }), ...headers },
    signal: stop.signal,
  })
  let heard = ''
  let ended = false
  const reading = (async () => {
    for await (const chunk of response.body!) heard += Buffer.from(chunk).toString()
    ended = true
  })().catch(() => {})
  return {
    response,
    heard: () => heard,
    hasEnded: () => ended,
    async until(fits) {
      while (!(await fits())) await world.settle()
    },
    async leave() {
      stop.abort()
      await reading
    },
  }
}
