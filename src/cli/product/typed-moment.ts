import { momentText } from '../../kernel/moment.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import { CommandError } from '../errors.ts'
import { EXIT } from '../exits.ts'
import type { Session } from '../session.ts'
import { tone } from '../text/spans.ts'
import { parsePast, parseWhen } from '../text/when.ts'

/** A time that was typed, in the zone of whoever typed it; said back in it and in UTC, so that nobody is an hour off unnoticed. */
export function momentOf(session: Session, typed: string | undefined, flag: string): Instant | undefined {
  return typed === undefined ? undefined : saidBack(session, typed, parseWhen(typed, session.now(), session.zone), flag, '"in 3h"')
}

/** The same of what has happened: times of day are the last ones there were. */
export function pastMomentOf(session: Session, typed: string | undefined, flag: string): Instant | undefined {
  if (typed === undefined) return undefined
  const isAhead = /^in\s/i.test(typed.trim())
  return saidBack(session, typed, isAhead ? undefined : parsePast(typed, session.now(), session.zone), flag, '"20m ago"')
}

function saidBack(session: Session, typed: string, at: Instant | undefined, flag: string, length: string): Instant {
  if (at === undefined)
    throw new CommandError(EXIT.usage, `${flag} is ‹${typed}›; write a time such as "fri 18:00", 2026-01-05T09:00 or ${length}.`)
  session.say(tone('dim', `${typed} is ${momentText(at, session.now(), { language: 'en', zone: session.zone })}.`))
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
