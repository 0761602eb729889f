import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A wire to the database that can be cut. */
export interface Wire {
  port: number
  /** Cuts the connection over which these bytes go next: before they arrive, or once they have been answered but the answer has not. */
  cutAt(bytes: string, when: 'before' | 'after'): void
  /** Cuts everything and lets nobody through until `mend`. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

export async function layWire({ host, port }: { host: string; port: number }): Promise<Wire> {
  const ends = new Set<Socket>()
  let isCut = false
  let trap: { bytes: string; when: 'before' | 'after' } | undefined
  const server = createServer((near) => {
    if (isCut) return void near.destroy()
    const far = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
    let isSprung = false
    const cutBoth = () => {
      near.destroy()
      far.destroy()
    }
    for (const end of [near, far]) {
      ends.add(end)
      end.on('error', () => {})
      end.on('close', () => {
        ends.delete(end)
        cutBoth()
      })
    }
    near.on('data', (chunk) => {
      if (trap && chunk.includes(trap.bytes)) {
        const { when } = trap
        trap = undefined
        if (when === 'before') return cutBoth()
        isSprung = true
      }
      far.write(chunk)
    })
    far.on('data', (chunk) => (isSprung ? cutBoth() : near.write(chunk)))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    port: (server.address() as AddressInfo).port,
    cutAt(bytes, when) {
      trap = { bytes, when }
    },
    cut() {
      isCut = true
      for (const end of ends) end.destroy()
    },
    mend() {
      isCut = false
    },
    close: () => new Promise((closed) => server.close(() => closed())),
  }
}
