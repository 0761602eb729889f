import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Which way nothing gets through: to the server, back from it, or neither. */
export type Silence = 'there' | 'back' | 'both'

/** A wire to a server that can go silent as a failover or a partition makes it: nothing is refused, nothing arrives. */
export interface FaultyWire {
  port: number
  /** Connections that are there go silent; new ones work. */
  hush(way?: Silence): void
  /** New ones go silent as well, until `heal`. */
  hushAll(): void
  heal(): void
  /** The connection over which these bytes go to the server next goes silent: before they arrive, or so that only the answer is lost. */
  hushAt(bytes: string, when: 'before' | 'after'): Promise<void>
  /** Settles when something is lost next: asked, or answered, over a line that leads nowhere. */
  lost(): Promise<void>
  close(): Promise<void>
}

export async function layWire(to: { path: string } | { host: string; port: number }): Promise<FaultyWire> {
  const lines = new Set<{ near: Socket; far: Socket; silent: Silence | null }>()
  let allSilent = false
  let onLost = () => {}
  let trap: { bytes: string; when: 'before' | 'after'; sprung(): void } | undefined

  const server = createServer((near) => {
    const far = connect(to)
    const line = { near, far, silent: allSilent ? ('both' as Silence | null) : null }
    lines.add(line)
    near.on('data', (chunk) => {
      const springs = trap !== undefined && chunk.includes(trap.bytes)
      if (springs && trap!.when === 'before') line.silent = 'both'
      if (line.silent === null || line.silent === 'back') far.write(chunk)
      else onLost()
      if (!springs) return
      line.silent ??= 'back'
      trap!.sprung()
      trap = undefined
    })
    far.on('data', (chunk) => {
      if (line.silent === null || line.silent === 'there') near.write(chunk)
      else onLost()
    })
    for (const end of [near, far]) end.on('error', () => {})
    near.on('close', () => {
      lines.delete(line)
      // What a silent line loses is not told to the other side.
      if (line.silent === null) far.destroy()
    })
    far.on('close', () => line.silent === null && near.destroy())
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    port: (server.address() as AddressInfo).port,
    hush(way = 'both') {
      for (const line of lines) line.silent = way
    },
    hushAll() {
      allSilent = true
      for (const line of lines) line.silent = 'both'
    },
    heal() {
      allSilent = false
    },
    hushAt: (bytes, when) =>
      new Promise((sprung) => {
        trap = { bytes, when, sprung }
      }),
    lost: () =>
      new Promise((lost) => {
        onLost = lost
      }),
    async close() {
      for (const { near, far } of lines) for (const end of [near, far]) end.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
}
