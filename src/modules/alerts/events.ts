import { type Instant, iso } from '../../kernel/time.ts'
import type { Sql } from '../../platform/db.ts'
import { identityOf } from './alert.ts'
import type { AlertSource } from './source.ts'
import { readLatest } from './store.ts'

/** A body as it is kept, or the first part of it. */
export interface KeptBody {
  id: string
  integration: string
  source: string
  receipt: string
  receivedAt: Instant
  bytes: number
  body: Buffer
}

const ALERTS_SHOWN_MAX = 20

/** Bodies with what was made of them: read again, which gives the same each time, and followed to the alerts they are about. */
export async function eventViews(sql: Sql, sources: AlertSource[], kept: KeptBody[]) {
  const read = kept.map((one) => {
    const source = sources.find(({ name }) => name === one.source)
    const isWhole = one.body.length === one.bytes
    return { ...one, reading: isWhole ? source?.read(one.body, { now: one.receivedAt, receipt: one.receipt }) : undefined }
  })
  const alertsIn = read.map(({ integration, reading }) =>
    (reading?.signals ?? []).slice(0, ALERTS_SHOWN_MAX).map(({ action, title, severity, dedupKey }) => ({
      ...{ action, title, severity, dedupKey },
      identity: identityOf(integration, dedupKey),
    })),
  )
  const latest = await readLatest(sql, [...new Set(alertsIn.flat().map(({ identity }) => identity))])
  return read.map(({ id, receivedAt, integration, source, bytes, body, reading }, i) => ({
    ...{ id, integration, source, bytes },
    receivedAt: iso(receivedAt),
    problems: reading?.problems ?? [],
    refused: (reading?.answer.status ?? 200) >= 400,
    status: reading?.answer.status ?? null,
    body: body.toString('utf8'),
    alerts: alertsIn[i]!.map(({ identity, ...alert }) => ({ ...alert, alert: latest.get(identity)?.id ?? null })),
  }))
}
