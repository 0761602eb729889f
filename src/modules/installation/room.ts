import { type Clock, DAY, HOUR, type Instant, iso, MINUTE } from '../../kernel/time.ts'
import type { Handlers, ReplyOf } from '../../platform/contract.ts'
import type { Database } from '../../platform/db.ts'
import type { Engine } from '../../platform/engine.ts'
import type { Mailer } from '../../platform/mail.ts'
import type { Pause } from '../../platform/pause.ts'
import { forgetReplies, REPLIES_KEPT_MS } from '../../platform/replies.ts'
import { type Room, room } from '../../platform/room.ts'
import type { KeepSettings, ShownSettings } from '../../platform/settings.ts'
import { ZONE_DATA } from '../../platform/zone-data.ts'
import { LOGIN_LINK_MS, SESSION_MS } from '../access/index.ts'
import { LINK_MS } from '../incidents/index.ts'
import { readBacklog } from '../intake/index.ts'
import type { settingsContract } from './contract.ts'
import { failing, healthRoutes, reasonsNotReady } from './health.ts'

type Health = ReplyOf<(typeof settingsContract)['getInstallationHealth']>

export interface InstallationParts {
  db: Database
  clock: Clock
  engine: Engine
  settings: ShownSettings
  publicUrl(): string
  version: string
  schema: number
  node: string
  mailer: Mailer | null
  pause: Pause
  /** The others, whose figures and troubles are told here. */
  rooms: readonly Room[]
  /** How long the timeline holds back those who follow it. */
  lagMs(): number
  /** How the promise was kept; joins rooms, see src/reads. */
  measure(now: Instant): Promise<Pick<Health, 'measured' | 'channels'>>
}

/** How the installation is set up, and whether it keeps its promise. */
export function installationRoom(parts: InstallationParts) {
  const { db, clock, engine, mailer, pause, rooms, settings } = parts
  const reasons = async () => (await Promise.all(rooms.map((room) => room.reasons?.() ?? []))).flat()
  const off = () => clock.trouble?.() ?? null
  const warnings = () => [...rooms.flatMap((room) => room.warnings?.() ?? []), ...failing(engine), ...[off() ?? []].flat()]
  const handlers: Handlers<typeof settingsContract> = {
    async getSettings() {
      const [database] = await db.sql<{ version: string; bytes: number }>`
        select current_setting('server_version') as version, pg_database_size(current_database()) as bytes`
      const { listen, database: own, mail, config, demo, hasAdminToken, secretKeyFile, keep, ...rest } = settings
      const { dataFolder, secretsFolder, egressAllow, logLevel, given, synchronousStandby } = rest
      return {
        ...{ dataFolder, secretsFolder, egressAllow, logLevel, given, demo, mail },
        ...{ version: parts.version, schema: parts.schema, node: parts.node, zoneData: ZONE_DATA, retention: retentionOf(keep) },
        address: { url: parts.publicUrl(), listen },
        database: {
          kind: own ? 'own' : 'embedded',
          host: own?.host ?? null,
          name: own?.name ?? null,
          version: database!.version,
          bytes: Number(database!.bytes),
          standby: synchronousStandby,
        },
        configuration: config,
        adminToken: hasAdminToken,
        secretKey: secretKeyFile,
      }
    },
    async getInstallationHealth({ now }) {
      const why = await reasonsNotReady({ db, engine, reasons })
      const { rows, oldestAt } = await readBacklog(db.sql)
      return {
        ready: why.length === 0,
        why: [...why, ...warnings()],
        loops: engine.health().map(({ name, everyMs, lastSuccessAt, lastError, lateMs }) => ({
          ...{ name, everyMs, lastError, lateMs: Math.round(lateMs) },
          lastSuccessAt: lastSuccessAt === null ? null : iso(lastSuccessAt),
        })),
        backlog: { bodies: rows, oldestAt: oldestAt === null ? null : iso(oldestAt) },
        horizonMs: Math.round(parts.lagMs()),
        ...(await parts.measure(now)),
      }
    },
  }
  return room({
    handlers,
    routes: healthRoutes({
      ...parts,
      reasons,
      warnings,
      told() {
        const paused = pause.current()
        return {
          paused: paused && { since: iso(paused.since), because: paused.because },
          zoneData: ZONE_DATA,
          mail: { configured: mailer !== null, from: mailer?.from ?? null },
        }
      },
      async figures() {
        const all = await Promise.all(rooms.map((room) => room.figures?.() ?? {}))
        return Object.assign(
          { tocsin_database_statements_total: { help: 'Statements this node has sent.', value: db.statements() } },
          ...all,
        )
      },
    }),
    kept: [
      {
        name: 'replies',
        tables: ['platform_replies'],
        keptMs: REPLIES_KEPT_MS,
        forget: (before, rows) => forgetReplies(db.sql, before, rows),
      },
      { name: 'what there is one of', tables: ['platform_installation', 'platform_whereabouts', 'platform_clock'], keptMs: null },
    ],
  })
}

/** For how long what is there is kept, as screens tell it. */
function retentionOf({ incidentsMs, alertsMs, bodiesMs, bodiesBytes, bodiesOfDay, alertsOfDay, unparsedMs, messagesMs }: KeepSettings) {
  const days = (ms: number | null) => (ms === null ? null : ms / DAY)
  return {
    ...{ incidentDays: days(incidentsMs), alertDays: days(alertsMs), unparsedDays: days(unparsedMs), messageDays: days(messagesMs) },
    ...{ rawDays: bodiesMs / DAY, rawBytes: bodiesBytes, rawDayBytes: bodiesOfDay.each, rawDayAllBytes: bodiesOfDay.all },
    ...{ alertDayBytes: alertsOfDay.each, alertDayAllBytes: alertsOfDay.all },
    sessionDays: SESSION_MS / DAY,
    loginLinkMinutes: LOGIN_LINK_MS / MINUTE,
    actionLinkDays: LINK_MS / DAY,
    repliesHours: REPLIES_KEPT_MS / HOUR,
  }
}
