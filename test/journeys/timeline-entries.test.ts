import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { brokenAt, checkBundle, readChain } from '../../src/modules/timeline/index.ts'
import { type Stage, setStage } from '../world/stage.ts'

let stage: Stage
const tokens: Record<string, string> = {}

beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'kim'] })
  for (const [person, role] of [
    ['ada', 'responder'],
    ['lin', 'responder'],
    ['kim', 'admin'],
  ] as const)
    tokens[person] = (await stage.world.api.createToken({ body: { label: person, role, person } })).secret
})
afterAll(() => stage.close())
beforeEach(async () => {
  await stage.curtain()
  incident = (await stage.alarm())!
})

let incident: { id: string; number: string }

/** As one of these people asks. */
async function as(person: string, method: string, path: string, body?: object) {
  const reply = await fetch(`${stage.world.baseUrl}/api/v1/incidents/${incident.id}${path}`, {
    method,
    headers: { authorization: `Bearer ${tokens[person]}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await reply.text()
  const isJson = reply.headers.get('content-type')?.startsWith('application/json')
  // biome-ignore lint/suspicious/noExplicitAny: whatever the route answers.
  return { status: reply.status, text, body: (isJson ? JSON.parse(text) : undefined) as any }
}
const note = async (person: string, text: string, more: object = {}) =>
  (await as(person, 'POST', '/notes', { text, ...more })).body.seq as number
const ago = (minutes: number) => new Date(stage.world.now() - minutes * 60_000).toISOString()
const facts = async () =>
  (await as('ada', 'GET', '/timeline?limit=200')).body.items as { seq: number; type: string; data: { of?: number } }[]
const whole = async () => brokenAt(await readChain(stage.world.db.sql, incident.id as never)) === undefined

describe('what happened', () => {
  test('stands where it happened when that is asked for, and where it was written down otherwise', async () => {
    const seen = await note('ada', 'gateway 2.14 went out', { at: ago(20), kind: 'observation' })
    const decided = await note('ada', 'roll back', { kind: 'decision' })
    const seqs = async (query: string) =>
      (await as('ada', 'GET', `/timeline?limit=200${query}`)).body.items.map(({ seq }: { seq: number }) => seq)
    const recorded = await seqs('')
    expect(recorded).toEqual(recorded.map((_: number, i: number) => i + 1))
    expect(await seqs('&order=happened')).toEqual([seen, ...recorded.filter((seq: number) => seq !== seen)])
    expect(await seqs('&order=happened&first=newest')).toEqual((await seqs('&order=happened')).reverse())
    expect(await seqs('&first=newest')).toEqual([...recorded].reverse())
    expect(await seqs('&show=people')).toEqual([seen, decided])
    expect(await seqs('&show=key')).toContain(decided)
    expect(await seqs('&show=key')).not.toContain(seen)
    expect(await seqs('&show=alerts,people')).toEqual(expect.arrayContaining([seen, decided]))
  })

  test.each(['order=recorded', 'order=happened', 'order=happened&first=newest', 'first=newest'])(
    'is read page by page: %s',
    async (query) => {
      for (const minutes of [3, 3, 1, 2]) await note('ada', `${minutes} minutes ago`, { happenedAt: ago(minutes) })
      const paged: number[] = []
      for (let cursor = ''; ; ) {
        const { body } = await as('ada', 'GET', `/timeline?limit=2&${query}${cursor}`)
        paged.push(...body.items.map(({ seq }: { seq: number }) => seq))
        if (body.next === null) break
        cursor = `&cursor=${body.next}`
      }
      expect(paged).toEqual((await as('ada', 'GET', `/timeline?limit=200&${query}`)).body.items.map(({ seq }: { seq: number }) => seq))
    },
  )

  test('is refused where it is still to come, where it is asked for oddly, or from a page of nobody', async () => {
    expect(await as('ada', 'POST', '/notes', { text: 'x', happenedAt: ago(-1) })).toMatchObject({
      status: 422,
      body: { refusal: 'in-the-future' },
    })
    expect(await as('ada', 'POST', '/notes', { text: 'x', at: ago(1), happenedAt: ago(1) })).toMatchObject({ status: 400 })
    expect((await as('ada', 'GET', '/timeline?show=everything')).status).toBe(400)
    expect((await as('ada', 'GET', '/timeline?order=happened&cursor=3')).body.refusal).toBe('bad-cursor')
  })

  test('and where nothing did, there is a gap, until somebody tells of it', async () => {
    await stage.world.pass({ minutes: 12 })
    const from = Date.parse((await as('ada', 'GET', '')).body.startedAt)
    const gaps = async () => (await as('ada', 'GET', '/timeline/gaps')).body.items as { from: string; until: string }[]
    expect(await gaps()).toEqual([{ from: new Date(from).toISOString(), until: new Date(stage.world.now()).toISOString() }])
    await note('ada', 'we looked at the graphs', { at: ago(5) })
    expect(await gaps()).toEqual([])
  })
})

describe('an entry', () => {
  test('is edited and deleted by whoever wrote it, as entries of their own', async () => {
    const red = await note('ada', 'graphs are red')
    expect(await as('ada', 'PATCH', `/timeline/${red}`, { text: 'graphs are red in eu-1' })).toMatchObject({
      status: 200,
      body: { seq: red + 1 },
    })
    expect((await as('ada', 'PATCH', `/timeline/${red}`, { text: 'graphs are red in eu-1' })).body).toEqual({ seq: null })
    expect((await as('ada', 'DELETE', `/timeline/${red}`, { reason: 'said too soon' })).body.seq).toBe(red + 2)
    expect((await as('ada', 'DELETE', `/timeline/${red}`, {})).body).toEqual({ seq: null })
    expect(await facts()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'note.added', data: { text: 'graphs are red' } }),
        expect.objectContaining({ type: 'entry.edited', data: { of: red, text: 'graphs are red in eu-1' } }),
        expect.objectContaining({ type: 'entry.deleted', data: { of: red, reason: 'said too soon' } }),
      ]),
    )
    expect((await as('ada', 'PATCH', `/timeline/${red}`, { text: 'x' })).body.refusal).toBe('already-deleted')
    expect(await whole()).toBe(true)
  })

  test('is nobody else’s to mend, and what happened is nobody’s', async () => {
    const mine = await note('ada', 'graphs are red')
    expect(await as('lin', 'PATCH', `/timeline/${mine}`, { text: 'x' })).toMatchObject({ status: 409, body: { refusal: 'not-yours' } })
    expect((await as('lin', 'DELETE', `/timeline/${mine}`, {})).body.refusal).toBe('not-yours')
    expect((await as('kim', 'DELETE', '/timeline/1', {})).body.refusal).toBe('not-yours')
    expect(await as('ada', 'PATCH', '/timeline/999', { text: 'x' })).toMatchObject({ status: 404, body: { refusal: 'not-found' } })
    expect(await as('ada', 'PATCH', `/timeline/${mine}`, { text: ' ' })).toMatchObject({ status: 400 })
  })

  test('of others is the commander’s to mend as well', async () => {
    const { id } = await stage.world.api.declareIncident({ body: { title: 'Checkout is slow', service: 'api' }, query: {} })
    incident = { id, number: '' }
    const adas = await note('ada', 'graphs are red')
    expect((await as('lin', 'PATCH', `/timeline/${adas}`, { text: 'x' })).body.refusal).toBe('not-yours')
    await stage.world.api.giveRole({ params: { id, role: 'commander' }, body: { person: 'lin' } })
    expect((await as('lin', 'PATCH', `/timeline/${adas}`, { text: 'graphs are red in eu-1' })).status).toBe(200)
    expect((await as('lin', 'DELETE', '/timeline/1', {})).body.refusal).toBe('not-yours')
  })

  test('that holds a password is emptied by an admin, with all it was edited to, and the chain stays whole', async () => {
    const secret = await note('ada', 'password is hunter2')
    const edit = (await as('ada', 'PATCH', `/timeline/${secret}`, { text: 'the password was hunter2' })).body.seq as number
    expect((await as('ada', 'POST', `/timeline/${secret}/redaction`, { reason: 'x' })).status).toBe(403)
    expect((await as('kim', 'POST', `/timeline/${secret}/redaction`, {})).status).toBe(400)
    expect((await as('kim', 'POST', `/timeline/${secret}/redaction`, { reason: 'a password' })).status).toBe(200)
    expect((await as('kim', 'POST', `/timeline/${secret}/redaction`, { reason: 'a password' })).body).toEqual({ seq: null })
    const all = await facts()
    expect(JSON.stringify(all)).not.toContain('hunter2')
    expect(all.filter(({ type }) => type === 'entry.redacted').map(({ data }) => data.of)).toEqual([secret, edit])
    expect(all.find(({ seq }) => seq === secret)).toMatchObject({ type: 'note.added', data: {}, redacted: true })
    expect((await as('ada', 'PATCH', `/timeline/${secret}`, { text: 'x' })).body.refusal).toBe('already-redacted')
    expect(await whole()).toBe(true)
    expect((await as('ada', 'GET', '/export?format=md')).text).toContain('What stood here was taken away')
  })

  test('of an older seal cannot be emptied', async () => {
    await stage.world.db.sql`update timeline_events set v = 1 where incident_id = ${incident.id} and seq = 1`
    expect(await as('kim', 'POST', '/timeline/1/redaction', { reason: 'x' })).toMatchObject({
      status: 409,
      body: { refusal: 'older-seal' },
    })
  })
})

describe('what others wrote down', () => {
  const table = '| Time | Event |\n|---|---|\n| 01:00 | Deployment v2.3.1 |\n| 01:05 | Error rate over 5 % |\n'
  const bring = (more: object = {}) =>
    as('ada', 'POST', '/timeline/import', { format: 'markdown', content: table, date: '2026-11-20', zone: 'Europe/Berlin', ...more })

  test('comes in once, at the moment it happened in the zone it was written in', async () => {
    expect((await bring({ dryRun: true })).body).toEqual({ added: 2, known: 0 })
    expect((await bring()).body).toEqual({ added: 2, known: 0 })
    expect((await bring({ content: `${table}| 01:18 | Rollback began |` })).body).toEqual({ added: 1, known: 2 })
    const { items } = (await as('ada', 'GET', '/timeline?order=happened&show=people')).body
    expect(items.map((one: { happenedAt: string }) => one.happenedAt)).toEqual([
      '2026-11-20T00:00:00.000Z',
      '2026-11-20T00:05:00.000Z',
      '2026-11-20T00:18:00.000Z',
    ])
  })

  test('and was redacted since does not come back', async () => {
    await bring()
    const { seq } = (await facts()).find(({ type }) => type === 'imported.noted')!
    await as('kim', 'POST', `/timeline/${seq}/redaction`, { reason: 'a name' })
    expect((await bring()).body).toEqual({ added: 0, known: 2 })
  })

  test('is left out whole where a row of it cannot be used, which is named', async () => {
    const { status, body } = await bring({ content: `${table}| 25:00 | Lunch |` })
    expect({ status, body }).toMatchObject({ status: 422, body: { refusal: 'bad-rows', issues: [{ path: 'line 5', line: 5 }] } })
    expect((await facts()).map(({ type }) => type)).not.toContain('imported.noted')
    const many = Array.from({ length: 2001 }, (_, i) => `{"at":"2026-11-20T00:00:00Z","text":"${i}"}`).join('\n')
    expect((await bring({ format: 'jsonl', content: many })).body.refusal).toBe('too-many-rows')
    expect((await bring({ zone: 'Mars' })).status).toBe(400)
  })
})

describe('an export', () => {
  test('as a bundle is whole without us, by the key that can be asked for, and says nothing of what is gone', async () => {
    const secret = await note('ada', 'password is hunter2')
    await as('kim', 'POST', `/timeline/${secret}/redaction`, { reason: 'a password' })
    const { text, body } = await as('ada', 'GET', '/export?format=bundle')
    expect(text).not.toContain('hunter2')
    const { key } = await stage.world.api.getSigningKey()
    expect(checkBundle(body)).toMatchObject({ state: 'whole', number: incident.number, goneSeqs: [secret], key })
    body.events[0].actor = 'person:zoe'
    expect(checkBundle(body)).toEqual({ state: 'broken', seq: 1 })
  })

  test('of a long timeline is sent piece by piece and is whole all the same', async () => {
    const rows = Array.from({ length: 1200 }, (_, i) => `{"at":"${ago(60)}","text":"${i}","ref":"${i}"}`).join('\n')
    expect((await as('ada', 'POST', '/timeline/import', { format: 'jsonl', content: rows })).body).toEqual({ added: 1200, known: 0 })
    expect(checkBundle((await as('ada', 'GET', '/export?format=bundle')).body)).toMatchObject({ state: 'whole' })
    const { events } = (await as('ada', 'GET', '/export')).body
    expect(events.map(({ seq }: { seq: number }) => seq)).toEqual(events.map((_: unknown, i: number) => i + 1))
    expect((await as('ada', 'GET', '/export?format=md')).text.match(/jsonl: “\d+”/g)).toHaveLength(1200)
  })

  test('to read is in the order things happened, with what was mended', async () => {
    const seq = await note('ada', 'gateway *2.14* went out', { at: ago(3) })
    await as('ada', 'PATCH', `/timeline/${seq}`, { text: 'gateway 2.15 went out' })
    await as('ada', 'DELETE', `/timeline/${await note('ada', 'roll back')}`, { reason: 'said too soon' })
    const { text } = await as('ada', 'GET', '/export?format=md')
    expect(text).toMatch(new RegExp(`^# ${incident.number}: Disk is full`))
    expect(text).toMatch(/ada: “gateway 2.15 went out” \*\(typed .+\)\* \*\(edited, before: “gateway \\\*2.14\\\* went out”\)\*/)
    expect(text).toMatch(/~~ada: “roll back”~~ \*\(deleted by ada, said too soon\)\*/)
    expect(text.indexOf('2.15')).toBeLessThan(text.indexOf('Opened'))
  })

  test('of an incident that is not there, or in no known form, is refused', async () => {
    incident = { id: 'INC-99999', number: '' }
    expect(await as('ada', 'GET', '/export')).toMatchObject({ status: 404, body: { refusal: 'not-found' } })
    expect((await as('ada', 'GET', '/export?format=pdf')).status).toBe(400)
  })
})
