import { join } from 'node:path'
import { EXIT, type ExitCode } from '../exits.ts'
import type { Session } from '../session.ts'
import type { serve } from '../verbs/installation.ts'
import type { InputOf } from '../verbs/verb.ts'

/** Runs the server until a signal stops it. */
export async function serveUntilStopped(session: Session, flags: InputOf<typeof serve>): Promise<ExitCode> {
  // Other commands do not wait for the server's code to load.
  const [{ readSettings }, { isStartRefusal, serve }] = await Promise.all([import('../../platform/settings.ts'), import('../../serve.ts')])
  const { root, version, terminal } = session
  try {
    const server = await serve(readSettings(withoutAbsent(flags), terminal.env), {
      migrations: join(root, 'migrations'),
      web: join(root, 'dist/web'),
      readingWorker: join(root, 'dist/server/reading-worker.js'),
      version,
    })
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
    })
    await server.stop()
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
