import { type App, type AppParts, createApp } from './app.ts'
import { DAY, type Instant } from './kernel/time.ts'
import { hasSignedIn, makeLoginLink } from './modules/access/index.ts'
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
  REMOVING_DEMO,
  takeOverPast,
} from './modules/demo/index.ts'
import { writeDocuments } from './modules/documents/index.ts'
import { readNewestIncidents } from './modules/incidents/index.ts'
import { readBacklog } from './modules/intake/index.ts'
import { Person } from './modules/people/index.ts'
import { queueFor } from './platform/advisory-lock.ts'
import { DEADLINE_MS } from './platform/deadlines.ts'
import { readDemoOffer } from './platform/installation.ts'
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
    const outcome = await app.configuration.apply(clock.now(), settings.config)
    if (outcome.kind === 'applied') for (const { schedule, text } of outcome.whoIsAffected) log.warn(`schedule ${schedule}: ${text}`)
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

/** By itself the demo comes once: on an empty start without configuration, or where it is asked for. */
async function offerDemo(app: App, parts: AppParts, settings: Settings): Promise<void> {
  const { db, clock, log, secretKey } = parts
  if (settings.demo === false || (settings.demo === null && settings.config !== null)) return
  const keyOf = demoKeys(secretKey.linkKey)
  try {
    if ((await readDemoOffer(db.sql)) !== null) return
    const snapshot = await app.documents.fresh(db.sql)
    if (settings.demo === null && (hasOwnObjects(snapshot) || !(await isUntouched(parts)))) return
    const now = clock.now()
    const put = async (): Promise<string[] | undefined> =>
      db.transaction(async (tx) => {
        // Nodes that start together on one database queue for it: one makes the demo, the others find it made.
        if ((await readDemoOffer(tx.sql)) !== null) return undefined
        return (await takeOverPast(tx, now, app.documents, keyOf)).taken.map(({ kind, name }) => `${kind} ${name}`)
      }, REMOVING_DEMO)
    const taken = namesTaken(snapshot, now, keyOf).map(({ kind, name }) => `${kind} ${name}`)
    const names = taken.length > 0 ? taken : await withPast(parts, now, put)
    if (names !== undefined && names.length > 0) {
      log.warn({ names }, 'the demo company was not added: it would take the place of objects that are there')
      return
    }
    await app.documents.fresh(db.sql)
    log.info({ ms: clock.now() - now }, 'the demo company was made')
  } catch (error) {
    // A start without the demo is better than none; the next start tries again.
    log.error({ err: (error as Error).message, stack: (error as Error).stack }, 'the demo company could not be made')
  }
}

/** Any number that nothing else locks by. */
const DEMO_LOCK = 7_465_127

/** No incident was ever opened here, and nothing waits to be taken in. */
async function isUntouched({ db }: AppParts): Promise<boolean> {
  const incidents = await readNewestIncidents(db.sql, 1, 'tocsin')
  return incidents.length === 0 && (await readBacklog(db.sql)).rows === 0
}

/**
 * Lets the company live through its month in tables of its own, and has it put in place; one at a time, whichever node. Undefined
 * where the database's role may not make a schema for it.
 */
export async function withPast<Answer>(parts: AppParts, now: Instant, put: () => Promise<Answer>): Promise<Answer | undefined> {
  const turn = await parts.db.connect()
  try {
    await queueFor(turn, DEMO_LOCK, DEADLINE_MS.demo)
    const { rows } = await turn.query<{ may: boolean; real: string }>(
      `select has_database_privilege(current_database(), 'CREATE') as may, current_schema() as real`,
    )
    if (!rows[0]!.may) {
      parts.log.warn('the demo company was not made: its past is made in a schema of its own, which this role may not create')
      return undefined
    }
    const past = (await turn.query<{ past: string }>('select demo_past_begin() as past')).rows[0]!.past
    const db = parts.db.beside([past, rows[0]!.real])
    try {
      await liveThroughMonth({ ...parts, db }, now)
    } finally {
      await db.close()
    }
    return await put()
  } finally {
    await turn.query('select demo_past_drop()').catch(() => {})
    await turn.end()
  }
}

/** The product itself over tables of its own, with a clock that creeps while things are done and leaps between them. */
async function liveThroughMonth(parts: AppParts, now: Instant): Promise<void> {
  const keyOf = demoKeys(parts.secretKey.linkKey)
  let at = now - 30 * DAY
  const clock = { now: () => (at += 12) }
  const egress = { ...parts.egress, request: async () => ({ kind: 'failed', reason: 'nothing leaves the demo', unknown: false }) as const }
  await parts.db.transaction((tx) => foundCompany(tx, at, now, keyOf))
  const past = createApp({ ...parts, clock, egress, mailer: null, node: `${parts.node}-past` })
  const world: PastWorld = {
    db: parts.db,
    documents: past.documents,
    incidents: past.incidents,
    inbox: past.intake.inbox,
    sources: past.intake.sources,
    read: past.intake.read,
    clock,
    moveTo: (moment) => {
      at = Math.max(at, moment)
    },
    settle: past.engine.settle,
    nextPageAt: () => past.paging.loop.nextAt!(),
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

/** What a person who starts it reads: where it is, how to get in, how to try it. Answers the way in, while nobody has used one. */
export async function greet({ app, parts, url, out = toTerminal }: GreetParts): Promise<{ signIn: string | undefined }> {
  const { db, clock, secretKey } = parts
  const snapshot = await app.documents.fresh(db.sql)
  out(`Tocsin is ready at ${url}`)
  const paused = app.pause.current()
  if (paused !== null) {
    out('')
    out(`  Paused, nobody is paged: ${paused.because}. Say go on with`)
    out('    tocsin resume')
  }
  const owners = snapshot.all(Person).filter((person) => person.spec.role === 'owner')
  const uids = owners.map(({ uid }) => uid)
  let signIn: string | undefined
  if (owners[0] && !(await hasSignedIn(db.sql, uids))) {
    const secret = await makeLoginLink(db.sql, clock.now(), owners[0])
    signIn = `${url}/sign-in/${secret}`
    out('')
    out('  Sign in, once, within 15 minutes:')
    out(`    ${signIn}`)
  }
  if (hasFirstIntegration(snapshot)) {
    out('')
    out('  A demo company lives here. Nobody outside your screen is paged. Raise a first alert:')
    out(`    ${firstAlert(url, demoKeys(secretKey.linkKey)).command}`)
    out('  and watch the phone ring:')
    out(`    ${url}/phone`)
  }
  if (!hasFirstIntegration(snapshot) && !hasOwnObjects(snapshot)) {
    out('')
    out('  Nothing is set up yet: five steps to a first page stand there. Or look around first:')
    out('    tocsin demo start')
  }
  return { signIn }
}

function toTerminal(line: string): void {
  process.stdout.write(`${line}\n`)
}
