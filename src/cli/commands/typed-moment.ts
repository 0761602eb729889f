import type { Instant } from '../../kernel/time.ts'
import { iso } from '../../kernel/time.ts'
import { CommandError } from '../errors.ts'
import { EXIT } from '../exits.ts'
import type { Session } from '../session.ts'
import { tone } from '../text/spans.ts'
import { parsePast, parseWhen } from '../text/when.ts'

/** A time that was typed, in the zone of whoever typed it; said back in UTC, so that nobody is an hour off unnoticed. */
export function momentOf(session: Session, typed: string | undefined, flag: string): Instant | undefined {
  if (typed === undefined) return undefined
  const at = parseWhen(typed, session.now(), session.zone)
  if (at === undefined)
    throw new CommandError(EXIT.usage, `${flag} is ‹${typed}›; write a time such as "fri 18:00", 2026-01-05T09:00 or "in 3h".`)
  session.say(tone('dim', `${typed} in ${session.zone} is ${iso(at).slice(0, 16).replace('T', ' ')} UTC.`))
  return at
}

/** `--since` and `--until` of a list, as a query takes them. */
export function spanOf(session: Session, { since, until }: { since: string | undefined; until: string | undefined }) {
  return { ...pastOf(session, since, 'since'), ...pastOf(session, until, 'until') }
}

function pastOf<Flag extends 'since' | 'until'>(session: Session, typed: string | undefined, flag: Flag): { [F in Flag]?: string } {
  if (typed === undefined) return {}
  const at = parsePast(typed, session.now(), session.zone)
  if (at === undefined)
    throw new CommandError(EXIT.usage, `--${flag} is ‹${typed}›; write 24h, "mon 09:00" or a date such as 2026-01-05T09:00.`)
  return { [flag]: iso(at) } as { [F in Flag]?: string }
}
