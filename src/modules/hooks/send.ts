import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import { type Clock, type Instant, MINUTE, SECOND } from '../../kernel/time.ts'
import type { Database, Transaction } from '../../platform/db.ts'
import { type Request, saidBy } from '../../platform/egress/index.ts'
import type { Loop } from '../../platform/engine.ts'
import type { Log } from '../../platform/log.ts'
import type { SecretOf } from '../../platform/secrets.ts'
import type { Document, Documents } from '../documents/index.ts'
import { type Attempt, afterAttempt, type DeliveryId, isOff, standingAfter, WELL } from './delivery.ts'
import { Hook, type HookSpec } from './hook.ts'
import { readHooksHearing } from './owner.ts'
import { keyIn, signedHeaders } from './sign.ts'
import {
  bringForward,
  holdStates,
  type LeasedDelivery,
  leaseDue,
  leaseOne,
  readStates,
  recordAttempt,
  releaseNext,
  updateState,
} from './store.ts'

export interface SendParts {
  db: Database
  clock: Clock
  log: Log
  documents: Documents
  request: Request
  secretOf: SecretOf
  nudge(): void
}

const TIMEOUT_MS = 15 * SECOND
/** Longer than an attempt and its record take. */
const LEASE_MS = 60 * SECOND
/** Of one hook at a time, of as many incidents. */
const EACH = 10
const EVERY_MS = 5 * SECOND

export interface Sender {
  loop: Loop
  /** Sends one delivery now, and answers once it is known what came of it, or that somebody else is sending it. */
  sendNow(id: DeliveryId): Promise<void>
}

/** Sends what is due: of each hook a few at a time, so that one that hangs holds up no other. */
export function createSender(parts: SendParts): Sender {
  const { db, clock, documents, log } = parts
  const busy = new Map<string, Promise<void>>()

  return {
    loop: {
      name: 'hook-deliveries',
      everyMs: EVERY_MS,
      async tick(now) {
        const snapshot = await documents.fresh(db.sql)
        const hooks = snapshot.all(Hook).filter(({ name, spec }) => spec.secret !== undefined && !busy.has(name))
        if (hooks.length === 0) return 0
        const states = await readStates(
          db.sql,
          hooks.map(({ name }) => name),
        )
        const open = hooks.filter((hook) => !isOff(states.get(hook.name) ?? WELL, hook.changedAt))
        if (open.length === 0) return 0
        const names = open.map(({ name }) => name)
        const leased = await leaseDue(db.sql, now, now + LEASE_MS, names, EACH)
        for (const hook of open) {
          const its = leased.filter((one) => one.hook === hook.name)
          if (its.length > 0) begin(hook, its)
        }
        return leased.length
      },
      async quiet() {
        const sending = [...busy.values()]
        await Promise.all(sending)
        return sending.length > 0
      },
    },
    async sendNow(id) {
      const now = clock.now()
      const one = await leaseOne(db.sql, now, now + LEASE_MS, id)
      const hook = one && (await documents.fresh(db.sql)).get(Hook, one.hook)
      if (hook) await sendAll(parts, hook, [one])
    },
  }

  function begin(hook: Document<HookSpec>, its: LeasedDelivery[]): void {
    const sending = sendAll(parts, hook, its)
      // What was not recorded is due again when its lease ends.
      .catch((error) => log.error({ hook: hook.name, err: (error as Error).message }, 'what became of deliveries could not be recorded'))
      .finally(() => {
        busy.delete(hook.name)
        parts.nudge()
      })
    busy.set(hook.name, sending)
  }
}

async function sendAll(parts: SendParts, hook: Document<HookSpec>, deliveries: LeasedDelivery[]): Promise<void> {
  const { db, clock, documents } = parts
  const ids = [...new Set(deliveries.flatMap(({ incidentId }) => incidentId ?? []))]
  const [keys, mayHear] = await Promise.all([keysOf(hook.spec, parts.secretOf), readHooksHearing(db.sql, documents, ids)])
  await Promise.all(
    deliveries.map(async (one) => {
      // It may have become private since, or have been let go of.
      const withheld = one.incidentId !== null && !mayHear(hook, one.incidentId)
      const attempt = withheld ? 'withheld' : await attemptOf(parts, hook.spec, keys, one)
      await db.transaction((tx) => record(tx, clock.now(), hook, one, attempt))
    }),
  )
}

async function attemptOf(
  { request, clock }: SendParts,
  { url }: HookSpec,
  keys: Buffer[] | Refusal<'unusable'>,
  { id, body }: LeasedDelivery,
): Promise<Attempt> {
  if (isRefusal(keys)) return { arrived: false, status: null, answer: keys.message }
  const headers: Record<string, string> = { 'Content-Type': 'application/json', ...signedHeaders(keys, id, clock.now(), body) }
  const reply = await request({ method: 'POST', url, headers, body, timeoutMs: TIMEOUT_MS })
  if (reply.kind === 'failed') return { arrived: false, status: null, answer: reply.reason }
  const { status } = reply
  const answer = `${status} ${saidBy(reply, [url, new URL(url).search, headers['webhook-signature'] ?? ''])}`.trim()
  return { arrived: status >= 200 && status < 300, status, answer }
}

/** The keys that sign. Without the newest nothing is sent; one before it that is gone already is missed by nobody. */
async function keysOf({ secret, olderSecret }: HookSpec, secretOf: SecretOf): Promise<Buffer[] | Refusal<'unusable'>> {
  if (!secret) return refuse('unusable', 'This hook has no secret to sign with.')
  const [newest, older] = await Promise.all([keyBehind(secret), olderSecret ? keyBehind(olderSecret) : undefined])
  if (isRefusal(newest)) return newest
  return older === undefined || isRefusal(older) ? [newest] : [newest, older]

  async function keyBehind(reference: NonNullable<HookSpec['secret']>): Promise<Buffer | Refusal<'unusable'>> {
    const text = await secretOf(reference)
    const key = isRefusal(text) ? text : keyIn(text)
    return isRefusal(key) ? refuse('unusable', `The secret of this hook cannot be used: ${key.message}`) : key
  }
}

async function record(
  tx: Transaction,
  now: Instant,
  { name, changedAt }: Document<HookSpec>,
  one: LeasedDelivery,
  attempt: Attempt | 'withheld',
): Promise<void> {
  const standing = (await holdStates(tx.sql, [name])).get(name) ?? WELL
  const isWithheld = attempt === 'withheld'
  const next = isWithheld ? { ending: 'withheld' as const } : afterAttempt(attempt, one, now)
  const said = isWithheld ? { status: null, answer: '' } : attempt
  tx.unawaited(recordAttempt(tx.sql, now, one.position, said, next))
  if ('ending' in next && one.incidentId !== null) tx.unawaited(releaseNext(tx.sql, now, name, one.incidentId))
  if (isWithheld) return
  const then = standingAfter(attempt, standing, changedAt, now)
  // What one receiver never takes must not be tried again with everything that arrives beside it.
  const wasAway = standing.failingSince !== null && now - standing.failingSince >= MINUTE
  if (attempt.arrived && wasAway) tx.unawaited(bringForward(tx.sql, now, name))
  tx.unawaited(updateState(tx.sql, name, then, attempt.arrived ? now : null))
}
