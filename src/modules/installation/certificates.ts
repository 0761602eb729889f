import { type Clock, DAY, HOUR, type Instant, MINUTE } from '../../kernel/time.ts'
import { DEADLINE_MS } from '../../platform/deadlines.ts'
import type { Egress, Server } from '../../platform/egress/index.ts'
import { type Room, room } from '../../platform/room.ts'
import type { Documents, Vocabulary } from '../documents/index.ts'
import { Person } from '../people/index.ts'

/** Told so long before a certificate ends that there is a working day left to renew it. */
const WARNED_BEFORE_MS = 14 * DAY
const LOOKED_EVERY_MS = 6 * HOUR
/** Whoever has more places to send to has few servers behind them. */
const HOSTS_MAX = 200

export interface CertificateParts {
  db: { sql: Parameters<Documents['fresh']>[0] }
  documents: Documents
  clock: Clock
  egress: Pick<Egress, 'certificateEndsAt'>
  publicUrl(): string
  settings: { mail: { server: string } | null }
  channels: Vocabulary['channels']
}

/** Looks at the certificates that pages and links go by, ours included, and says which end soon. */
export function certificatesRoom(parts: CertificateParts) {
  const { db, documents, clock, egress, publicUrl } = parts
  const endsAt = new Map<string, Instant>()
  let lookedAt = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | undefined

  async function look(servers: Server[]): Promise<void> {
    const known = new Map<string, Instant>()
    for (const server of servers) {
      const at = await egress.certificateEndsAt(server, DEADLINE_MS.certificate)
      if (at !== undefined) known.set(nameOf(server), at)
    }
    endsAt.clear()
    for (const [host, at] of known) endsAt.set(host, at)
  }

  return room({
    loops: [
      {
        name: 'certificates',
        everyMs: 30 * MINUTE,
        // Nothing waits for servers that do not answer.
        async tick(now) {
          if (looking !== undefined || now - lookedAt < LOOKED_EVERY_MS) return 0
          lookedAt = now
          looking = look(serversOf(await documents.fresh(db.sql), parts, publicUrl())).finally(() => {
            looking = undefined
          })
          return 0
        },
        async quiet() {
          const was = looking
          await was
          return was !== undefined
        },
      },
    ],
    warnings: () => endingSoon(endsAt, clock.now()),
  } satisfies Room)
}

/** Where a certificate is looked at: each server once. Mail that begins without TLS shows its own only in the middle of a talk. */
export function serversOf(
  snapshot: Awaited<ReturnType<Documents['fresh']>>,
  { channels, settings }: Pick<CertificateParts, 'channels' | 'settings'>,
  own: string,
): Server[] {
  const ledTo = snapshot.all(Person).flatMap(({ spec }) =>
    (spec.contacts ?? []).flatMap(({ channel, address, settings: set }) => {
      const told = channels.find(({ name }) => name === channel)
      return told ? [told.leadsTo?.(address, set ?? {}) ?? address] : []
    }),
  )
  const servers = [
    ...[own, settings.mail?.server ?? ''].flatMap((one) => serverAt(one, true)),
    ...ledTo.flatMap((one) => serverAt(one, false)),
  ]
  return [...new Map(servers.reverse().map((one) => [nameOf(one), one])).values()].reverse().slice(0, HOSTS_MAX)
}

const PORTS: Record<string, number> = { 'https:': 443, 'smtps:': 465 }

function serverAt(address: string, isOurs: boolean): Server[] {
  const { protocol, hostname, port } = URL.canParse(address) ? new URL(address) : { protocol: '', hostname: '', port: '' }
  const usual = PORTS[protocol]
  return usual === undefined ? [] : [{ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || usual), isOurs }]
}

function nameOf({ host, port }: Server): string {
  return port === 443 ? host : `${host}:${port}`
}

export function endingSoon(endsAt: ReadonlyMap<string, Instant>, now: Instant): string[] {
  return [...endsAt]
    .filter(([, at]) => at - now < WARNED_BEFORE_MS)
    .sort(([, a], [, b]) => a - b)
    .map(([host, at]) => {
      const day = new Date(at).toISOString().slice(0, 10)
      return at <= now
        ? `the certificate of ${host} ended on ${day}; nothing is delivered there until it is renewed`
        : `the certificate of ${host} ends on ${day}; renew it before, or nothing is delivered there any more`
    })
}
