import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Caller, Input } from '../../platform/contract.ts'
import type { Sql, Transaction } from '../../platform/db.ts'
import { actorOf, numberText } from '../incidents/index.ts'
import { levelAt, schemeOnce } from '../severity/index.ts'
import { fact } from '../timeline/index.ts'
import { CHECKLISTS, type Check, type CheckFacts, type CheckItem, type ChecklistName, checklist, unmet } from './checks.ts'
import type { commandContract } from './contract.ts'
import { type CommandParts, type Held, hold, settle } from './held.ts'
import { readChecked, saveCheck } from './store.ts'
import { momentsOf } from './view.ts'

/** A checklist as it stands at this moment. */
export async function readChecklist(
  sql: Sql,
  parts: CommandParts,
  held: Held,
  list: ChecklistName,
  now: Instant,
  /** All of the list unless said: what is not asked is not looked up. */
  checks: readonly Check[] = CHECKLISTS[list],
): Promise<CheckItem[]> {
  const { incident, around } = held
  const [scheme, { said, subs }, alerts] = await Promise.all([
    schemeOnce(sql, parts.documents, incident.severityScheme, incident.severitySchemeVersion),
    readChecked(sql, incident, list),
    checks.includes('alerts-ended') ? parts.alertsIn(sql, incident.id) : { isAnyOpen: false, lastAt: null },
  ])
  const required = scheme ? levelAt(scheme.spec, incident.severity).roles.required : []
  const facts = {
    ...factsOf(held),
    alerts: { ever: Math.max(incident.alerts, alerts.lastAt === null ? 0 : 1), open: alerts.isAnyOpen ? 1 : 0, lastAt: alerts.lastAt },
    // A whole that is closed has only parts that are.
    subs: list === 'closing' ? { ...subs, open: subs.notClosed } : subs,
    roles: { wanted: required.length, empty: required.filter((role) => !around.roles.some((one) => one.role === role)).length },
    tasksOpen: around.tasks.filter(({ kind }) => kind === 'task').length,
    updates: around.updates,
  }
  return checklist(checks, facts, said, now)
}

/** What the incident itself says. Nothing of ours is mitigated or told outside yet. */
function factsOf({ incident, command }: Held): Omit<CheckFacts, 'alerts' | 'subs' | 'roles' | 'tasksOpen' | 'updates'> {
  const moments = momentsOf(incident, command)
  return {
    window: command?.monitoringUntil == null ? null : { since: moments.mitigated ?? command.statusAt, until: command.monitoringUntil },
    mitigations: { all: 0, open: 0 },
    statusPages: { all: 0, stale: 0 },
    acknowledgedAt: moments.acknowledged ?? null,
    gradedByPerson: incident.severityByPerson || incident.declaredAt !== null,
    cause: command?.cause ?? null,
    mitigationBeganAt: moments.mitigationBegan ?? null,
    impactEndedAt: moments.impactEnded ?? null,
    resolution: command?.resolution ?? null,
    reviewDecided: command?.review != null,
  }
}

/** What stands in the way, in one sentence and item by item. */
export function blocked<Name extends string>(name: Name, why: string, left: CheckItem[]): Refusal<Name> {
  return refuse(
    name,
    `${why}: ${left.map(({ item }) => item).join(', ')}.`,
    left.map(({ item, state }) => ({ path: item, message: state === 'not-met' ? 'is not so' : 'is open' })),
  )
}

/** Closed is what has nothing left to be done; nobody overrules that. */
export async function notClosable(sql: Sql, parts: CommandParts, held: Held, now: Instant): Promise<Refusal<'not-closable'> | undefined> {
  const left = unmet(await readChecklist(sql, parts, held, 'closing', now))
  return left.length === 0 ? undefined : blocked('not-closable', `${numberText(held.incident.number)} is not done`, left)
}

type Route = (typeof commandContract)['changeCheck']

/** A person's word on a check: what they looked at, or why it need not be. */
export async function changeCheck(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  params: Input<Route>['params'],
  caller: Caller,
  body: Input<Route>['body'],
): Promise<CheckItem[] | Refusal<'not-found' | 'not-declared' | 'no-such-check' | 'checks-itself'>> {
  const held = await hold(tx, params.id, caller)
  if (isRefusal(held)) return held
  const { incident } = held
  const { list } = params
  if (!held.command) return notDeclared(held)
  const item = (CHECKLISTS[list] as readonly Check[]).find((one) => one === params.item)
  const items = await readChecklist(tx.sql, parts, held, list, now)
  const is = items.find((one) => one.item === item)
  if (!item || !is)
    return refuse(
      'no-such-check',
      `There is nothing ‹${params.item.slice(0, 60)}› to check here; there is ${items.map((one) => one.item).join(', ')}.`,
    )
  if (is.auto && (body.state !== 'waived' || list === 'closing'))
    return refuse(
      'checks-itself',
      list === 'closing'
        ? `Tocsin looks at ${item} itself, and nothing is closed without it.`
        : `Tocsin looks at ${item} itself; all a person can do is to waive it, with a reason.`,
    )
  const evidence = body.state === 'waived' ? body.reason : body.evidence
  const by = actorOf(caller)
  const word = { state: body.state, by, at: now, evidence }
  tx.unawaited(saveCheck(tx.sql, incident.id, list, item, word))
  const told = fact({ incidentId: incident.id, happenedAt: now, actor: by }, 'check.changed', { list, item, state: body.state, evidence })
  await settle(tx, now, parts, held, held, [told])
  return items.map((one) => (one.item === item ? { ...one, state: is.auto ? 'waived' : body.state, said: word } : one))
}

export function notDeclared({ incident }: Held): Refusal<'not-declared'> {
  return refuse('not-declared', `${numberText(incident.number)} is not declared; declare it first.`)
}
