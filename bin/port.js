// Whether `serve` can listen where it is told to, asked before anything is built or started: it is the most usual mistake,
// and nobody should wait for it. What cannot be read here is refused, with its mend, by the program itself.
import { createServer } from 'node:net'

/** The sentence that stops the start; undefined when the port is free. */
export async function portTaken(args, env) {
  if (args[0] !== 'serve' || args.includes('--help') || args.includes('-h')) return undefined
  const at = args.findIndex((one) => one === '--listen' || one.startsWith('--listen='))
  const flag = at === -1 ? undefined : args[at].includes('=') ? args[at].slice('--listen='.length) : args[at + 1]
  const found = /^(?:(\[[0-9a-f:.]+\]|[^:]*):)?(\d{1,5})$/i.exec(flag ?? (env.TOCSIN_LISTEN?.trim() || '127.0.0.1:4400'))
  const port = Number(found?.[2])
  if (!found || port === 0 || port > 65535) return undefined
  const host = (found[1] ?? '127.0.0.1').replace(/^\[|\]$/g, '') || '0.0.0.0'
  const code = await new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve(error.code))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
  if (code === 'EADDRINUSE') return `${host}:${port} is in use; stop what listens there, or choose another with --listen.`
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') return `${host}:${port} cannot be listened on (${code}); choose another with --listen.`
  return undefined
}
