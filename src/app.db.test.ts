import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { keyOf, type Stage, setStage } from '../test/world/stage.ts'
import { createApp } from './app.ts'
import type { IncidentId } from './kernel/ids.ts'
import { DAY } from './kernel/time.ts'
import { brokenAt, readChain } from './modules/timeline/index.ts'
import { FORGET_ROWS } from './platform/retention.ts'
import { type KeepSettings, readSettings } from './platform/settings.ts'

// A year goes by in them: a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 })

let stage: Stage
beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'kim'] })
  await stage.policy(['0s ada'], 'kim')
})
afterAll(() => stage.close())

const kindsWith = (keep: Partial<KeepSettings> = {}) => {
  const { parts } = stage.world
  return createApp({ ...parts, settings: { ...parts.settings, keep: { ...parts.settings.keep, ...keep } } }).kept
}

/** Lets go of one kind until nothing is left to do; answers what each step did. */
async function letGo(name: string, { days, ...keep }: Partial<KeepSettings> & { days: number }, rows = FORGET_ROWS): Promise<number[]> {
  const kind = kindsWith(keep).find((one) => one.name === name)!
  const steps: number[] = []
  do steps.push(await kind.forget!(stage.world.now() - days * DAY, rows))
  while (steps.at(-1)! > 0)
  return steps
}

const count = async (table: string) => {
  const [row] = await stage.world.db.sql<{ n: number }>`
    select (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I', ${table}::text), false, true, '')))[1]::text::int as n`
  return row!.n
}

test('every table has somebody who says for how long what is in it is kept', async () => {
  const rows = await stage.world.db.sql<{ relname: string }>`
    select relname from pg_class where relkind in ('r', 'p') and not relispartition and relnamespace = 'public'::regnamespace and relname <> 'platform_migrations'`
  const kinds = kindsWith()
  expect(kinds.flatMap(({ tables }) => tables).sort()).toEqual(rows.map(({ relname }) => relname).sort())
  for (const { name, keptMs, forget } of kinds) if (keptMs !== null) expect(forget, name).toBeDefined()
})

test('incidents go whole and bit by bit; those that stay keep their chain', async () => {
  const old = (await stage.alarm({ dedup_key: 'old' }))!
  for (let i = 0; i < 7; i++) await stage.alarm({ dedup_key: `with-old-${i}`, title: 'With it' })
  await stage.curtain()
  stage.pace.stepSeconds = 600
  await stage.world.pass({ hours: 1 })
  const stays = (await stage.alarm({ dedup_key: 'stays' }))!
  const resolvedAt = Date.parse((await stage.incident(old.id)).resolvedAt!)
  await stage.curtain()
  const open = (await stage.alarm({ dedup_key: 'open' }))!

  const kind = kindsWith({ incidentsMs: DAY }).find(({ name }) => name === 'incidents')!
  // Two rows a step: alerts and pages first.
  const steps: number[] = []
  do steps.push(await kind.forget!(resolvedAt + 1000, 2))
  while (steps.at(-1)! > 0)
  expect(steps.length).toBeGreaterThan(3)
  await expect(stage.incident(old.id)).rejects.toMatchObject({ status: 404 })
  for (const table of ['alerts_alerts', 'paging_pages', 'escalation_runs', 'timeline_heads', 'timeline_events', 'incidents_incidents']) {
    const ids = await stage.world.db.sql<{ rows: string }>`
      select query_to_xml(format('select * from %I', ${table}::text), false, true, '')::text as rows`
    expect(ids[0]!.rows, table).not.toContain(old.id)
    expect(ids[0]!.rows, table).toContain(stays.id)
  }
  for (const { id } of [stays, open]) expect(brokenAt(await readChain(stage.world.db.sql, id as IncidentId))).toBeUndefined()
  expect((await stage.incident(open.id)).status).not.toBe('resolved')
  expect(await letGo('incidents', { days: 0 })).not.toEqual([])
  expect((await stage.incident(open.id)).id).toBe(open.id)
  await stage.curtain()
})

test('alerts that ended go, in steps; those still open stay however old they are, and so does the incident', async () => {
  const lasting = (await stage.alarm({ dedup_key: 'lasting' }))!
  for (let i = 0; i < 9; i++) {
    await stage.alarm({ dedup_key: `short-${i}` })
    await stage.alarm({ dedup_key: `short-${i}`, status: 'resolved' })
  }
  await stage.world.pass({ seconds: 10 })
  const steps = await letGo('alerts', { days: 0 }, 3)
  expect(steps.length).toBeGreaterThanOrEqual(4)
  const { items } = await stage.world.api.listAlerts({ query: { limit: 200 } })
  expect(items.map(({ dedupKey }) => dedupKey)).toEqual(['lasting'])
  expect((await stage.incident(lasting.id)).status).not.toBe('resolved')
  await stage.curtain()
})

test('bodies go by the day, and the oldest earlier when they are over their size; what is not worked off stays', async () => {
  const { sql } = stage.world.db
  await stage.world.app.engine.settle(['inbox-days'])
  for (let day = 1; day <= 6; day++) {
    const at = new Date(stage.world.now() - day * DAY).toISOString()
    await sql`select alerts_inbox_add_day(${at.slice(0, 10)}::date)`
    await sql`
      insert into alerts_inbox (received_at, bodies, entries, done_at)
      values (${at}::timestamptz, ${Buffer.alloc(20_000, day)}, '[]', ${day === 6 ? null : at}::timestamptz)`
  }
  const days = async () => {
    const rows = await sql<{ at: number }>`select received_at as at from alerts_inbox where entries = '[]' order by 1 desc`
    return rows.map(({ at }) => Math.round((stage.world.now() - at) / DAY))
  }
  await letGo('bodies', { days: 4 })
  expect(await days()).toEqual([1, 2, 3, 4, 6])
  await letGo('bodies', { days: 30, bodiesBytes: 1 })
  expect(await days()).toEqual([1, 6])
})

test('unusable bodies, test pages, drawn messages, sessions, links, tokens, replies and deliveries go when their time is over, and not before', async () => {
  const { api, db, baseUrl, now, post } = stage.world
  const at = new Date(now()).toISOString()
  await post(`/in/${keyOf('alarms')}`, 'no json')
  await api.testContact({ params: { name: 'ada', contact: 'ada' }, body: {} })
  await stage.world.settle()
  await db.sql`insert into paging_screen_messages (person, contact, shown_at, content) values ('ada', 'x', ${at}::timestamptz, '[]')`
  await db.sql`insert into incidents_used_links (hash, incident_id, used_at) values ('\\x01', 'inc_x', ${at}::timestamptz)`
  await stage.write({ Hook: { tickets: { url: stage.phones.contact('hook').address, secret: { env: 'TOCSIN_SECRET_NONE' } } } })
  await api.testHook({ params: { name: 'tickets' }, body: {} })
  const { url } = await api.createLoginLink({ body: { person: 'ada' } })
  await fetch(url.replace('http://tocsin.test', baseUrl), { method: 'POST', redirect: 'manual' })
  await api.revokeToken({ params: { id: (await api.createToken({ body: { label: 'x' }, idempotencyKey: 'kept' })).id } })
  const tables = [
    ...['alerts_unparsed', 'paging_screen_messages', 'access_sessions', 'access_login_links', 'access_tokens'],
    ...['incidents_used_links', 'platform_replies', 'hooks_deliveries'],
  ]
  const counts = () => Promise.all(tables.map(count))
  const tests = async () =>
    (await db.sql<{ n: number }>`select count(*)::int as n from paging_pages where starts_with(incident_id, 'tst_')`)[0]!.n
  expect((await counts()).every((rows) => rows > 0)).toBe(true)
  expect(await tests()).toBe(1)

  const before = await counts()
  for (const { forget, keptMs } of kindsWith()) if (forget && keptMs !== null) await forget(now() - keptMs, 1000)
  expect(await counts()).toEqual(before)
  for (const { forget } of kindsWith({ bodiesBytes: 1e12 })) await forget?.(now() + 500 * DAY, 1000)
  expect(await counts()).toEqual(tables.map(() => 0))
  expect(await tests()).toBe(0)
  await api.deleteObject({ params: { kind: 'hooks', name: 'tickets' } })
})

test('all of it happens by itself', async () => {
  await stage.alarm({ dedup_key: 'year' })
  await stage.curtain()
  stage.pace.stepSeconds = 10 * 24 * 3600
  await stage.world.pass({ days: 430 })
  expect(await count('alerts_alerts')).toBe(0)
  expect(await count('incidents_incidents')).toBeGreaterThan(0)
})

test.each([
  ['TOCSIN_KEEP_ALERTS', '12h', 'whole days'],
  ['TOCSIN_KEEP_INCIDENTS', '3y', 'forever'],
  ['TOCSIN_KEEP_BODIES', '0d', 'whole days'],
  ['TOCSIN_KEEP_BODIES_SIZE', '20', '500MB'],
  ['TOCSIN_KEEP_BODIES_SIZE', '1MB', '64MB'],
])('%s=%s stops the start with the mend', (variable, value, mend) => {
  expect(() => readSettings({}, { [variable]: value })).toThrow(mend)
})

test('what is set is what holds', () => {
  const { keep } = readSettings({}, { TOCSIN_KEEP_INCIDENTS: '1095d', TOCSIN_KEEP_ALERTS: 'forever', TOCSIN_KEEP_BODIES_SIZE: '500MB' })
  expect(keep).toMatchObject({ incidentsMs: 1095 * DAY, alertsMs: null, bodiesBytes: 500 * 1024 ** 2, bodiesMs: 30 * DAY })
})
