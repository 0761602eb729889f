import { setTimeout as pause } from 'node:timers/promises'
import { newId } from '../../kernel/ids.ts'
import { type Refusal, refuse } from '../../kernel/result.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Sql, Transaction } from '../../platform/db.ts'
import type { SeverityRank } from '../alerts/index.ts'
import { identityOf, readAlert, readLatest } from '../alerts/index.ts'
import type { IntegrationSpec } from '../catalog/index.ts'
import type { Document } from '../documents/index.ts'
import type { Onlooker } from '../incidents/index.ts'
import type { Inbox } from './inbox.ts'
import { newReceipt } from './loop.ts'
import type { AlertSource } from './source.ts'

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
  tx: Transaction,
  now: Instant,
  inbox: Inbox,
  integration: Document<IntegrationSpec>,
  source: AlertSource,
  { severity, by }: { severity: SeverityRank; by: string },
): Promise<Sent | Refusal<'overloaded'>> {
  if (inbox.isOverloaded(now)) return overloaded()
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
  await inbox.acceptIn(tx, {
    ...{ integration: integration.name, source: source.name, receipt, body, receivedAt: now, reading },
    refused: reading.answer.status >= 400,
  })
  return { dedupKey: reading.signals[0]!.dedupKey, receivedAt: iso(now), status: reading.answer.status, alert: null, incidentId: null }
}

/** With the alert it became, once it has been worked off. */
export async function becameOf(sql: Sql, integration: string, sent: Sent, who: Onlooker): Promise<Sent> {
  const identity = identityOf(integration, sent.dedupKey)
  for (let look = 0; look < LOOKS; look++) {
    const alert = (await readLatest(sql, [identity])).get(identity)
    if (alert) return (await readAlert(sql, alert.id, who)) ? { ...sent, alert: alert.id, incidentId: alert.incidentId } : sent
    await pause(LOOK_MS)
  }
  return sent
}

function overloaded() {
  return refuse('overloaded', 'More is coming in than can be worked off right now. Real alerts go first; send the test again in a moment.')
}
