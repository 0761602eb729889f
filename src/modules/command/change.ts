import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Caller, Input } from '../../platform/contract.ts'
import type { Transaction } from '../../platform/db.ts'
import type { Snapshot } from '../documents/index.ts'
import { actorOf, changedMeanwhile, changeHeld, numberText } from '../incidents/index.ts'
import { propose, rankOf, type SchemeVersion, type SeverityLevel, schemeOnce } from '../severity/index.ts'
import { type Entry, fact } from '../timeline/index.ts'
import type { Command } from './command.ts'
import type { commandContract } from './contract.ts'
import { type CommandParts, type Held, hold, settle } from './held.ts'

type Body = Input<(typeof commandContract)['changeIncident']>['body']

/** What of a declared incident people write down, one field each. */
const WRITTEN = ['facts', 'cause', 'resolution', 'impact', 'fields', 'review'] as const

/** A person's word on what it is. Only its level decides about pages, so that alone is planned anew. */
export async function change(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  snapshot: Snapshot,
  ref: string,
  caller: Caller,
  body: Body,
): Promise<Held | Refusal<'not-found' | 'changed-meanwhile' | 'not-declared' | 'no-such-level' | 'reason-wanted' | 'invalid'>> {
  const before = await hold(tx, ref, caller)
  if (isRefusal(before)) return before
  const { incident } = before
  const changed = changedMeanwhile(incident, body.expected, body)
  if (changed) return changed
  const written = WRITTEN.filter((name) => body[name] !== undefined)
  if (written.length > 0 && !before.command)
    return refuse(
      'not-declared',
      `${numberText(incident.number)} is not declared; declare it first, then write down its ${written.join(', ')}.`,
    )
  const scheme = await schemeOnce(tx.sql, parts.documents, incident.severityScheme, incident.severitySchemeVersion)
  const level = levelWanted(before, body, scheme)
  if (isRefusal(level)) return level
  const by = actorOf(caller)
  const said = { title: body.title, summary: body.summary, reason: body.reason, ...level }
  const { next, entries } = await changeHeld(tx, now, parts, snapshot, incident, by, said)
  const after: Held = {
    ...before,
    incident: body.kind === undefined ? next : { ...next, kind: body.kind },
    command: before.command && write(before.command, body),
  }
  const about = { incidentId: incident.id, happenedAt: now, actor: by }
  for (const field of written)
    if (JSON.stringify(before.command![field]) !== JSON.stringify(after.command![field]))
      entries.push(fact(about, 'incident.changed', { field, was: before.command![field], is: after.command![field] }))
  if (after.incident.kind !== incident.kind)
    entries.push(fact(about, 'incident.changed', { field: 'kind', was: incident.kind, is: after.incident.kind }))
  return settle(tx, now, parts, before, after, entries satisfies Entry[])
}

function write(command: Command, body: Body): Command {
  const { facts, cause, resolution, impact, fields, review } = body
  return {
    ...command,
    ...(facts && { facts: { ...command.facts, ...facts } }),
    ...(cause !== undefined && { cause }),
    ...(resolution !== undefined && { resolution }),
    ...(impact && { impact: { ...command.impact, ...impact } as Command['impact'] }),
    ...(fields && { fields: { ...command.fields, ...fields } }),
    ...(review && { review: 'at' in review ? { at: Date.parse(review.at) } : review }),
  }
}

/** The rank and key that are wanted, if any. Of a declared incident a milder one than it was, or than the facts propose, needs a reason. */
function levelWanted(
  { incident, command }: Held,
  { level: key, severity, reason, facts }: Body,
  scheme: SchemeVersion | undefined,
): { severity?: number; level?: string } | Refusal<'no-such-level' | 'invalid' | 'reason-wanted'> {
  if (key === undefined && severity === undefined) return {}
  const levels: SeverityLevel[] = scheme?.spec.levels ?? []
  const said = key === undefined ? undefined : levels.find((one) => one.key.toLowerCase() === key.toLowerCase())
  if (key !== undefined && !said)
    return refuse(
      'no-such-level',
      levels.length === 0
        ? 'It is from before there were levels; say `severity`, a rank from 1 to 5.'
        : `The scheme ${scheme!.name} has no level ‹${key}›; it has ${levels.map((one) => one.key).join(', ')}.`,
    )
  const rank = said ? rankOf(scheme!.spec, said.key) : severity!
  if (severity !== undefined && severity !== rank)
    return refuse('invalid', `\`level\` ${said!.key} is rank ${rank}, but \`severity\` says ${severity}; leave one of them out.`)
  const named = said?.key ?? levels[Math.min(rank, levels.length) - 1]?.key
  const graded = { severity: rank, ...(named !== undefined && { level: named }) }
  if (!command || reason) return graded
  const proposal = facts && scheme ? propose(scheme.spec, { ...command.facts, ...facts }) : undefined
  const least = Math.min(incident.severity, proposal && proposal.because.fact !== 'unknown' ? proposal.rank : incident.severity)
  if (rank > least)
    return refuse(
      'reason-wanted',
      `${named ?? `Rank ${rank}`} is milder than ${levels[least - 1]?.key ?? `rank ${least}`}; say in \`reason\` why.`,
    )
  return graded
}
