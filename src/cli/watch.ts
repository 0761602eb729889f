import { EXIT, type ExitCode } from './exits.ts'
import { follow, pause } from './server/events.ts'
import type { Session } from './session.ts'

/** Events come in storms: a picture is drawn at most this often. */
const CALM_MS = 250
/** Ages move on, and without events this is how often is asked. */
const POLL_MS = 5_000

/**
 * Runs a command once, or with --watch again and again: on a terminal the picture is drawn anew in its place, elsewhere
 * it is printed when it changed. Ends with Ctrl-C.
 */
export async function watchOr(
  session: Session,
  { watch }: { watch?: boolean | undefined },
  draw: (screen: Session) => Promise<ExitCode>,
): Promise<ExitCode> {
  if (!watch) return draw(session)
  const stop = session.terminal.interrupted()
  const news = newsFrom(session, stop)
  let before = ''
  let cleared = false
  while (!stop.aborted) {
    const { screen, text } = recording(session)
    await draw(screen)
    const picture = text()
    const { stdout } = session.terminal
    if (stdout.isTerminal)
      stdout.write(
        inPlace(picture, { first: !cleared, rows: stdout.rows(), foot: `${news.connected() ? 'live' : 'asking every 5 s'}, Ctrl-C ends` }),
      )
    else if (picture !== before) stdout.write(picture)
    before = picture
    cleared = true
    await news.next(POLL_MS)
  }
  return EXIT.ok
}

/** Says when something happened on the server; while the stream is away, time alone does. */
export function newsFrom(session: Session, stop: AbortSignal): { next(ms: number): Promise<void>; connected(): boolean } {
  let connected = false
  let happened = false
  let wake = () => {}
  const listen = async () => {
    for await (const { type } of follow(session.server(), stop)) {
      connected = type !== 'lost'
      happened ||= type !== 'lost' && type !== 'connected'
      if (happened) wake()
    }
  }
  // Whoever draws asks as well, and is told.
  listen().catch(() => {
    connected = false
  })
  return {
    connected: () => connected,
    async next(ms) {
      if (!happened) {
        const woken = new AbortController()
        wake = () => woken.abort()
        await pause(ms, AbortSignal.any([woken.signal, stop]))
      }
      if (happened) await pause(CALM_MS, stop)
      happened = false
    },
  }
}

/** A session whose output is kept, to be drawn at once. */
export function recording(session: Session): { screen: Session; text(): string } {
  let kept = ''
  const write = (text: string) => {
    kept += text
  }
  const keep = (from: Session['terminal']['stdout']) => ({ ...from, write })
  const terminal = { ...session.terminal, stdout: keep(session.terminal.stdout), stderr: keep(session.terminal.stderr) }
  return { screen: session.on(terminal), text: () => kept }
}

const CLEAR = '\u001b[2J'
const HOME = '\u001b[H'
const REST_OF_LINE = '\u001b[K'
const REST_OF_SCREEN = '\u001b[J'
const WRAP = { off: '\u001b[?7l', on: '\u001b[?7h' }

/** From the top, each line cleared to its end, what was below wiped away; what does not fit the screen is left out above the foot. */
export function inPlace(picture: string, { first, rows = 24, foot }: { first: boolean; rows?: number | undefined; foot: string }): string {
  const lines = picture
    .replace(/\n$/, '')
    .split('\n')
    .slice(0, Math.max(1, rows - 3))
  const drawn = [...lines, '', foot].map((line) => `${line}${REST_OF_LINE}\n`).join('')
  return `${first ? CLEAR : ''}${HOME}${WRAP.off}${drawn}${REST_OF_SCREEN}${WRAP.on}`
}
