import { type IncidentId, newId } from '../../kernel/ids.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Caller, Input, ReplyOf } from '../../platform/contract.ts'
import type { Transaction } from '../../platform/db.ts'
import { Service, urgencyOf } from '../catalog/index.ts'
import type { Snapshot } from '../documents/index.ts'
import { EscalationPolicy, holdEscalations, policyTo, startEscalations } from '../escalation/index.ts'
import {
  actorOf,
  findIncident,
  had,
  type Incident,
  isOpen,
  lockIncidents,
  type Named,
  type NewIncident,
  numberText,
  openIncidents,
  readIncident,
  readMembers,
  record,
  stageOf,
  updateIncidents,
  whoIsMissing,
} from '../incidents/index.ts'
import {
  gradedByAlert,
  type Proposal,
  propose,
  rankOf,
  type SchemeVersion,
  type SeverityFacts,
  type SeverityLevel,
  schemeFor,
} from '../severity/index.ts'
import { append, type Entry, fact } from '../timeline/index.ts'
import { NOTHING_AROUND } from './around.ts'
import { bridgeFor } from './bridge.ts'
import { type Command, newCommand } from './command.ts'
import type { commandContract } from './contract.ts'
import type { CommandParts, MovedAlert } from './held.ts'
import { arrive, holdNamed, leave, leavingOf } from './move-alerts.ts'
import { INSTEAD, type MovingRefusal, mayMove } from './moving.ts'
import { type Plan, type Planned, planOf } from './plan.ts'
import { remind } from './remind.ts'
import { insertResponders } from './responder-store.ts'
import { insertCommand } from './store.ts'
import { commandViewOf, planViewOf } from './view.ts'

type Declare = (typeof commandContract)['declareIncident']
type Body = Input<Declare>['body']
type Refused =
  | Refusal<
      | 'no-such-service'
      | 'no-such-policy'
      | 'no-such-level'
      | 'reason-wanted'
      | 'invalid'
      | 'in-the-future'
      | 'no-such-person'
      | 'no-such-team'
      | 'no-members'
      | 'no-such-incident'
      | 'target-not-open'
      | 'nested'
      | 'no-such-alert'
      | 'not-allowed'
    >
  | MovingRefusal

/** What is to be declared, as far as it can be known before anything is written. */
interface Declaration {
  scheme: SchemeVersion
  level: SeverityLevel
  facts: SeverityFacts
  proposal: Proposal
  planned: Planned
  plan: Plan
  demo: boolean
}

/** A person says that something is wrong, and how bad: the right people are paged, roles are wanted, clocks run. */
export async function declare(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  snapshot: Snapshot,
  body: Body,
  caller: Caller,
  dryRun: boolean,
  /** Of it one is open at a time on a service. */
  group?: NewIncident['group'],
): Promise<ReplyOf<Declare> | Refused> {
  const named = body.alerts === undefined ? null : await holdNamed(tx, parts, snapshot, body.alerts, caller)
  if (isRefusal(named)) return named
  if (named && named.sources.length > 0 && !caller.permits('incident:act'))
    return refuse('not-allowed', 'To take alerts out of their incidents wants ‹incident:act›; without it, declare one without `alerts`.')
  const declaration = declarationOf(body, snapshot, now, caller, named?.alerts[0])
  if (isRefusal(declaration)) return declaration
  const { plan, planned, scheme, level, facts, proposal, demo } = declaration
  const whole = body.parent === undefined ? null : await holdWhole(tx, body.parent, caller)
  if (isRefusal(whole)) return whole
  const goal = { visibility: body.visibility, demo, origin: body.drill ? 'drill' : 'person' } as const
  const refused = named && mayMove(leavingOf(named), goal, { hides: true, instead: INSTEAD.declare })
  if (refused) return refused
  if (dryRun) return { plan: planViewOf(plan), warnings: plan.warnings } as ReplyOf<Declare>
  const actor = actorOf(caller)
  // Whoever sees the whole sees its parts.
  const isPrivate = whole?.visibility === 'private' || body.visibility === 'private'
  if (named)
    await holdEscalations(
      tx,
      named.sources.map(({ id }) => id),
    )
  const left = named ? await leave(tx, now, parts, snapshot, named, actor) : []
  const isGiven = Object.keys(facts).some((name) => name !== 'tags')
  const said = { ...(body.reason !== undefined && { reason: body.reason }), ...(body.source && { source: sourceOf(body.source) }) }
  const [id] = await openIncidents(tx, now, parts, snapshot, [
    {
      title: body.title,
      ...(body.summary !== undefined && { summary: body.summary }),
      severity: planned.rank,
      graded: { scheme, level: level.key },
      service: planned.service,
      ...(body.policy !== undefined && { policy: body.policy }),
      origin: body.drill ? 'drill' : 'person',
      actor,
      demo,
      ...(group && { group }),
      kind: body.kind ?? 'production',
      visibility: isPrivate ? 'private' : body.visibility,
      members: [...(whole?.members ?? []), ...(body.members ?? [])],
      parent: whole?.incident.number ?? null,
      impactStartedAt: body.impactStartedAt === undefined ? null : Date.parse(body.impactStartedAt),
      ...(body.held && { taken: true }),
      wakesNobody: !plan.runs && planned.policy !== null,
      besides: (about) => [
        fact(about, 'incident.declared', {
          level: level.key,
          scheme: scheme.name,
          version: scheme.version,
          ...(isGiven && { facts: { ...facts } }),
          ...said,
        }),
        fact({ ...about, actor: 'system' }, 'severity.proposed', {
          level: proposal.level,
          because: proposal.because,
          adjusted: proposal.adjusted,
          missing: proposal.missing,
        }),
      ],
    },
  ])
  const command: Command = {
    ...newCommand(id!, now, bridgeFor(snapshot, { title: body.title, level: level.key, declaredAt: now, private: isPrivate })),
    source: body.source ? sourceOf(body.source) : null,
    pace: body.drill?.pace ?? 1,
    facts: isGiven ? facts : null,
    fields: body.fields ?? null,
  }
  tx.unawaited(insertCommand(tx.sql, command))
  await append(tx, now, await raise(tx, now, parts, snapshot, id!, plan, planned))
  const declared = (await readIncident(tx.sql, { id: id! }, 'tocsin'))!
  const given = body.held ? had(now, snapshot, declared, actor, { via: 'api' }) : undefined
  const opened = given?.next ?? declared
  if (given) {
    tx.unawaited(updateIncidents(tx.sql, now, [opened]))
    await record(tx, now, parts, [given.told])
  }
  const arrived = named && (await arrive(tx, now, parts, named, opened, 'split', actor))
  const incident = arrived?.next ?? opened
  if (whole) {
    const about = { incidentId: whole.incident.id, happenedAt: now, actor }
    await append(tx, now, [fact(about, 'incident.sub-added', { incident: numberText(incident.number), title: incident.title })])
  }
  const begun = fact({ incidentId: incident.id, happenedAt: now, actor }, 'incident.declared', {
    level: level.key,
    scheme: scheme.name,
    version: scheme.version,
  })
  const { reminders } = await remind(tx, now, parts, { incident, command, around: NOTHING_AROUND }, [begun])
  if (arrived) await record(tx, now, parts, [...arrived.entries, ...left])
  return {
    ...commandViewOf({ incident, command, around: { ...NOTHING_AROUND, reminders } }, scheme, caller, now),
    warnings: plan.warnings,
  }
}

/** What it is to be a part of, kept from ending meanwhile. Parts have no parts. */
async function holdWhole(
  tx: Transaction,
  ref: string,
  caller: Caller,
): Promise<
  { incident: Incident; visibility: Incident['visibility']; members: Named[] } | Refusal<'no-such-incident' | 'target-not-open' | 'nested'>
> {
  const found = await findIncident(tx.sql, ref, caller)
  if (isRefusal(found)) return refuse('no-such-incident', `There is no incident ${ref.slice(0, 60)}, which \`parent\` names.`)
  const [incident] = await lockIncidents(tx.sql, [found.id])
  const { number, status, parent, visibility, id } = incident!
  if (!isOpen({ status })) return refuse('target-not-open', `${numberText(number)} is ${status}; a part belongs to one that is open.`)
  if (parent !== null)
    return refuse('nested', `${numberText(number)} is itself part of ${numberText(parent)}; parts have no parts. Name that one.`)
  const members = visibility === 'private' ? await readMembers(tx.sql, id) : []
  return {
    incident: incident!,
    visibility,
    members: members.map(({ kind, name }) => (kind === 'team' ? { team: name } : { person: name })),
  }
}

export function sourceOf({ via, url }: NonNullable<Body['source']>): NonNullable<Command['source']> {
  return { via, ...(url !== undefined && { url }) }
}

function declarationOf(
  body: Body,
  snapshot: Snapshot,
  now: Instant,
  caller: Caller,
  /** The worst of the alerts it is declared from, which says what nobody else does. */
  worst: MovedAlert | undefined,
): Declaration | Refused {
  const { policy, impactStartedAt } = body
  const service = body.service ?? (snapshot.get(Service, worst?.service ?? '') ? worst!.service : undefined)
  const known = service === undefined ? undefined : snapshot.get(Service, service)
  if (service !== undefined && !known)
    return refuse('no-such-service', `There is no service ‹${service}›. \`tocsin service list\` shows them.`)
  if (policy !== undefined && !snapshot.get(EscalationPolicy, policy))
    return refuse('no-such-policy', `There is no escalation policy ‹${policy}›.`)
  if (impactStartedAt !== undefined && Date.parse(impactStartedAt) > now)
    return refuse('in-the-future', '`impactStartedAt` is still to come; say a moment that has passed.')
  const missing = whoIsMissing(snapshot, body.members ?? [])
  if (missing) return missing
  if (body.visibility === 'private' && !body.members?.length && caller.person === undefined)
    return refuse('no-members', 'Nobody could see it: a token of nobody is no member. Name in `members` who may.')
  const scheme = schemeFor(snapshot, known?.spec)
  const tags = [...new Set([...(body.facts?.tags ?? []), ...(known?.spec.tags ?? [])])]
  const facts = { ...body.facts, ...(tags.length > 0 && { tags }) }
  const proposal = propose(scheme.spec, facts)
  const isUnsaid = body.level === undefined && body.severity === undefined && proposal.because.fact === 'unknown'
  const byAlert = worst && isUnsaid ? { severity: gradedByAlert(scheme, worst.severity).severity } : {}
  const level = levelOfBody({ ...body, ...byAlert }, scheme, proposal)
  if (isRefusal(level)) return level
  const rank = rankOf(scheme.spec, level.key)
  const demo = known?.origin.kind === 'demo'
  const planned: Planned = {
    level,
    rank,
    service: service ?? null,
    policy: policy ?? known?.spec.policy ?? null,
    urgency: urgencyOf(rank, known?.spec),
    stage: stageOf({ demo, origin: body.drill ? 'drill' : 'person' }),
    pace: body.drill?.pace ?? 1,
    page: body.page === true,
  }
  return { scheme, level, facts, proposal, planned, plan: planOf(planned, snapshot, now), demo }
}

/** What a person says it is, or what the facts propose. Milder than those needs a reason, for ever to be read. */
export function levelOfBody(
  { level: key, severity, reason }: Pick<Body, 'level' | 'severity' | 'reason'>,
  { name, spec }: SchemeVersion,
  proposal: Proposal,
): SeverityLevel | Refusal<'no-such-level' | 'invalid' | 'reason-wanted'> {
  const said = key === undefined ? undefined : spec.levels.find((one) => one.key.toLowerCase() === key.toLowerCase())
  if (key !== undefined && !said)
    return refuse('no-such-level', `The scheme ${name} has no level ‹${key}›; it has ${spec.levels.map((one) => one.key).join(', ')}.`)
  const rank = said ? rankOf(spec, said.key) : undefined
  if (rank !== undefined && severity !== undefined && severity !== rank)
    return refuse('invalid', `\`level\` ${said!.key} is rank ${rank}, but \`severity\` says ${severity}; leave one of them out.`)
  const chosen = rank ?? (severity === undefined ? proposal.rank : Math.min(severity, spec.levels.length))
  if (chosen > proposal.rank && proposal.because.fact !== 'unknown' && !reason)
    return refuse(
      'reason-wanted',
      `The facts propose ${proposal.level} (${proposal.because.fact}); say in \`reason\` why it is milder than that.`,
    )
  return spec.levels[chosen - 1]!
}

/** Those whom the level wakes beside the incident's own run: each by a run of their own, which they alone answer. Answers the facts. */
export async function raise(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  snapshot: Snapshot,
  incidentId: IncidentId,
  plan: Plan,
  { rank, urgency, stage, level }: Pick<Planned, 'rank' | 'urgency' | 'stage' | 'level'>,
): Promise<Entry[]> {
  const asked = plan.pages.filter(({ by }) => by !== 'policy').map((one) => ({ ...one, id: newId('rsp', now) }))
  if (asked.length === 0) return []
  const message = `${level.key}: ${level.name}`
  tx.unawaited(
    insertResponders(
      tx.sql,
      asked.map(({ id, person }) => ({
        ...{ id, incidentId, target: `person:${person}`, message, askedBy: 'system', askedAt: now },
        ...{ joinedBy: null, joinedAt: null, releasedAt: null },
      })),
    ),
  )
  const starts = asked.map(({ id, person }) => ({
    ...{ incidentId, severity: rank, urgency, stage },
    purpose: `responder:${id}` as const,
    policy: policyTo([{ person }]),
    reason: 'asked' as const,
  }))
  const about = { incidentId, happenedAt: now, actor: 'system' } as const
  const paged = asked.map(({ id, person }): Entry => fact(about, 'responder.paged', { responder: id, target: person, message }))
  return [...paged, ...(await startEscalations(tx, now, parts, snapshot, starts, false))]
}
