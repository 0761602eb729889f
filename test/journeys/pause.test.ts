import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lookAround, pause } from '../../src/platform/pause.ts'
import { type MailServer, startMailServer } from '../world/smtp-server.ts'
import { type Stage, setStage } from '../world/stage.ts'
import { ADMIN_TOKEN } from '../world/world.ts'

let stage: Stage
let mail: MailServer
const dataFolder = mkdtempSync(join(tmpdir(), 'tocsin-pause-'))

beforeAll(async () => {
  mail = await startMailServer()
  stage = await setStage({ smtpUrl: mail.url })
  await stage.write({ Person: { olga: { role: 'owner', contacts: [{ name: 'mail', channel: 'email', address: 'olga@example.test' }] } } })
  await lookAround(here(), stage.world.now())
})
afterAll(async () => {
  await stage.close()
  await mail.close()
  rmSync(dataFolder, { recursive: true, force: true })
})

const here = () => ({ db: stage.world.db, dataFolder, isEmbedded: false })

async function readiness() {
  const reply = await fetch(`${stage.world.baseUrl}/readyz`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } })
  return { status: reply.status, ...((await reply.json()) as { warnings: string[]; paused: { reason: string } | null }) }
}

test('paused, alerts become incidents and nobody is paged; going on, what is open pages anew, and what ended never does', async () => {
  await stage.policy(['0s ada', '30s lin'], 'kim')
  stage.phones.listen()
  const before = await stage.alarm({ dedup_key: 'before' })
  await pause(stage.world.db.sql, stage.world.now(), 'dump')
  await stage.world.pass({ seconds: 5 })
  const during = await stage.alarm({ dedup_key: 'during', title: 'Queue is long' })
  const over = await stage.alarm({ dedup_key: 'over', title: 'It passed' })
  await stage.alarm({ dedup_key: 'over', status: 'resolved' })
  await stage.world.pass({ minutes: 20 })
  expect(stage.phones.rang()).toEqual(['ada @0'])
  expect((await stage.incident(during!.id)).status).toBe('detected')

  expect(await readiness()).toMatchObject({
    status: 200,
    warnings: [expect.stringMatching(/^paused since .*, nobody is paged: its database was restored from a dump; `tocsin resume` goes on$/)],
    paused: { because: 'its database was restored from a dump' },
  })
  expect((await stage.world.api.getPause()).paused).toMatchObject({ reason: 'dump' })
  expect(mail.mails.map(({ to }) => to)).toEqual([['olga@example.test']])

  stage.phones.listen()
  expect(await stage.world.api.resumePaging()).toEqual({ pagedAfresh: 2 })
  await stage.world.settle()
  await stage.world.pass({ seconds: 40 })
  expect(stage.phones.rang().sort()).toEqual(['ada @0', 'ada @0', 'lin @30', 'lin @30'])
  const told = await stage.timeline(before!.id)
  expect(told.filter(({ type }) => type === 'escalation.level-decided').at(-1)).toMatchObject({ data: { reason: 'resumed' } })
  expect((await stage.timeline(over!.id)).some(({ type }) => type === 'page.delivered')).toBe(false)
  expect((await readiness()).paused).toBeNull()
  expect(await stage.world.api.resumePaging()).toEqual({ pagedAfresh: 0 })
})

test('going on is one with its answer: held up before it, it is still paused; asked again, it says again how many page anew', async () => {
  const { db, now, baseUrl } = stage.world
  const { id } = (await stage.alarm({ dedup_key: 'again' }))!
  const open = (await stage.world.api.listIncidents({ query: { status: ['open'] } })).items.length
  await pause(db.sql, now(), 'asked')
  await stage.world.settle()
  const goOn = async () => {
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}`, 'idempotency-key': 'go on' }
    const reply = await fetch(`${baseUrl}/api/v1/pause`, { method: 'DELETE', headers })
    return { status: reply.status, ...((await reply.json()) as object) }
  }
  await db.transaction(async ({ sql }) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('reply token:admin go on', 0))`
    expect(await goOn()).toMatchObject({ status: 409 })
  })
  expect((await stage.world.api.getPause()).paused).not.toBeNull()
  expect(await goOn()).toEqual({ status: 200, pagedAfresh: open })
  expect(await goOn()).toEqual({ status: 200, pagedAfresh: open })
  expect((await stage.world.api.getPause()).paused).toBeNull()
  await stage.world.api.resolveIncident({ params: { id }, body: {} })
})

test('a row that a restored dump wrote anew is known, as is a database older than what the node wrote down; once is enough', async () => {
  const { db, now } = stage.world
  expect(await lookAround(here(), now())).toBeNull()
  await db.sql`create table away as select * from platform_whereabouts`
  await db.sql`delete from platform_whereabouts`
  await db.sql`insert into platform_whereabouts select * from away`
  expect(await lookAround(here(), now())).toBe('dump')
  expect(await lookAround(here(), now())).toBeNull()
  await stage.world.settle()
  await stage.world.api.resumePaging()
  expect(await lookAround(here(), now())).toBeNull()

  await db.sql`update platform_whereabouts set written_at = written_at - interval '9 minutes', written_by = pg_current_xact_id()`
  expect(await lookAround(here(), now() + 1)).toBeNull()
  await db.sql`update platform_whereabouts set written_at = written_at - interval '11 minutes', written_by = pg_current_xact_id()`
  expect(await lookAround(here(), now() + 2)).toBe('older')
  await stage.world.settle()
  await stage.world.api.resumePaging()
})
