import { contract } from './contract.ts'
import type { IncidentId } from './kernel/ids.ts'
import type { Clock, Instant } from './kernel/time.ts'
import { accessRoom } from './modules/access/index.ts'
import { alertsByHand, alertsRoom, endAlertsByPerson, forgetAlertsOf, moveAlerts, readAlertsIn } from './modules/alerts/index.ts'
import { attachmentsRoom, forgetAttachments, removeFileOf } from './modules/attachments/index.ts'
import { type CommandRouteParts, commandRoom, forgetCommand, onFacts, standings } from './modules/command/index.ts'
import { configurationRoom } from './modules/configuration/index.ts'
import { demoDayLoop, demoHandlers, demoKeys, demoOutageLoop, OUTAGE_LOOP } from './modules/demo/index.ts'
import { createDocuments } from './modules/documents/index.ts'
import { escalationLoop, levelsMoved, lockFreeRuns, lockRuns, teamsPagedBy, unreachedLoop } from './modules/escalation/index.ts'
import { hooksRoom } from './modules/hooks/index.ts'
import { eventViewOf, incidentsRoom, letInPaged, readHearing, resume } from './modules/incidents/index.ts'
import { certificatesRoom, installationRoom } from './modules/installation/index.ts'
import { type AlertSource, intakeRoom, readBody, readHearings, voidInboxLeases } from './modules/intake/index.ts'
import { onCallHandlers } from './modules/oncall/index.ts'
import { insertScreenMessages, pagingRoom, voidLeases } from './modules/paging/index.ts'
import { severityHandlers } from './modules/severity/index.ts'
import { type Entry, timelineRoom } from './modules/timeline/index.ts'
import { pagesRoom } from './pages/index.ts'
import type { Database, Transaction } from './platform/db.ts'
import { STOP_MS, stopStep } from './platform/deadlines.ts'
import type { Egress } from './platform/egress/index.ts'
import { createEngine } from './platform/engine.ts'
import { createHttpServer } from './platform/http.ts'
import type { Log } from './platform/log.ts'
import type { Mailer } from './platform/mail.ts'
import { openApiRoute } from './platform/openapi.ts'
import { createPause } from './platform/pause.ts'
import { createKeepReply } from './platform/replies.ts'
import { retentionLoop } from './platform/retention.ts'
import { handlersOf, type Room } from './platform/room.ts'
import type { SecretKey } from './platform/secret-key.ts'
import type { SecretOf } from './platform/secrets.ts'
import type { ShownSettings } from './platform/settings.ts'
import { staticFiles } from './platform/static-files.ts'
import { alertSources } from './plugs/alert-sources/index.ts'
import { channels } from './plugs/channels/index.ts'
import { declaringDoors } from './plugs/declaring/index.ts'
import { createFirstSteps } from './reads/first-steps.ts'
import { createMeasure } from './reads/measured.ts'
import { readPageContents } from './reads/page-content.ts'
import { readsRoom } from './reads/room.ts'

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
  /** What is watched of the machine and the database this runs on. */
  surroundings: readonly Room[]
  /** Turns a reference to a secret into the secret. */
  secretOf: SecretOf
  /** Checks every reply against the contract: tests and development. */
  checkReplies: boolean
  /** The built program of the worker that reads large bodies; null reads them here. */
  readingWorker: string | null
  /** Dialects beside those of `src/plugs/alert-sources/`: a test may bring one. */
  dialects?: AlertSource[]
  /** The folder of the built web application. */
  web: string
  version: string
  /** What may be shown of how this server was started. */
  settings: ShownSettings
  /** The schema's number, for readyz. */
  schema: number
  /** Plays the demo's past, which takes a product of its own. */
  withPast<Answer>(now: Instant, put: () => Promise<Answer>): Promise<Answer | undefined>
}

export type App = ReturnType<typeof createApp>

/** Wires everything, top to bottom: each line may use only what earlier lines made. */
export function createApp(parts: AppParts) {
  const { db, clock, log, node, publicUrl, secretKey, egress, mailer, secretOf } = parts
  const { keep } = parts.settings
  const engine = createEngine(clock, log)
  const documents = createDocuments()
  const pause = createPause(db)
  const sources = [...alertSources, ...(parts.dialects ?? [])]
  const house = { db, clock, log, node, documents, publicUrl, pause, mailer, keep, secretOf, signer: secretKey.signer }

  const { adminToken, localToken } = parts
  const access = accessRoom({ ...house, ...(adminToken !== null && { adminToken }), ...(localToken !== null && { localToken }) })
  const timeline = timelineRoom({
    ...house,
    describe: eventViewOf,
    stillMay: access.stillMay,
    readHearing: (sql, ids) => readHearing(sql, documents, ids),
  })
  const paging = pagingRoom({
    ...house,
    channels,
    reach: {
      request: egress.request,
      ...(mailer && { mail: mailer }),
      screen: { show: (message) => insertScreenMessages(db.sql, clock.now(), [{ ...message, content: JSON.stringify(message.pages) }]) },
    },
    describe: (sql, pages) =>
      readPageContents(sql, pages, { publicUrl: publicUrl(), linkKey: secretKey.linkKey, now: clock.now(), documents }),
    onLevels: (tx, now, levels) => {
      if (levels.failed.length > 0) tx.afterCommit(() => engine.nudge('escalation'))
      return levelsMoved(tx, now, documents, levels)
    },
    holdRuns: (tx, runIds) => lockRuns(tx.sql, runIds),
    holdFreeRuns: (tx, runIds) => lockFreeRuns(tx.sql, runIds),
    nudge: () => engine.nudge('paging'),
    isPaused: () => pause.current() !== null,
  })
  const paged = { ...house, slots: paging.slots, letIn: letInPaged }
  const escalation = { loops: [escalationLoop(db, paged), unreachedLoop(db, paged)] }
  const acting = {
    ...paged,
    onFacts: (tx: Transaction, now: Instant, entries: Entry[]) => onFacts(tx, now, { documents, alertsIn: readAlertsIn }, entries),
    endAlerts(tx: Transaction, now: Instant, incidentId: IncidentId) {
      tx.afterCommit(() => engine.nudge('alert-ends'))
      return endAlertsByPerson(tx, now, incidentId)
    },
  }
  const incidents = incidentsRoom({
    ...acting,
    standings,
    channels,
    health: paging.health,
    forgetAlerts: forgetAlertsOf,
    forgetAttachments,
    removeFileOf,
    forgetCommand,
  })
  const commanding: CommandRouteParts = {
    ...acting,
    alertsIn: readAlertsIn,
    alerts: alertsByHand,
    moveAlerts(tx, move) {
      tx.afterCommit(() => engine.nudge('alert-ends'))
      return moveAlerts(tx, move)
    },
  }
  const command = commandRoom({ ...commanding, mailer, publicUrl })
  const attachments = attachmentsRoom({ ...house, standings, quotaBytes: keep.attachmentsBytes })
  const hooks = hooksRoom({
    ...{ ...acting, request: egress.request, nudge: () => engine.nudge('hook-deliveries') },
    seal: (secret) => secretKey.seal(secret, 'document'),
  })
  const declaring = { routes: declaringDoors({ ...house, ...commanding, authenticate: access.authenticate }) }
  const alerts = alertsRoom({ ...acting, readBody })
  const intake = intakeRoom({ ...acting, sources, workerFile: parts.readingWorker, nudge: () => engine.nudge('intake') })
  const oncall = { handlers: onCallHandlers({ ...house, teamsOf: teamsPagedBy }) }
  const severity = { handlers: severityHandlers(house) }
  const configuration = configurationRoom({ ...paged, vocabulary: { channels, sources, checkUrl: egress.checkUrl } })
  const keyOf = demoKeys(secretKey.linkKey)
  const company = { ...intake, ...house, incidents: commanding, keyOf }
  const demo = {
    handlers: demoHandlers({ ...house, keyOf, withPast: parts.withPast, nudge: () => engine.nudge(OUTAGE_LOOP) }),
    loops: [demoDayLoop(company, log), demoOutageLoop(company, log)],
  }
  const reads = readsRoom(db, documents, channels)
  const firstSteps = {
    handlers: createFirstSteps({
      ...{ ...house, sources, channels, hasMail: mailer !== null, embedded: parts.settings.database === null },
      heard: async (now) => {
        await intake.hours.flush()
        return readHearings(db.sql, now)
      },
    }),
  }
  const http = createHttpServer({
    ...{ clock, log, checkReplies: parts.checkReplies },
    authenticate: access.authenticate,
    keepReply: createKeepReply({ db, clock, secretKey }),
  })
  const pages = pagesRoom({
    ...{ ...house, ...commanding, linkKey: secretKey.linkKey, readEscalation: reads.handlers.getEscalation },
    ...{ web: parts.web, look: http.look, end: timeline.end },
  })
  const rooms = [
    intake,
    paging,
    escalation,
    alerts,
    incidents,
    command,
    timeline,
    access,
    oncall,
    severity,
    configuration,
    hooks,
    attachments,
    declaring,
    demo,
    firstSteps,
    reads,
    pages,
  ] as const
  const { version, schema, settings } = parts
  const measure = createMeasure(db, channels)
  const around: readonly Room[] = [...parts.surroundings, certificatesRoom({ ...house, egress, settings, channels })]
  const told = { rooms: [...rooms, ...around], lagMs: timeline.lagMs, measure }
  const installation = installationRoom({ ...house, engine, settings, version, schema, ...told })

  const all: readonly Room[] = [...rooms, ...around, installation]
  const kept = all.flatMap((room) => room.kept ?? [])
  for (const loop of [...all.flatMap((room) => room.loops ?? []), retentionLoop(log, kept)]) engine.add(pause.resting(loop))
  http.serve(contract, { ...handlersOf(rooms), ...installation.handlers })
  for (const route of all.flatMap((room) => room.routes ?? [])) http.raw(route)
  http.raw(openApiRoute(contract, version))
  for (const route of staticFiles(parts.web)) http.raw(route)
  http.astray(intake.astray)

  return {
    http,
    engine,
    documents,
    pause,
    paging,
    /** What the demo and the tests act through: the same actions the routes use. */
    incidents: commanding,
    intake,
    configuration,
    kept,
    /** Ends a pause; answers how many open incidents page anew. */
    resume: (now: Instant): Promise<number> => resume(paged, now, 'system'),
    /** Takes back every lease: only a node that alone may use the database does so. */
    async takeBackLeases(now: Instant): Promise<void> {
      await voidLeases(db.sql, now)
      await voidInboxLeases(db.sql)
    },
    /** Takes no new work, finishes what is under way. */
    async close(): Promise<void> {
      timeline.close()
      await stopStep(log, STOP_MS.requests, 'Answering requests', http.close())
      await stopStep(log, STOP_MS.loops, 'The work of the loops', engine.stop())
      await stopStep(log, STOP_MS.pages, 'Sending pages', paging.drain())
      await stopStep(log, STOP_MS.rest, 'Telling hooks', hooks.close())
      await stopStep(log, STOP_MS.rest, 'Reading large bodies', intake.close())
    },
  }
}
