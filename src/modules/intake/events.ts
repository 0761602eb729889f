import { type Instant, iso } from '../../kernel/time.ts'
import type { Sql } from '../../platform/db.ts'
import { identityOf, readHidden, readLatest } from '../alerts/index.ts'
import type { Onlooker } from '../incidents/index.ts'
import { contextOf, type DoorWord, readAsKept } from './kept.ts'
import type { AlertSource } from './source.ts'

/** A body as it is kept, or the first part of it. */
export interface KeptBody extends DoorWord {
  id: string
  integration: string
  source: string
  receipt: string
  receivedAt: Instant
  bytes: number
  body: Buffer
}

const ALERTS_SHOWN_MAX = 20

/**
 * Bodies with what was made of them: read again, which gives the same each time, and followed to the alerts they are about. A body
 * with an alert of an incident that who asks may not see is left out whole.
 */
export async function eventViews(sql: Sql, sources: AlertSource[], kept: KeptBody[], who: Onlooker) {
  const all = kept.map((one) => {
    const source = sources.find(({ name }) => name === one.source)
    const isWhole = one.body.length === one.bytes && one.sent === undefined
    const reading = isWhole || one.said ? source && readAsKept(one, () => source.read(one.body, contextOf(one))) : undefined
    return { ...one, reading }
  })
  const read = await seenBy(sql, who, all)
  const alertsIn = read.map(({ integration, reading }) =>
    (reading?.signals ?? []).slice(0, ALERTS_SHOWN_MAX).map(({ action, title, severity, dedupKey }) => ({
      ...{ action, title, severity, dedupKey },
      identity: identityOf(integration, dedupKey),
    })),
  )
  const latest = await readLatest(sql, [...new Set(alertsIn.flat().map(({ identity }) => identity))])
  return read.map(({ id, receivedAt, integration, source, bytes, sent, body, reading }, i) => ({
    ...{ id, integration, source, bytes: sent ?? bytes },
    receivedAt: iso(receivedAt),
    problems: reading?.problems ?? [],
    refused: (reading?.answer.status ?? 200) >= 400,
    status: reading?.answer.status ?? null,
    body: body.toString('utf8'),
    alerts: alertsIn[i]!.map(({ identity, ...alert }) => ({ ...alert, alert: latest.get(identity)?.id ?? null })),
  }))
}

/** Bodies that tell of nothing hidden: by the keys in them and, where they are not read again, by who sent them. */
async function seenBy<Body extends { integration: string; reading: { signals: { dedupKey: string }[] } | undefined }>(
  sql: Sql,
  who: Onlooker,
  bodies: Body[],
): Promise<Body[]> {
  const identitiesOf = ({ integration, reading }: Body) => (reading?.signals ?? []).map(({ dedupKey }) => identityOf(integration, dedupKey))
  const unread = bodies.filter(({ reading }) => reading === undefined).map(({ integration }) => integration)
  const hidden = await readHidden(sql, { identities: [...new Set(bodies.flatMap(identitiesOf))], integrations: [...new Set(unread)] }, who)
  return bodies.filter((body) =>
    body.reading === undefined
      ? !hidden.integrations.has(body.integration)
      : !identitiesOf(body).some((identity) => hidden.identities.has(identity)),
  )
}
