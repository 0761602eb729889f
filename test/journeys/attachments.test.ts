import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { BYTES_MAX } from '../../src/modules/attachments/attachment.ts'
import { commandLine } from '../world/command-line.ts'
import { type Stage, setStage } from '../world/stage.ts'
import { ADMIN_TOKEN } from '../world/world.ts'

const MB = 1024 ** 2
let stage: Stage
let adas: string
let lins: string
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-attachments-'))
  stage = await setStage({ people: ['ada', 'lin', 'kim'], keep: { attachmentsBytes: 64 * MB } })
  await stage.policy(['0s ada'], 'kim')
  const tokenOf = async (person: string) =>
    (await stage.world.api.createToken({ body: { label: person, role: 'responder', person } })).secret
  adas = await tokenOf('ada')
  lins = await tokenOf('lin')
})
afterAll(async () => {
  await stage.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => stage.curtain())

interface Added {
  id: string
  name: string
  bytes: number
  sha256: string
  refusal?: string
  message: string
}

const at = (path: string) => `${stage.world.baseUrl}/api/v1/incidents/${path}`
async function attach(id: string, name: string, body: string | Buffer | ReadableStream, token = adas) {
  const reply = await fetch(at(`${id}/attachments?name=${encodeURIComponent(name)}`), {
    ...{ method: 'POST', headers: { authorization: `Bearer ${token}` }, body: body as string },
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  } as RequestInit)
  return { status: reply.status, body: (await reply.json()) as Added }
}
const download = (id: string, file: string, token = adas) =>
  fetch(at(`${id}/attachments/${file}`), { headers: { authorization: `Bearer ${token}` } })
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const list = async (id: string) => (await stage.world.api.listAttachments({ params: { id } })).items
const total = async () => Number((await stage.world.db.sql<{ bytes: number }>`select bytes from attachments_total`)[0]!.bytes)

test('a file is attached and saved again as it was, and stands on the timeline with its digest', async () => {
  const { id, number } = (await stage.alarm())!
  const bytes = randomBytes(3 * MB + 17)
  const { status, body } = await attach(number, 'Größe der Queue.png', bytes)
  expect(status).toBe(201)
  expect(body).toMatchObject({ name: 'Größe der Queue.png', bytes: bytes.length, sha256: sha256(bytes), addedBy: 'person:ada' })
  expect(await list(id)).toEqual([body])
  expect((await stage.timeline(id)).at(-1)).toMatchObject({
    type: 'attachment.added',
    actor: 'person:ada',
    data: { attachment: body.id, name: body.name, bytes: bytes.length, sha256: sha256(bytes) },
  })
  const reply = await download(id, body.id)
  expect(Buffer.from(await reply.arrayBuffer()).equals(bytes)).toBe(true)
  expect(reply.headers.get('content-length')).toBe(String(bytes.length))
})

test('what it is does not matter: it is saved and never shown', async () => {
  const { id } = (await stage.alarm())!
  const { body } = await attach(id, '../../"><img src=x>.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  expect(body.name).not.toMatch(/["<>/]/)
  const { headers } = await download(id, body.id)
  expect(headers.get('content-type')).toBe('application/octet-stream')
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[^"]*"; filename\*=UTF-8''\S+$/)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('content-security-policy')).toContain('sandbox')
})

test('more than 25 MB is refused with the mend, said or not said beforehand, and nothing of it stays', async () => {
  const { id } = (await stage.alarm())!
  const before = await stage.world.db.sql`select 1 from attachments_pieces`
  const piece = Buffer.alloc(MB, 'x')
  let sent = 0
  const endless = new ReadableStream({ pull: (to) => (sent++ <= BYTES_MAX / MB ? to.enqueue(piece) : to.close()) })
  for (const body of [Buffer.alloc(BYTES_MAX + 1), endless])
    expect(await attach(id, 'core.dump', body)).toMatchObject({
      status: 413,
      body: { refusal: 'too-large', message: expect.stringContaining('25 MB') },
    })
  expect(await attach(id, 'nothing.txt', '')).toMatchObject({ status: 400, body: { refusal: 'empty' } })
  expect(await attach(id, ' ', 'x')).toMatchObject({ status: 400, body: { refusal: 'no-name' } })
  expect(await list(id)).toEqual([])
  expect(await stage.world.db.sql`select 1 from attachments_pieces`).toHaveLength(before.length)
  expect((await attach(id, 'exactly.bin', Buffer.alloc(BYTES_MAX))).status).toBe(201)
})

test('sent again after a lost answer it is there once', async () => {
  const { id } = (await stage.alarm())!
  const first = await attach(id, 'log.txt', 'line')
  expect(await attach(id, 'log.txt', 'line')).toEqual(first)
  expect((await attach(id, 'log.txt', 'another')).body.id).not.toBe(first.body.id)
  expect(await list(id)).toHaveLength(2)
})

test('whoever attached a file takes it away for good, and that it was there stays on the timeline', async () => {
  const { id } = (await stage.alarm())!
  const { body } = await attach(id, 'secrets.txt', 'password')
  const before = await total()
  const remove = (token: string) =>
    fetch(at(`${id}/attachments/${body.id}?reason=A+password`), { method: 'DELETE', headers: { authorization: `Bearer ${token}` } })
  expect((await remove(lins)).status).toBe(409)
  expect((await remove(adas)).status).toBe(200)
  expect([(await remove(adas)).status, (await download(id, body.id)).status]).toEqual([404, 404])
  expect(await list(id)).toEqual([])
  expect(await total()).toBe(before - 8)
  const facts = await stage.timeline(id)
  const added = facts.find(({ type }) => type === 'attachment.added')!
  expect(facts.at(-1)).toMatchObject({ type: 'entry.deleted', data: { of: added.seq, reason: 'A password' } })
})

test('a file whose entry an admin redacts is gone with it', async () => {
  const { id } = (await stage.alarm())!
  const { body } = await attach(id, 'customers.csv', 'ada,lovelace')
  const added = (await stage.timeline(id)).find(({ type }) => type === 'attachment.added')!
  await stage.world.api.redactEntry({ params: { id, seq: added.seq }, body: { reason: 'Personal data' } })
  expect((await download(id, body.id)).status).toBe(404)
  expect(await stage.world.db.sql`select 1 from attachments_pieces where file_id = ${body.id}`).toEqual([])
})

test('all files together have a quota, and go with their incident', async () => {
  const { id } = (await stage.alarm())!
  await stage.world.db.sql`update attachments_total set bytes = ${64 * MB - 10}`
  expect(await attach(id, 'eleven.txt', 'eleven byte')).toMatchObject({
    status: 507,
    body: { refusal: 'quota', message: expect.stringContaining('TOCSIN_KEEP_ATTACHMENTS_SIZE') },
  })
  expect((await attach(id, 'ten.txt', 'ten bytes!')).status).toBe(201)
  await stage.world.api.resolveIncident({ params: { id }, body: {} })
  const incidents = stage.world.app.kept.find(({ name }) => name === 'incidents')!
  while ((await incidents.forget!(stage.world.now() + 1000, 1000)) > 0);
  for (const rows of [
    await stage.world.db.sql`select 1 from attachments_files`,
    await stage.world.db.sql`select 1 from attachments_pieces`,
  ])
    expect(rows).toEqual([])
})

test('what broke off on the way is let go of after an hour', async () => {
  const { id } = (await stage.alarm())!
  const giving = new AbortController()
  const slow = new ReadableStream({
    start: (to) => to.enqueue(Buffer.alloc(MB)),
    pull: () => new Promise(() => {}),
  })
  const asked = fetch(at(`${id}/attachments?name=slow.bin`), {
    ...{ method: 'POST', headers: { authorization: `Bearer ${adas}` }, body: slow, duplex: 'half', signal: giving.signal },
  } as RequestInit).catch(() => 'gone')
  const pieces = async () => (await stage.world.db.sql`select 1 from attachments_pieces`).length
  await expect.poll(pieces, { timeout: 10_000, interval: 10 }).toBeGreaterThan(0)
  giving.abort()
  expect(await asked).toBe('gone')
  await expect.poll(pieces, { timeout: 10_000, interval: 10 }).toBe(0)
  await stage.world.db
    .sql`insert into attachments_files (id, incident_id, name, added_by, added_at) values ('att_left', ${id}, 'x', 'system', ${new Date(stage.world.now()).toISOString()}::timestamptz)`
  const unfinished = stage.world.app.kept.find(({ name }) => name === 'files that were not sent whole')!
  expect(await unfinished.forget!(stage.world.now(), 100)).toBe(0)
  expect(await unfinished.forget!(stage.world.now() + 1, 100)).toBe(1)
})

test('tocsin incident attach sends files from the command line', async () => {
  const { number, id } = (await stage.alarm())!
  writeFileSync(join(folder, 'graph.png'), randomBytes(300_000))
  writeFileSync(join(folder, 'notes.txt'), 'seen at 03:11')
  const tocsin = (...argv: string[]) => commandLine(stage.world, argv, { token: ADMIN_TOKEN, terminal: {} })
  const paths = [join(folder, 'graph.png'), join(folder, 'notes.txt')]
  expect((await tocsin('incident', 'attach', number, ...paths, '--dry-run')).err).toContain('would attach graph.png, 300 kB')
  expect(await list(id)).toEqual([])
  const { code, out } = await tocsin('incident', 'attach', number, ...paths)
  expect([code, out]).toEqual([0, expect.stringMatching(/graph\.png +300 kB[\s\S]*notes\.txt +13 B/)])
  expect((await list(id)).map(({ name }) => name).sort()).toEqual(['graph.png', 'notes.txt'])
  expect(await tocsin('incident', 'attach', number, join(folder, 'missing.png'))).toMatchObject({
    code: 2,
    err: expect.stringContaining('missing.png'),
  })
  expect((await tocsin('incident', 'attach', '999', paths[1]!)).code).toBe(3)
})
