import type { Clock, Instant } from './kernel/time.ts'
import { HOUR } from './kernel/time.ts'
import { contract } from './contract.ts'
import { createAuthenticate, forgetEnded } from './modules/access/index.ts'
import { alertDoors, alertHandlers, createInbox, endAlertsByPerson, inboxDaysLoop, intakeLoop, lapseLoop, voidInboxLeases } from './modules/alerts/index.ts'
import { createDocuments } from './modules/documents/index.ts'
import { escalationLoop, levelsFailed, levelsReached, unreachedLoop } from './modules/escalation/index.ts'
import { acknowledgementLoop, incidentHandlers } from './modules/incidents/index.ts'
import { createDispatcher, insertScreenMessages, voidLeases } from './modules/paging/index.ts'
import type { Database } from './platform/db.ts'
import type { Egress } from './platform/egress/index.ts'
import { createEngine } from './platform/engine.ts'
import { createHttpServer } from './platform/http.ts'
import type { Log } from './platform/log.ts'
import type { Mailer } from './platform/mail.ts'
import { createOnce, forgetOldReplies } from './platform/once.ts'
import type { SecretKey } from './platform/secret-key.ts'
import { alertSources } from './plugs/alert-sources/index.ts'
import { channels } from './plugs/channels/index.ts'
import { createReadEscalation } from './reads/escalation.ts'
import { readPageContents } from './reads/page-content.ts'
import { createReadPages } from './reads/pages.ts'
import { createReadWhy } from './reads/why.ts'

export interface AppParts {
  db: Database
  clock: Clock
  log: Log
  /** Names this process in leases and logs. */
  node: string
  publicUrl: string
  secretKey: SecretKey
  egress: Egress
  mailer: Mailer | null
  adminToken: string | null
  localToken: string | null
  /** Turns a reference to a secret into the secret. */
  secretOf(reference: { env: string } | { file: string } | { sealed: string }): string | undefined
  /** Checks every reply against the contract: tests and development. */
  checkReplies: boolean
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
    describe: (sql, pages) => readPageContents(sql, pages, { publicUrl, linkKey: secretKey.linkKey, now: clock.now(), snapshot: documents.last() }),
    secretOf: parts.secretOf,
    onReached: (tx, now, levels) => levelsReached(tx, now, documents, levels),
    onFailed: async (tx, now, levels) => {
      await levelsFailed(tx, now, levels)
      tx.afterCommit(() => engine.nudge('escalation'))
    },
    nudge: () => engine.nudge('paging'),
  })

  const escalation = { documents, slots: dispatcher.slots }
  const incidents = { ...escalation, endAlerts: endAlertsByPerson }
  const inbox = createInbox({ db, clock, log, node, nudge: () => engine.nudge('intake') })
  const intake = { ...incidents, db, log, node, inbox, sources: alertSources }
  const unknownKeys = new Map<string, number>()

  engine.add(intakeLoop(intake))
  engine.add(dispatcher.loop)
  engine.add(escalationLoop(db, escalation))
  engine.add(unreachedLoop(db, escalation))
  engine.add(lapseLoop(intake))
  engine.add(acknowledgementLoop(db, escalation))
  engine.add(inboxDaysLoop(db, 30))
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
  http.serve(contract, {
    ...incidentHandlers({ ...incidents, db, readPages: createReadPages(db), readEscalation: createReadEscalation(db, documents) }),
    ...alertHandlers({ db, readWhy: createReadWhy(db) }),
  })
  for (const door of alertDoors({ db, clock, documents, inbox, sources: alertSources, unknownKey: (name) => unknownKeys.set(name, (unknownKeys.get(name) ?? 0) + 1) })) http.raw(door)

  return {
    http,
    engine,
    documents,
    dispatcher,
    inbox,
    /** What the demo and the tests act through: the same actions the routes use. */
    incidents,
    intake,
    /** Takes back every lease: only a node that alone may use the database does so. */
    async takeBackLeases(now: Instant): Promise<void> {
      await voidLeases(db.sql, now)
      await voidInboxLeases(db.sql)
    },
    /** Takes no new work, finishes what is under way. */
    async close(): Promise<void> {
      await http.close()
      await engine.stop()
      await dispatcher.drain()
    },
  }
}

async function keepHouse(db: Database, now: Instant): Promise<number> {
  await forgetEnded(db.sql, now)
  await forgetOldReplies(db.sql, now)
  return 0
}
