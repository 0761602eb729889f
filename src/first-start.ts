import { type App, type AppParts, createApp } from './app.ts'
import { DAY, type Instant } from './kernel/time.ts'
import { hasSignedIn, makeLoginLink } from './modules/access/index.ts'
import { readBacklog } from './modules/alerts/index.ts'
import { issueText } from './modules/configuration/index.ts'
import {
  demoKeys,
  firstAlert,
  foundCompany,
  hasFirstIntegration,
  hasOwnObjects,
  namesTaken,
  type PastWorld,
  playMonth,
  removeDemo,
} from './modules/demo/index.ts'
import { writeDocuments } from './modules/documents/index.ts'
import { readIncidents, STATUSES } from './modules/incidents/index.ts'
import { Person } from './modules/people/index.ts'
import { noteDemoOffer, readDemoOffer } from './platform/installation.ts'
import type { Settings } from './platform/settings.ts'

export interface StartParts {
  app: App
  parts: AppParts
  settings: Settings
}

/** Before the first request: configuration from files, an owner to sign in as, the demo on an empty start. */
export async function prepare({ app, parts, settings }: StartParts): Promise<void> {
  const { clock, log } = parts
  if (settings.config !== null) {
    const outcome = await app.applyConfiguration(clock.now(), settings.config)
    for (const issue of outcome.kind === 'applied' ? outcome.warnings : outcome.issues) log.warn(issueText(issue))
  }
  await haveOwner(app, parts)
  await offerDemo(app, parts, settings)
}

async function haveOwner(app: App, { db, clock }: AppParts): Promise<void> {
  await db.transaction(async (tx) => {
    const snapshot = await app.documents.fresh(tx.sql)
    if (snapshot.all(Person).some((person) => person.spec.role === 'owner')) return
    await writeDocuments(tx.sql, clock.now(), 'system', [
      { kind: 'Person', name: 'owner', spec: { displayName: 'Owner', role: 'owner' }, origin: { kind: 'built-in' } },
    ])
  })
  await app.documents.fresh(db.sql)
}

/** The demo comes once: on an empty start without configuration, or where it is asked for. */
async function offerDemo(app: App, parts: AppParts, settings: Settings): Promise<void> {
  const { db, clock, log } = parts
  if (settings.demo === false || (settings.demo === null && settings.config !== null)) return
  const turn = await db.connect()
  try {
    // Nodes that start together on one database queue here: one makes the demo, the others find it made.
    await turn.query('select pg_advisory_lock($1)', [DEMO_LOCK])
    if ((await readDemoOffer(db.sql)) !== null) return
    const asked = settings.demo === true
    if (!asked && hasOwnObjects(await app.documents.fresh(db.sql))) return
    // What a start that was killed in the middle has left.
    await removeDemo(db, app.documents)
    const untouched = await isUntouched(parts)
    if (!asked && !untouched) return
    if (await makeDemo(app, parts, untouched)) await noteDemoOffer(db.sql, clock.now())
  } catch (error) {
    // A start without the demo is better than none; the next start tries again.
    log.error({ err: (error as Error).message, stack: (error as Error).stack }, 'the demo company could not be made')
    await removeDemo(db, app.documents)
  } finally {
    await turn.end()
  }
}

/** Any number that nothing else locks by. */
const DEMO_LOCK = 7_465_127

/** Answers whether there was room for it. */
async function makeDemo(app: App, parts: AppParts, untouched: boolean): Promise<boolean> {
  const { db, clock, log, secretKey } = parts
  const keyOf = demoKeys(secretKey.linkKey)
  const now = clock.now()
  const taken = namesTaken(app.documents.last(), now, keyOf)
  if (taken.length > 0) {
    log.warn(
      { names: taken.map(({ kind, name }) => `${kind} ${name}`) },
      'the demo company was not added: it would take the place of objects that are there',
    )
    return false
  }
  // A month is made up only where nothing has happened yet: a moved clock must never work on what is real.
  await db.transaction((tx) => foundCompany(tx, untouched ? now - 30 * DAY : now, now, keyOf))
  if (untouched) await liveThroughMonth(parts, now, keyOf)
  await app.documents.fresh(db.sql)
  log.info({ ms: clock.now() - now }, 'the demo company was made')
  return true
}

/** No incident was ever opened here, and nothing waits to be taken in. */
async function isUntouched({ db }: AppParts): Promise<boolean> {
  const incidents = await readIncidents(db.sql, {
    statuses: [...STATUSES],
    severities: null,
    services: null,
    text: null,
    before: null,
    limit: 1,
  })
  return incidents.length === 0 && (await readBacklog(db.sql)).rows === 0
}

/** The product itself over the same database, with a clock of its own that creeps while things are done and leaps between them. */
async function liveThroughMonth(parts: AppParts, now: Instant, keyOf: (integration: string) => string): Promise<void> {
  let at = now - 30 * DAY
  const clock = { now: () => (at += 12) }
  const egress = { ...parts.egress, request: async () => ({ kind: 'failed', reason: 'nothing leaves the demo', unknown: false }) as const }
  const past = createApp({ ...parts, clock, egress, mailer: null, node: `${parts.node}-past` })
  const world: PastWorld = {
    db: parts.db,
    documents: past.documents,
    incidents: past.incidents,
    inbox: past.inbox,
    sources: past.intake.sources,
    read: past.intake.read,
    clock,
    moveTo: (moment) => {
      at = Math.max(at, moment)
    },
    settle: past.engine.settle,
    nextPageAt: () => past.dispatcher.loop.nextAt!(),
    keyOf,
  }
  try {
    await playMonth(world, now)
  } finally {
    await past.close()
  }
}

export interface GreetParts extends Omit<StartParts, 'settings'> {
  url: string
  out?(line: string): void
}

/** What a person who starts it reads: where it is, how to get in, how to try it. */
export async function greet({ app, parts, url, out = toTerminal }: GreetParts): Promise<void> {
  const { db, clock, secretKey } = parts
  const snapshot = await app.documents.fresh(db.sql)
  out(`Tocsin is ready at ${url}`)
  const owners = snapshot.all(Person).filter((person) => person.spec.role === 'owner')
  const uids = owners.map(({ uid }) => uid)
  if (owners[0] && !(await hasSignedIn(db.sql, uids))) {
    const secret = await makeLoginLink(db.sql, clock.now(), owners[0])
    out('')
    out('  Sign in, once, within 15 minutes:')
    out(`    ${url}/sign-in/${secret}`)
  }
  if (hasFirstIntegration(snapshot)) {
    out('')
    out('  A demo company lives here. Nobody outside your screen is paged. Raise a first alert:')
    out(`    ${firstAlert(url, demoKeys(secretKey.linkKey)).command}`)
    out('  and watch the phone ring:')
    out(`    ${url}/phone`)
  }
}

function toTerminal(line: string): void {
  process.stdout.write(`${line}\n`)
}
