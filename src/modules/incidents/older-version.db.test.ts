import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type Stage, setStage } from '../../../test/world/stage.ts'
import { type Database, openDatabase } from '../../platform/db.ts'
import { migrate } from '../../platform/migrations.ts'
import { CHAIN_START, seal } from '../timeline/chain.ts'
import { append, brokenAt, type Entry, fact, readChain } from '../timeline/index.ts'
import { readIncident } from './store.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.close())

const NOW = Date.parse('2026-11-20T03:11:00Z')
/** As the version before told incidents apart from what it knew: it writes the status and nothing of who has it. */
const opened = (db: Database, id: string, status: string, open: boolean) => db.sql`
  insert into incidents_incidents (id, number, title, status, open, severity, severity_scheme, urgency, kind, origin, visibility, auto_resolve, detected_at, updated_at)
  select ${id}, nextval('incidents_number'), 'Disk is full', ${status}, ${open}, 2, 'default', 'high', 'production', 'alert', 'public', true, m, m
  from (select '2026-11-20T03:11:00Z'::timestamptz as m) at`
const writes = (db: Database, id: string, status: string, open = status !== 'resolved') =>
  db.sql`update incidents_incidents set status = ${status}, open = ${open} where id = ${id}`
const standing = async (db: Database, id: string) => {
  const { status, held } = (await readIncident(db.sql, { id }, 'tocsin'))!
  return `${status}, ${held ? 'held' : 'not held'}`
}

/** A database as the version before left it, which is then brought up to date. */
async function inheritedFrom(step: number, fill: (db: Database) => Promise<void>, look: (db: Database) => Promise<void>): Promise<void> {
  const name = `older_${process.hrtime.bigint()}`
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-older-'))
  for (const file of readdirSync('migrations')) if (Number(file.slice(0, 4)) <= step) cpSync(`migrations/${file}`, join(folder, file))
  const admin = await stage.world.db.connect()
  await admin.query(`create database ${name} template template0`)
  const db = openDatabase({ connection: { ...inject('postgres'), database: name }, log: stage.world.parts.log })
  try {
    await migrate(db, folder)
    await fill(db)
    await migrate(db, 'migrations')
    await look(db)
  } finally {
    await db.close()
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
    rmSync(folder, { recursive: true })
  }
}

test('what was acknowledged before held was told is held, and its chain goes on by the newer seal', async () => {
  const entry: Entry = fact({ incidentId: 'inc_b', happenedAt: NOW, actor: 'person:ada' }, 'note.added', { text: 'Looking.' })
  const data = JSON.stringify(entry.event.data)
  await inheritedFrom(
    48,
    async (db) => {
      await opened(db, 'inc_a', 'detected', true)
      await opened(db, 'inc_b', 'acknowledged', true)
      await opened(db, 'inc_c', 'resolved', false)
      const hash = seal(CHAIN_START, { v: 1, seq: 1, entry: { ...entry, recordedAt: NOW }, data })!
      await db.sql`insert into timeline_heads (incident_id, seq, hash) values ('inc_b', 1, decode(${hash}, 'hex'))`
      await db.sql`
        insert into timeline_events (incident_id, seq, happened_at, recorded_at, actor, type, data, hash)
        values ('inc_b', 1, '2026-11-20T03:11:00Z', '2026-11-20T03:11:00Z', 'person:ada', 'note.added', ${data}, decode(${hash}, 'hex'))`
    },
    async (db) => {
      expect(await Promise.all(['inc_a', 'inc_b', 'inc_c'].map((id) => standing(db, id)))).toEqual([
        'detected, not held',
        'acknowledged, held',
        'resolved, not held',
      ])
      await db.transaction((tx) => append(tx, NOW + 1, [{ ...entry, happenedAt: NOW + 1 }]))
      const chain = await readChain(db.sql, 'inc_b')
      expect(chain.map(({ v }) => v)).toEqual([1, 2])
      expect(brokenAt(chain)).toBeUndefined()
    },
  )
})

test('while an older version writes the status alone, held follows; what only newer ones set is left to them', async () => {
  const { db } = stage.world
  await opened(db, 'inc_d', 'detected', true)
  const seen: string[] = []
  for (const status of ['acknowledged', 'detected', 'acknowledged', 'resolved']) {
    await writes(db, 'inc_d', status)
    seen.push(await standing(db, 'inc_d'))
  }
  expect(seen).toEqual(['acknowledged, held', 'detected, not held', 'acknowledged, held', 'resolved, not held'])
  await db.sql`update incidents_incidents set status = 'mitigating', open = true, held = true where id = 'inc_d'`
  expect(await standing(db, 'inc_d')).toBe('mitigating, held')
  await db.sql`update incidents_incidents set held = false where id = 'inc_d'`
  expect(await standing(db, 'inc_d')).toBe('mitigating, not held')
  await writes(db, 'inc_d', 'resolved')
})

test('what is further than acknowledged is taken, paged again and resolved as ever, and its status stays', async () => {
  const { api, db } = stage.world
  const incident = (await stage.alarm({ dedup_key: 'further' }))!
  await db.sql`update incidents_incidents set status = 'mitigating' where id = ${incident.id}`
  expect(await stage.incident(incident.id)).toMatchObject({ status: 'mitigating', held: false })
  expect(await api.acknowledgeIncident({ params: { id: incident.id }, body: {} })).toMatchObject({ status: 'mitigating', held: true })
  expect(await standing(db, incident.id)).toBe('mitigating, held')
  await api.escalateIncident({ params: { id: incident.id }, body: {} })
  expect(await standing(db, incident.id)).toBe('mitigating, not held')
  expect((await api.listIncidents({ query: { status: ['open'] } })).items.map(({ id }) => id)).toContain(incident.id)
  await api.resolveIncident({ params: { id: incident.id }, body: {} })
  expect(await standing(db, incident.id)).toBe('resolved, not held')
})
