import { join } from 'node:path'
import { EXIT, type ExitCode } from '../../exits.ts'
import type { Session } from '../../session.ts'
import type { serve } from '../../verbs/installation.ts'
import type { InputOf } from '../../verbs/verb.ts'

/** Runs the server until a signal stops it. */
export async function serveUntilStopped(session: Session, flags: InputOf<typeof serve>): Promise<ExitCode> {
  // Before anything begins: from here on a signal ends in order what has begun by then.
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort())
  // Other commands do not wait for the server's code to load.
  const [{ readSettings, unusedProxy }, { isStartRefusal, serve }] = await Promise.all([
    import('../../../platform/settings.ts'),
    import('../../../serve.ts'),
  ])
  const { root, version, terminal } = session
  try {
    const places = {
      migrations: join(root, 'migrations'),
      web: join(root, 'dist/web'),
      readingWorker: join(root, 'dist/server/reading-worker.js'),
      version,
      browse: terminal.browse,
    }
    const proxy = unusedProxy(terminal.env)
    if (proxy !== null)
      session.say(
        `${proxy} is set and not used: Tocsin calls webhooks and push servers itself, so that each address is checked. Let it out directly, or unset ${proxy}.`,
      )
    await serve(readSettings(withoutAbsent(flags), terminal.env), places, stop.signal)
    return EXIT.ok
  } catch (error) {
    if (!isStartRefusal(error)) throw error
    session.say(error.message)
    return EXIT.usage
  }
}

function withoutAbsent(flags: InputOf<typeof serve>): { [Name in keyof InputOf<typeof serve>]?: NonNullable<InputOf<typeof serve>[Name]> } {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined))
}
