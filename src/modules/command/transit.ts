import { nameOf } from '../../kernel/actor.ts'
import { parseDuration } from '../../kernel/duration.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import { DAY, type Instant, iso } from '../../kernel/time.ts'
import type { Caller, Input } from '../../platform/contract.ts'
import type { Transaction } from '../../platform/db.ts'
import type { Snapshot } from '../documents/index.ts'
import {
  type Act,
  actorOf,
  afterAct,
  changedMeanwhile,
  endHeld,
  give,
  type Incident,
  isGroupOpen,
  mayBeTaken,
  momentIn,
  numberText,
  pageAgain,
  setMoment,
} from '../incidents/index.ts'
import { levelAt, schemeOnce } from '../severity/index.ts'
import { type Entry, fact } from '../timeline/index.ts'
import { notClosable } from './checklist.ts'
import type { Command } from './command.ts'
import type { commandContract } from './contract.ts'
import { declareHeld } from './declare-held.ts'
import { type CommandParts, type Held, hold, settle } from './held.ts'
import { paced } from './reminders.ts'
import { type Resolving, resolveHeld } from './resolution.ts'
import { momentsOf } from './view.ts'

type Route = (typeof commandContract)['actOnIncident']
type Declaration = Parameters<typeof declareHeld>[6]
/** What is said with an act: with any, and beside when it is resolved or declared. */
export type Body = Partial<Omit<Input<Route>['body'], 'act'>> & { resolution?: Resolving; declaration?: Declaration }
export type TransitAct = Input<Route>['body']['act']
type Refused = Refusal<Extract<keyof Route['refusals'], string>>

/** What was done, with what is to be said beside it. */
export interface Acted {
  held: Held
  warnings: string[]
}

/** How long after its end an incident may be taken up again. */
const REOPENED_WITHIN_MS = 30 * DAY

/** An act of a person on how an incident stands: what the table of acts allows, with what it demands, at the moment it happened. */
export async function transit(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  /** Asked for by the acts that go by it alone. */
  snapshot: () => Promise<Snapshot>,
  ref: string,
  caller: Caller,
  act: TransitAct,
  body: Body,
): Promise<Acted | Refused> {
  const before = await hold(tx, ref, caller)
  if (isRefusal(before)) return before
  const { incident } = before
  const meanwhile = changedMeanwhile(incident, body.expected)
  if (meanwhile) return meanwhile
  const at = momentIn(body.at, now)
  if (isRefusal(at)) return at
  const by = actorOf(caller)
  const about = { incidentId: incident.id, happenedAt: at, actor: by }
  const leads = leadsTo(incident, act)
  if (isRefusal(leads)) return leads
  if (leads === 'already') {
    const said = body.text === undefined ? [] : [fact(about, 'note.added', { text: body.text })]
    return { held: said.length === 0 ? before : await settle(tx, now, parts, before, before, said), warnings: [] }
  }
  const unmet = demandOf(act, body, before, now)
  if (unmet) return unmet
  const early = act === 'declare' ? undefined : beforeLastChange(before, at)
  if (early) return early
  const done = await carryOut(tx, now, { parts, snapshot, before, act, body, at, caller })
  if (isRefusal(done)) return done
  const { entries, warnings = [], ...after } = done
  return { held: await settle(tx, now, parts, before, { ...before, ...after }, entries), warnings }
}

/** As the table has it. What is over, or merged, says so in its own name where somebody wants to take it. */
function leadsTo(incident: Incident, act: Act): 'yes' | 'already' | Refused {
  if (act === 'acknowledge') return mayBeTaken(incident)
  const next = afterAct({ ...incident, declared: incident.declaredAt !== null }, act)
  if (isRefusal(next)) return next as Refused
  return next === 'already' ? next : 'yes'
}

/** What an act wants to be told. */
function demandOf(act: TransitAct, { text, cause, reason }: Body, { incident, command }: Held, now: Instant): Refused | undefined {
  switch (act) {
    case 'identify':
      if (cause || command?.cause) return undefined
      return refuse('cause-wanted', 'Say in `cause` what it is; without one nothing is identified.')
    case 'mitigated':
      if (text) return undefined
      return refuse('invalid', 'Say in `text` what mitigated it.', [{ path: 'text', message: 'is required: what mitigated it' }])
    case 'cancel':
      return reason ? undefined : refuse('reason-wanted', 'Say in `reason` why it is called off.')
    case 'reopen':
      if (!reason) return refuse('reason-wanted', 'Say in `reason` why it is taken up again.')
      if (now - (incident.resolvedAt ?? now) <= REOPENED_WITHIN_MS) return undefined
      return refuse(
        'too-old',
        `${numberText(incident.number)} ended at ${iso(incident.resolvedAt!)}; after 30 days it stays as it is. Declare a new one and link it.`,
      )
    default:
      return undefined
  }
}

/** What happened before the status last changed cannot change it any more; its moment can still be written down. */
function beforeLastChange({ incident, command }: Held, at: Instant): Refusal<'before-last-change'> | undefined {
  const last = command?.statusAt ?? incident.acknowledgedAt ?? incident.detectedAt
  if (at >= last) return undefined
  return refuse(
    'before-last-change',
    `It has been ${incident.status} since ${iso(last)}, which is later. Act without \`at\`, then correct its moments: PUT /incidents/${numberText(incident.number)}/moments/{name}.`,
  )
}

interface Deed {
  parts: CommandParts
  snapshot: () => Promise<Snapshot>
  before: Held
  act: TransitAct
  body: Body
  at: Instant
  caller: Caller
}
interface Deeds {
  incident: Incident
  command: Command | null
  entries: Entry[]
  warnings?: string[]
}

async function carryOut(tx: Transaction, now: Instant, deed: Deed): Promise<Deeds | Refused> {
  const { parts, snapshot, before, act, body, at, caller } = deed
  const { incident, command } = before
  const by = actorOf(caller)
  const about = { incidentId: incident.id, happenedAt: at, actor: by }
  switch (act) {
    case 'acknowledge': {
      const { next, entries } = await give(tx, now, await snapshot(), incident, by, { via: 'api', at })
      return { incident: next, command, entries: [...entries, ...noteOf(about, body.text)] }
    }
    case 'investigate':
    case 'identify':
    case 'mitigate':
    case 'mitigated':
      return work(tx, now, deed, act)
    case 'resolve':
      return resolveHeld(tx, now, parts, before, caller, at, {
        ...(body.text !== undefined && { resolution: body.text }),
        ...body.resolution,
      })
    case 'close': {
      const refused = await notClosable(tx.sql, parts, before, now)
      if (refused) return refused
      const closed = fact(about, 'incident.closed', { ...(body.text !== undefined && { text: body.text }) })
      return { incident: { ...incident, status: 'closed' }, command, entries: [closed] }
    }
    case 'cancel': {
      const reason = body.reason!
      const { next, stopped } = await endHeld(tx, now, parts, incident, { to: 'cancelled', by, at })
      const review: Command['review'] = incident.kind === 'near-miss' ? command!.review : { waived: reason }
      const waived =
        review === command!.review ? [] : [fact(about, 'incident.changed', { field: 'review', was: command!.review, is: review })]
      const entries = [fact(about, 'incident.cancelled', { reason }), ...waived, ...noteOf(about, body.text), ...stopped]
      return { incident: next, command: { ...command!, review }, entries }
    }
    case 'reopen':
      return reopen(tx, now, deed)
    case 'declare':
      return declareHeld(tx, now, parts, await snapshot(), before, caller, { reason: body.reason, ...body.declaration })
  }
}

/** The four acts of the work. A person who works on what nobody has, has it. */
async function work(
  tx: Transaction,
  now: Instant,
  { parts, snapshot, before, body, at, caller }: Deed,
  act: 'investigate' | 'identify' | 'mitigate' | 'mitigated',
): Promise<Deeds | Refused> {
  const by = actorOf(caller)
  const about = { incidentId: before.incident.id, happenedAt: at, actor: by }
  const entries: Entry[] = []
  let { incident } = before
  const command = before.command!
  const mitigated = act === 'mitigated' ? await windowFrom(tx, now, parts, before, at, body.impactEndedAt) : undefined
  if (isRefusal(mitigated)) return mitigated
  if (!incident.held && caller.person !== undefined) {
    const given = await give(tx, now, await snapshot(), incident, by, { via: 'api', at })
    incident = given.next
    entries.push(...given.entries)
  }
  const to = STATUS_OF[act]
  const { text, cause } = body
  const changed = { from: incident.status, to, ...(text !== undefined && { text }), ...(act === 'identify' && cause && { cause }) }
  entries.push(fact(about, 'incident.status-changed', changed))
  if (mitigated && command.moments.impactEnded !== mitigated.impactEnded)
    entries.push(
      fact(about, 'incident.moment-set', {
        name: 'impactEnded',
        at: mitigated.impactEnded,
        was: command.moments.impactEnded ?? null,
      }),
    )
  return {
    incident: { ...incident, status: to },
    command: { ...command, ...(act === 'identify' && cause && { cause }), ...mitigated?.window },
    entries,
  }
}

const STATUS_OF = { investigate: 'investigating', identify: 'identified', mitigate: 'mitigating', mitigated: 'monitoring' } as const

/** From its mitigation on it is watched, by its level; the question whether it is over counts from now. */
async function windowFrom(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  { incident, command }: Held,
  at: Instant,
  impactEndedAt: string | undefined,
): Promise<{ impactEnded: Instant; window: Pick<Command, 'monitoringUntil' | 'askAt'> } | Refusal<'in-the-future' | 'out-of-order'>> {
  const impactEnded = impactEndedAt === undefined ? at : Date.parse(impactEndedAt)
  const moments = setMoment(momentsOf(incident, command), 'impactEnded', impactEnded, now)
  if (isRefusal(moments)) return moments
  const scheme = await schemeOnce(tx.sql, parts.documents, incident.severityScheme, incident.severitySchemeVersion)
  const monitoring = scheme && levelAt(scheme.spec, incident.severity).monitoring
  const lasts = (text = '0s') => {
    const ms = parseDuration(text)!
    return ms === 0 ? 0 : paced(command!, ms)
  }
  return { impactEnded, window: { monitoringUntil: at + lasts(monitoring?.least), askAt: now + lasts(monitoring?.ask) } }
}

/** It was not over after all: whoever says so has it, and nobody is paged unless they want that. */
async function reopen(tx: Transaction, now: Instant, { parts, snapshot, before, body, at, caller }: Deed): Promise<Deeds> {
  const { incident, command } = before
  const by = actorOf(caller)
  const about = { incidentId: incident.id, happenedAt: at, actor: by }
  const { service, groupKey } = incident
  const isTaken = service !== null && groupKey !== null && (await isGroupOpen(tx.sql, { service, groupKey }))
  const next: Incident = {
    ...incident,
    status: 'investigating',
    held: true,
    acknowledgedAt: at,
    acknowledgedBy: nameOf(by),
    ackTimeoutAt: null,
    resolvedAt: null,
    resolvedBy: null,
    // What fires by now joins the one that is open of its group.
    groupKey: isTaken ? null : groupKey,
  }
  const entries = [fact(about, 'incident.reopened', { reason: body.reason! })]
  // What ended it did not: the next end says what did.
  if (command!.resolution !== null)
    entries.push(fact(about, 'incident.changed', { field: 'resolution', was: command!.resolution, is: null }))
  entries.push(...noteOf(about, body.text))
  if (body.page !== true) return { incident: next, command: { ...command!, resolution: null }, entries }
  entries.push(...(await pageAgain(tx, now, parts, await snapshot(), [{ incident: next, reason: 'by-hand' }], by)))
  const unheld: Incident = { ...next, held: false, acknowledgedAt: null, acknowledgedBy: null }
  return { incident: unheld, command: { ...command!, resolution: null }, entries }
}

function noteOf(about: Omit<Entry, 'event'>, text: string | undefined): Entry[] {
  return text === undefined ? [] : [fact(about, 'note.added', { text })]
}
