import { contract } from './contract.ts'
import { type Clock, DAY, HOUR, type Instant, iso, MINUTE, SECOND } from './kernel/time.ts'
import { accessHandlers, createAuthenticate, forgetEnded, LOGIN_LINK_MS, SESSION_MS, sessionRoutes } from './modules/access/index.ts'
import {
  alertDoors,
  alertHandlers,
  createHourCounts,
  createInbox,
  endAlertsByPerson,
  hoursLoop,
  inboxDaysLoop,
  intakeLoop,
  lapseLoop,
  readBacklog,
  voidInboxLeases,
} from './modules/alerts/index.ts'
import { applyAtStart, brokenConfigurationTitle, configurationHandlers, type StartOutcome } from './modules/configuration/index.ts'
import { demoHandlers, demoKeys } from './modules/demo/index.ts'
import { createDocuments } from './modules/documents/index.ts'
import { escalationLoop, levelsMoved, unreachedLoop } from './modules/escalation/index.ts'
import {
  acknowledgementLoop,
  channelAlarmLoop,
  countOpen,
  endAlarm,
  eventViewOf,
  forgetLinkUses,
  incidentHandlers,
  LINK_MS,
  raiseAlarm,
} from './modules/incidents/index.ts'
import { onCallHandlers } from './modules/oncall/index.ts'
import { createDispatcher, insertScreenMessages, pagingHandlers, voidLeases } from './modules/paging/index.ts'
import { createLiveStream, LAG_MAX_MS, liveRoute } from './modules/timeline/index.ts'
import { linkRoutes, signInRoutes } from './pages/index.ts'
import type { Database } from './platform/db.ts'
import type { Egress } from './platform/egress/index.ts'
import { createEngine } from './platform/engine.ts'
import { healthRoutes, reasonsNotReady } from './platform/health.ts'
import { createHttpServer } from './platform/http.ts'
import type { Log } from './platform/log.ts'
import type { Mailer } from './platform/mail.ts'
import { createOnce, forgetOldReplies } from './platform/once.ts'
import { openApi } from './platform/openapi.ts'
import type { SecretKey } from './platform/secret-key.ts'
import type { ShownSettings } from './platform/settings.ts'
import { staticFiles } from './platform/static-files.ts'
import { alertSources, createReader } from './plugs/alert-sources/index.ts'
import { channels } from './plugs/channels/index.ts'
import { createReadAlertCounts } from './reads/alert-counts.ts'
import { createReadEscalation } from './reads/escalation.ts'
import { createReadIncidents } from './reads/incidents.ts'
import { createReadNight } from './reads/night.ts'
import { createReadOnCall } from './reads/on-call.ts'
import { readPageContents } from './reads/page-content.ts'
import { createReadPages } from './reads/pages.ts'
import { createReadPeople } from './reads/people.ts'
import { createReadServices } from './reads/services.ts'
import { createReadSettings } from './reads/settings.ts'
import { createReadSimulation } from './reads/simulation.ts'
import { createReadTeams } from './reads/teams.ts'
import { createReadWhy } from './reads/why.ts'

export interface AppParts {
  db: Database
  clock: Clock
  log: Log
  /** Names this process in leases and logs. */
  node: string
  /** The base of every link. A function, because port 0 is known only once it is listened on. */
  publicUrl(): string
  secretKey: SecretKey
  egress: Egress
  mailer: Mailer | null
  adminToken: string | null
  localToken: string | null
  /** Turns a reference to a secret into the secret. */
  secretOf(reference: { env: string } | { file: string } | { sealed: string }): string | undefined
  /** Checks every reply against the contract: tests and development. */
  checkReplies: boolean
  /** The built program of the worker that reads large bodies; null reads them here. */
  readingWorker: string | null
  /** The folder of the built web application. */
  web: string
  version: string
  /** What may be shown of how this server was started. */
  settings: ShownSettings
  /** The schema's number, for readyz. */
  schema: number
}

export type App = ReturnType<typeof createApp>

/** Wires everything, top to bottom: each line may use only what earlier lines made. */
export function createApp(parts: AppParts) {
  const { db, clock, log, node, publicUrl, secretKey, egress, mailer } = parts
  const engine = createEngine(clock, log)
  const documents = createDocuments()

  const dispatcher = createDispatcher({
    node,
    db,
    clock,
    log,
    documents,
    channels,
    reach: {
      request: egress.request,
      ...(mailer && { mail: mailer }),
      screen: { show: (message) => insertScreenMessages(db.sql, clock.now(), [{ ...message, content: JSON.stringify(message.pages) }]) },
    },
    describe: (sql, pages) =>
      readPageContents(sql, pages, { publicUrl: publicUrl(), linkKey: secretKey.linkKey, now: clock.now(), documents }),
    secretOf: parts.secretOf,
    onLevels: (tx, now, levels) => {
      if (levels.failed.length > 0) tx.afterCommit(() => engine.nudge('escalation'))
      return levelsMoved(tx, now, documents, levels)
    },
    nudge: () => engine.nudge('paging'),
  })

  const escalation = { documents, slots: dispatcher.slots }
  const incidents = { ...escalation, endAlerts: endAlertsByPerson }
  const hours = createHourCounts({ db, documents })
  const inbox = createInbox({ db, clock, log, node, nudge: () => engine.nudge('intake'), onWritten: hours.note })
  const reader = createReader({ workerFile: parts.readingWorker })
  const intake = { ...incidents, db, log, node, inbox, sources: alertSources, read: reader.read }
  const configuration = { db, documents, vocabulary: { channels, sources: alertSources, checkUrl: egress.checkUrl } }
  const unknownKeys = new Map<string, number>()

  engine.add(intakeLoop(intake))
  engine.add(dispatcher.loop)
  engine.add(escalationLoop(db, escalation))
  engine.add(unreachedLoop(db, escalation))
  engine.add(lapseLoop(intake))
  engine.add(acknowledgementLoop(db, escalation))
  engine.add(inboxDaysLoop(db, RETENTION.rawDays))
  engine.add(hoursLoop(hours))
  engine.add(channelAlarmLoop(db, clock, escalation, dispatcher.health))
  const live = createLiveStream(db, clock, log, eventViewOf)
  for (const loop of live.loops) engine.add(loop)
  engine.add({ name: 'housekeeping', everyMs: HOUR, tick: (now) => keepHouse(db, now) })

  const http = createHttpServer({
    clock,
    log,
    checkReplies: parts.checkReplies,
    authenticate: createAuthenticate({
      db,
      clock,
      documents,
      publicUrl,
      ...(parts.adminToken !== null && { adminToken: parts.adminToken }),
      ...(parts.localToken !== null && { localToken: parts.localToken }),
    }),
    once: createOnce(db, clock),
  })
  const readEscalation = createReadEscalation(db, documents)
  http.serve(contract, {
    ...accessHandlers({ db, documents, publicUrl }),
    ...incidentHandlers({
      ...incidents,
      db,
      readIncidents: createReadIncidents(db, documents),
      readPages: createReadPages(db),
      readEscalation,
    }),
    ...alertHandlers({
      ...{ db, documents, inbox, hours, publicUrl },
      sources: alertSources,
      readWhy: createReadWhy(db, documents),
      counts: createReadAlertCounts(db),
    }),
    ...onCallHandlers({ db, documents, readOnCall: createReadOnCall(db, documents) }),
    ...createReadSimulation(db, documents),
    ...createReadServices(db, documents),
    ...createReadSettings({
      ...{ db, publicUrl, node, channels, version: parts.version, schema: parts.schema, settings: parts.settings },
      retention: RETENTION,
      reasons: () => reasonsNotReady({ db, clock, engine, reasons }),
      loops: () => engine.health(),
      backlog: () => readBacklog(db.sql),
      warnings: () => lagging(live.lagMs()),
      horizonMs: () => live.lagMs(),
    }),
    ...createReadPeople(db, documents),
    getNight: createReadNight(db, documents),
    ...pagingHandlers({ db, documents, slots: dispatcher.slots }),
    ...createReadTeams(db, documents),
    ...configurationHandlers(configuration),
    ...demoHandlers({ db, documents, publicUrl, keyOf: demoKeys(secretKey.linkKey) }),
  })
  for (const door of alertDoors({
    db,
    clock,
    documents,
    inbox,
    sources: alertSources,
    read: reader.read,
    unknownKey: (name) => unknownKeys.set(name, (unknownKeys.get(name) ?? 0) + 1),
  }))
    http.raw(door)
  for (const route of linkRoutes({ ...incidents, db, clock, log, linkKey: secretKey.linkKey, readEscalation })) http.raw(route)
  for (const route of signInRoutes({ db, clock, publicUrl })) http.raw(route)
  for (const route of sessionRoutes({ db, publicUrl })) http.raw(route)
  http.raw(liveRoute(live))
  const health = {
    db,
    clock,
    engine,
    schema: parts.schema,
    version: parts.version,
    publicUrl,
    reasons,
    warnings: () => lagging(live.lagMs()),
    told: () => ({ mail: { configured: mailer !== null, from: mailer?.from ?? null } }),
    figures,
  }
  for (const route of healthRoutes(health)) http.raw(route)
  const document = JSON.stringify(
    openApi(contract, { title: 'Tocsin', version: parts.version, description: 'Incident management you host yourself.' }),
  )
  http.raw({
    method: 'GET',
    path: '/openapi.json',
    permission: 'public',
    handle: async () => ({ status: 200, body: document, headers: { 'content-type': 'application/json' } }),
  })
  for (const route of staticFiles(parts.web)) http.raw(route)

  async function reasons(): Promise<string[]> {
    return lateness(db, clock.now())
  }

  async function figures() {
    const backlog = await readBacklog(db.sql)
    const open = await countOpen(db.sql)
    const all = dispatcher.health()
    return {
      tocsin_intake_backlog: { help: 'Accepted bodies not yet worked off (group commits, on all nodes).', value: backlog.rows },
      tocsin_intake_unknown_keys_total: {
        help: 'Requests with a key no integration has, on this node.',
        value: [...unknownKeys.values()].reduce((sum, count) => sum + count, 0),
      },
      tocsin_incidents_unacknowledged: { help: 'Open incidents nobody has.', value: open['detected'] ?? 0 },
      tocsin_incidents_acknowledged: { help: 'Open incidents somebody has.', value: open['acknowledged'] ?? 0 },
      tocsin_timeline_horizon_seconds: {
        help: 'How long the oldest open transaction has held back those who follow the timeline; 0 when none does.',
        value: live.lagMs() / SECOND,
      },
      tocsin_pages_in_flight: { help: 'Messages being sent by this node.', value: dispatcher.inFlight() },
      tocsin_pages_delivered_total: { help: 'Messages delivered by this node.', value: all.reduce((sum, one) => sum + one.delivered, 0) },
      tocsin_pages_failed_total: { help: 'Attempts that failed on this node.', value: all.reduce((sum, one) => sum + one.failed, 0) },
      tocsin_database_statements_total: { help: 'Statements this node has sent.', value: db.statements() },
    }
  }

  return {
    http,
    engine,
    documents,
    dispatcher,
    inbox,
    /** What the demo and the tests act through: the same actions the routes use. */
    incidents,
    intake,
    configuration,
    /**
     * Applies `--config`. Throws a refusal when it is broken and nothing is configured yet; otherwise what was in force
     * stays, and an alarm pages the admins until a later start succeeds.
     */
    async applyConfiguration(now: Instant, path: string): Promise<StartOutcome> {
      const outcome = await applyAtStart(configuration, now, path)
      await db.transaction(async (tx) => {
        if (outcome.kind === 'applied') return endAlarm(tx, now, 'configuration')
        const alarm = { key: 'configuration', title: brokenConfigurationTitle(path, outcome.issues) }
        await raiseAlarm(tx, now, escalation, await documents.fresh(tx.sql), alarm)
      })
      return outcome
    },
    /** Takes back every lease: only a node that alone may use the database does so. */
    async takeBackLeases(now: Instant): Promise<void> {
      await voidLeases(db.sql, now)
      await voidInboxLeases(db.sql)
    },
    /** Takes no new work, finishes what is under way. */
    async close(): Promise<void> {
      live.close()
      await http.close()
      await engine.stop()
      await dispatcher.drain()
      await reader.close()
      // Figures only: a database that is already away must not hold up the end.
      await hours.flush().catch(() => {})
    },
  }
}

/** How long is kept what is not kept for ever. */
const RETENTION = {
  rawDays: 30,
  sessionDays: SESSION_MS / DAY,
  loginLinkMinutes: LOGIN_LINK_MS / MINUTE,
  actionLinkDays: LINK_MS / DAY,
  repliesHours: 24,
}

/** What makes a node not ready although it answers. */
async function lateness(db: Database, now: Instant): Promise<string[]> {
  const { oldestAt } = await readBacklog(db.sql)
  return oldestAt !== null && now - oldestAt > 10 * SECOND ? [`accepted bodies wait since ${iso(oldestAt)}`] : []
}

/** Screens, and whatever else follows the timeline, are told nothing after the oldest transaction that still runs. */
function lagging(lagMs: number): string[] {
  if (lagMs <= LAG_MAX_MS) return []
  const seconds = Math.round(lagMs / SECOND)
  return [
    `screens are not live: a transaction has been open in the database for ${seconds} s and holds the timeline back; pg_stat_activity names it`,
  ]
}

async function keepHouse(db: Database, now: Instant): Promise<number> {
  await forgetEnded(db.sql, now)
  await forgetOldReplies(db.sql, now)
  await forgetLinkUses(db.sql, now)
  return 0
}
