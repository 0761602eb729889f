import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Caller } from '../../platform/contract.ts'
import type { Transaction } from '../../platform/db.ts'
import { actorOf, endHeld, numberText } from '../incidents/index.ts'
import { levelAt, schemeOnce } from '../severity/index.ts'
import { type Entry, fact } from '../timeline/index.ts'
import { blocked, readChecklist } from './checklist.ts'
import { unmet } from './checks.ts'
import type { Command } from './command.ts'
import type { CommandParts, Held } from './held.ts'

/** What is said when an incident is resolved. */
export interface Resolving {
  resolution?: string | undefined
  dataLoss?: 'none' | 'some' | 'unknown' | undefined
  /** Although not everything is checked: shown for ever. */
  override?: { reason: string } | undefined
}

/**
 * A person says it is over: its alerts end, what runs for it stops. A declared one says what ended it, and its level says whether
 * everything has to be checked before.
 */
export async function resolveHeld(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  before: Held,
  caller: Caller,
  at: Instant,
  said: Resolving,
): Promise<(Held & { entries: Entry[]; warnings: string[] }) | Refusal<'resolution-wanted' | 'not-verified'>> {
  const { incident, command } = before
  const by = actorOf(caller)
  const about = { incidentId: incident.id, happenedAt: at, actor: by }
  const first: Entry[] = []
  let warnings: string[] = []
  let after: Command | null = command
  if (command) {
    const resolution = said.resolution ?? command.resolution
    if (!resolution)
      return refuse('resolution-wanted', 'Say in `resolution` what ended it, in a sentence that whoever reads it later understands.')
    const checked = await verify(tx, now, parts, before, said)
    if (isRefusal(checked)) return checked
    warnings = checked.warnings
    if (checked.overridden.length > 0)
      first.push(fact(about, 'resolve.overridden', { reason: said.override!.reason, items: checked.overridden }))
    after = { ...command, resolution, dataLoss: said.dataLoss ?? command.dataLoss ?? 'unknown' }
    for (const field of ['resolution', 'dataLoss'] as const)
      if (after[field] !== command[field]) first.push(fact(about, 'incident.changed', { field, was: command[field], is: after[field] }))
  }
  const { next, alertsEnded, stopped } = await endHeld(tx, now, parts, incident, { to: 'resolved', by, at })
  const done = fact(about, 'incident.resolved', { reason: 'by-hand', alertsEnded })
  return { ...before, incident: next, command: after, entries: [...first, done, ...stopped], warnings }
}

/** By the level: all of it checked, or overruled with a reason; only told; or not asked. What is part of it ends first, whatever the level. */
async function verify(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  held: Held,
  { override }: Resolving,
): Promise<{ warnings: string[]; overridden: string[] } | Refusal<'not-verified'>> {
  const { incident } = held
  const scheme = await schemeOnce(tx.sql, parts.documents, incident.severityScheme, incident.severitySchemeVersion)
  const mode = scheme ? levelAt(scheme.spec, incident.severity).resolve : 'free'
  const items = await readChecklist(tx.sql, parts, held, 'resolution', now, mode === 'free' ? ['subs-resolved'] : undefined)
  const left = unmet(items)
  const subs = left.filter(({ item }) => item === 'subs-resolved')
  if (subs.length > 0)
    return blocked('not-verified', `${numberText(incident.number)} has parts that are still open: resolve them first`, subs)
  if (left.length === 0 || mode === 'free') return { warnings: [], overridden: [] }
  const names = left.map(({ item }) => item)
  if (mode === 'advised') return { warnings: names.map((item) => `Not checked: ${item}.`), overridden: [] }
  if (override) return { warnings: [], overridden: names }
  return blocked(
    'not-verified',
    `Not everything is checked: check it, waive it with a reason, or resolve with \`override: { reason }\`, which is shown for ever`,
    left,
  )
}
