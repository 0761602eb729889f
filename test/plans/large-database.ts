import pg from 'pg'
import { pino } from 'pino'
import { expect, inject } from 'vitest'
import { openDatabase } from '../../src/platform/db.ts'
import { EXCEPTIONS } from './exceptions.ts'
import { askedAbout, type Explainer, openExplainer } from './explain.ts'
import { GROWING, readStandIns, type Size, SMALL, writeHistory } from './history.ts'
import { faultsOf, shownPlan, USUAL } from './plan.ts'
import type { Recorded, Written } from './recorded.ts'

export type Statement = Recorded & Omit<Written, 'isOf'>

export interface LargeDatabase {
  /** Has the product's sessions plan these statements by what the database holds at this moment. */
  prepare(statements: Statement[]): Promise<void>
  /** Writes the history up to this incident; nothing is told to the planner. */
  growTo(incident: number): Promise<void>
  /** Tells the planner what there is; every plan that is kept is dropped. */
  analyze(): Promise<void>
  /** Runs what was prepared; answers what reads more than it may, with its plan. */
  faults(): Promise<string[]>
  close(): Promise<void>
}

/** A database of its own in which statistics are taken when a test says so. */
export async function openLargeDatabase(size: Size): Promise<LargeDatabase> {
  const { host, port, user } = inject('postgres')
  const database = `plans_${Math.random().toString(36).slice(2)}`
  const admin = new pg.Client({ host, port, user, database: 'postgres' })
  await admin.connect()
  await admin.query(`create database ${database} template template_tocsin`)
  const config = { host, port, user, database }
  const writer = new pg.Client(config)
  await writer.connect()
  await writer.query(`do $$ declare one regclass; begin
    for one in select oid from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
    loop execute format('alter table %s set (autovacuum_enabled = off)', one); end loop; end $$`)
  const { rows: tables } = await writer.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by 1`,
  )
  const strange = tables.map(({ name }) => name).filter((name) => !GROWING.includes(name) && !(name in SMALL))
  expect(strange, 'tables of which test/plans/history.ts does not say whether they grow').toEqual([])

  const settings = await sessionSettings(config)
  const standIns: StandIns = { tails: [], identities: [], given: new Map(), counts: new Map() }
  const translate = createTranslation(standIns)
  let explainer: Explainer | undefined
  let prepared: Statement[] = []
  let written = 0

  return {
    async prepare(statements) {
      await explainer?.end()
      explainer = await openExplainer(config, settings, translate)
      prepared = statements
      for (const statement of statements) for (const mode of statement.within) await explainer.prepare(statement, mode)
    },
    async growTo(incident) {
      await writeHistory(writer, size, written + 1, incident)
      written = incident
      if (incident === size.incidents) Object.assign(standIns, await readStandIns(writer, size))
    },
    async analyze() {
      await writer.query('analyze')
    },
    async faults() {
      const faults: string[] = []
      for (const statement of prepared) faults.push(...(await faultsIn(statement)))
      return faults
    },
    async close() {
      await Promise.all([explainer?.end(), writer.end()])
      await admin.query(`drop database ${database} with (force)`)
      await admin.end()
    },
  }

  /** The first of the samples that reads too much will do. */
  async function faultsIn(statement: Statement): Promise<string[]> {
    const bound = EXCEPTIONS[statement.name] ?? USUAL
    // Reads all there is. Not even run: what it writes and takes back would lie in the way of the others.
    if (bound.rows === Number.POSITIVE_INFINITY) return []
    // The first incident that a statement asks about is the crowded one.
    standIns.given.clear()
    standIns.counts.clear()
    for (const mode of statement.within)
      for (const sample of statement.samples) {
        const plan = await explainer!.explain(statement, mode, sample)
        const found = faultsOf(plan, new Set(GROWING), bound, askedAbout(sample))
        if (found.length > 0)
          return [`${statement.place} ${statement.name.split(' ')[1]}, ${mode}: ${found.join('; ')}\n${shownPlan(plan)}`]
      }
    return []
  }
}

/** What the product's sessions tell the planner, asked of one. */
async function sessionSettings(connection: pg.ClientConfig): Promise<Record<string, string>> {
  const db = openDatabase({ connection, log: pino({ level: 'silent' }), connectionsMax: 1 })
  const rows = await db.sql<{ name: string; setting: string }>`
    select name, setting from pg_settings where source in ('client', 'session') and name ~ '^(enable_|jit$|TimeZone$)'`
  await db.close()
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))
}

interface StandIns {
  tails: string[]
  identities: string[]
  /** Which stands for which, and how many of a noun were given out. */
  given: Map<string, string>
  counts: Map<string, number>
}

/** Puts ids of the history for those a test asked with: the first for the first, and so on. */
function createTranslation(standIns: StandIns): (text: string) => string {
  const { given, counts } = standIns
  const standIn = (id: string, noun: string, pool: string[]) => {
    const before = given.get(id)
    if (before !== undefined || pool.length === 0) return before ?? id
    const n = counts.get(noun) ?? 0
    counts.set(noun, n + 1)
    given.set(id, pool[n % pool.length]!)
    return pool[n % pool.length]!
  }
  return (text) =>
    text
      .replace(/\b(inc|run|alr)_([0-9a-z]{26})\b/g, (_, noun, tail) => `${noun}_${standIn(tail, noun, standIns.tails)}`)
      .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, (id) => standIn(id, 'identity', standIns.identities))
}
