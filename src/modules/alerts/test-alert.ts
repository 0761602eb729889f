import { setTimeout as pause } from 'node:timers/promises'
import { newId } from '../../kernel/ids.ts'
import { type Refusal, refuse } from '../../kernel/result.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Database } from '../../platform/db.ts'
import type { Document } from '../documents/index.ts'
import { identityOf } from './alert.ts'
import { BACKLOG_MAX_MS, type Inbox } from './inbox.ts'
import type { IntegrationSpec } from './integration.ts'
import { newReceipt } from './loop.ts'
import type { AlertSource, SeverityRank } from './source.ts'
import { readLatest } from './store.ts'

const LOOK_MS = 50
const LOOKS = 200

interface Sent {
  dedupKey: string
  receivedAt: string
  status: number
  alert: string | null
  incidentId: string | null
}

/**
 * Sends an example of its dialect to an integration: read, put into the inbox and worked off like every other body,
 * so that what happens to it is what happens to a real one.
 */
export async function sendTest(
  { db, inbox }: { db: Database; inbox: Inbox },
  now: Instant,
  integration: Document<IntegrationSpec>,
  source: AlertSource,
  { severity, by }: { severity: SeverityRank; by: string },
): Promise<Sent | Refusal<'overloaded'>> {
  const { oldestAt } = inbox.backlog()
  if (oldestAt !== null && now - oldestAt > BACKLOG_MAX_MS) return overloaded()
  const receipt = newReceipt(now)
  const body = Buffer.from(
    JSON.stringify(
      source.example({
        now,
        dedupKey: newId('test', now),
        title: `Test of ${integration.spec.displayName ?? integration.name}`,
        description: `Sent from Tocsin by ${by} to try this way in. Nothing is wrong.`,
        severity,
        key: `${integration.spec.keyStart ?? ''}******`,
      }),
      null,
      2,
    ),
  )
  const reading = source.read(body, { now, receipt })
  try {
    await inbox.accept({
      ...{ integration: integration.name, source: source.name, receipt, body, receivedAt: now, reading },
      refused: reading.answer.status >= 400,
    })
  } catch {
    return overloaded()
  }
  const { dedupKey } = reading.signals[0]!
  const identity = identityOf(integration.name, dedupKey)
  const sent = { dedupKey, receivedAt: iso(now), status: reading.answer.status }
  for (let look = 0; look < LOOKS; look++) {
    const alert = (await readLatest(db.sql, [identity])).get(identity)
    if (alert) return { ...sent, alert: alert.id, incidentId: alert.incidentId }
    await pause(LOOK_MS)
  }
  return { ...sent, alert: null, incidentId: null }
}

function overloaded() {
  return refuse('overloaded', 'More is coming in than can be worked off right now. Real alerts go first; send the test again in a moment.')
}
