import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inTheNameOf } from '../../../test/world/in-the-name-of.ts'
import { type Stage, setStage } from '../../../test/world/stage.ts'
import { iso } from '../../kernel/time.ts'
import { leaseMail, mailGone } from './reminder-store.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'raj', 'kim'], stepSeconds: 30 })
  await stage.policy(['0s ada', '10h lin'], 'kim')
  await stage.write({
    EscalationPolicy: {
      commanders: { levels: [{ after: '0s', notify: [{ person: 'raj' }] }], catchAll: { notify: [{ person: 'kim' }] } },
      comms: { levels: [{ after: '0s', notify: [{ person: 'lin' }] }], catchAll: { notify: [{ person: 'kim' }] } },
    },
    Command: { default: { commanderPolicy: 'commanders', commsPolicy: 'comms' } },
  })
})
afterAll(() => stage.close())
beforeEach(async () => {
  const { items } = await stage.world.api.listIncidents({ query: { status: ['open'], limit: 200 } })
  for (const { id } of items)
    await stage.world.api.actOnIncident({ params: { id }, body: { act: 'cancel', reason: 'the next scene' } }).catch(() => {})
  await stage.curtain()
})

const as = (person: string) => inTheNameOf(stage.world, person)
async function declare(level = 'SEV1', more: object = {}): Promise<string> {
  const { id } = await stage.world.api.declareIncident({
    body: { title: 'API Gateway Down', service: 'api', level, ...more } as never,
    query: {},
  })
  return id
}
/** Minutes from now, by rule, subject and how; null when it is not said any more. */
async function due(id: string): Promise<Record<string, number | null>> {
  const { items } = await stage.world.api.listReminders({ params: { id } })
  return Object.fromEntries(
    items.map(({ rule, subject, how, dueAt }) => [
      [rule, subject, how === 'run' ? 'pages' : ''].filter((part) => part !== '').join(' '),
      dueAt === null ? null : (Date.parse(dueAt) - stage.world.now()) / 60_000,
    ]),
  )
}
const sent = async (id: string) =>
  (await stage.timeline(id))
    .filter(({ type }) => type === 'reminder.sent')
    .map(({ data }) => `${data['rule']} ${data['subject']} ${data['channel']}`)

test('declared, an incident has its clocks; each act leaves those that its facts want', async () => {
  const id = await declare()
  const roles = { 'role-empty technical-lead': 3, 'role-empty communications-lead': 3, 'role-empty scribe': 3 }
  const update = { 'update internal:before': 25, 'update internal': 30, 'update internal:run pages': 40 }
  expect(await due(id)).toEqual({
    'nobody-has-it': 5,
    'commander-empty commander': 2,
    'commander-empty commander:run pages': 4,
    ...roles,
    ...update,
    quiet: 30,
    stuck: 30,
  })
  expect((await stage.incident(id)).nextUpdateBy).toBe(new Date(stage.world.now() + 30 * 60_000).toISOString())
  const [raj, ada] = [await as('raj'), await as('ada')]
  await raj.giveRole({ params: { id, role: 'ic' }, body: { person: 'raj' } })
  await ada.acknowledgeIncident({ params: { id }, body: {} })
  await raj.addTask({ params: { id }, body: { text: 'check p99', person: 'ada', due: '3m' } })
  await raj.postUpdate({ params: { id }, body: { text: 'We look.', next: '20m' } })
  const { items } = await raj.listTasks({ params: { id }, query: {} })
  expect(await due(id)).toEqual({
    ...roles,
    'update internal:before': 15,
    'update internal': 20,
    'update internal:run pages': 30,
    [`task ${items[0]!.id}`]: 3,
    quiet: 30,
    stuck: 30,
  })
  await raj.actOnIncident({ params: { id }, body: { act: 'mitigated', text: 'rolled back' } })
  expect(Object.keys(await due(id))).toEqual(expect.arrayContaining(['resolve', 'quiet']))
  await raj.changeIncident({ params: { id }, body: { level: 'SEV3', reason: 'one tenant' } })
  expect(Object.keys(await due(id)).sort()).toEqual(['resolve', `task ${items[0]!.id}`, 'update internal', 'update internal:before'].sort())
})

test('without a commander somebody is paged for the role; whoever takes it ends that page, and the incident’s goes on', async () => {
  const id = await declare()
  await stage.world.pass({ minutes: 4, seconds: 30 })
  expect(await sent(id)).toEqual(expect.arrayContaining(['commander-empty commander room', 'commander-empty commander:run run']))
  expect(stage.phones.rang().filter((ring) => ring.startsWith('raj'))).toHaveLength(1)
  const raj = await as('raj')
  await raj.giveRole({ params: { id, role: 'ic' }, body: { person: 'raj' } })
  const stopped = (await stage.timeline(id)).filter(({ type }) => type === 'escalation.stopped')
  expect(stopped.map(({ data }) => data['purpose'])).toEqual(['role:commander'])
  expect(await stage.incident(id)).toMatchObject({ held: false })
})

test('what is overdue needs a person, three things at most; put off it does not', async () => {
  const id = await declare('SEV2')
  await stage.world.pass({ minutes: 6 })
  const { needs } = await stage.incident(id)
  expect(needs.map(({ need, act }) => [need, act])).toEqual([
    ['commander-empty', 'take-role'],
    ['role-empty', 'take-role'],
    ['nobody-has-it', 'acknowledge'],
  ])
  const raj = await as('raj')
  const find = async (rule: string) =>
    (await raj.listReminders({ params: { id } })).items.find((one) => one.rule === rule && one.how === 'say')!
  const empty = await find('role-empty')
  for (let i = 0; i < 3; i++) await raj.changeReminder({ params: { id: empty.id }, body: { snooze: '10m' } })
  await expect(raj.changeReminder({ params: { id: empty.id }, body: { snooze: '10m' } })).rejects.toMatchObject({
    refusal: 'snoozed-enough',
  })
  await expect(raj.changeReminder({ params: { id: empty.id }, body: { snooze: '2h' } })).rejects.toMatchObject({ refusal: 'invalid' })
  expect((await stage.incident(id)).needs.map(({ need }) => need)).toEqual(['commander-empty', 'nobody-has-it'])
  const nobody = await find('nobody-has-it')
  expect(await raj.changeReminder({ params: { id: nobody.id }, body: { stop: 'li is on her way' } })).toMatchObject({
    dueAt: null,
    stoppedBecause: 'li is on her way',
  })
  expect((await stage.incident(id)).needs.map(({ need }) => need)).toEqual(['commander-empty'])
})

test('a task that is late is told to whoever has it, beside pages, once in five minutes and four times', async () => {
  const id = await declare('SEV3')
  const [raj, ada] = [await as('raj'), await as('ada')]
  await ada.acknowledgeIncident({ params: { id }, body: {} })
  await raj.giveRole({ params: { id, role: 'ic' }, body: { person: 'raj' } })
  await raj.addTask({ params: { id }, body: { text: 'check p99', person: 'ada', due: '3m' } })
  await stage.world.pass({ minutes: 24 })
  const { items, unread } = await ada.listNotices({ params: { name: 'ada' } })
  const tasks = items.filter(({ incidentId, rule }) => incidentId === id && rule === 'task')
  expect(tasks.map(({ text, readAt }) => [text, readAt])).toEqual(Array.from({ length: 4 }, () => ['a task is due (check p99)', null]))
  expect(unread).toBeGreaterThanOrEqual(4)
  expect(stage.phones.rang().filter((ring) => ring.startsWith('ada'))).toEqual([])
  await expect(raj.listNotices({ params: { name: 'ada' } })).rejects.toMatchObject({ status: 403, refusal: 'not-yours' })
  await ada.readNotices({ params: { name: 'ada' }, body: {} })
  expect((await ada.listNotices({ params: { name: 'ada' } })).unread).toBe(0)
})

test('a late update pages the comms policy; posting it ends that, and a drill is faster', async () => {
  const id = await declare('SEV1', { drill: { pace: 10 } })
  expect((await due(id))['update internal']).toBe(3)
  await stage.world.pass({ minutes: 4, seconds: 30 })
  expect(await sent(id)).toEqual(expect.arrayContaining(['update internal room', 'update internal:run run']))
  const raj = await as('raj')
  await raj.postUpdate({ params: { id }, body: { text: 'We look.' } })
  const stopped = (await stage.timeline(id)).filter(({ type }) => type === 'escalation.stopped').map(({ data }) => data['purpose'])
  expect(stopped).toContain('update:internal')
  expect((await due(id))['update internal']).toBe(3)
})

test('an act takes no more than ten statements, reminders with it', async () => {
  const id = await declare('SEV1')
  const raj = await as('raj')
  const { db } = stage.world
  const count = async (act: () => Promise<unknown>) => {
    let statements = 0
    const { transaction } = db
    db.transaction = ((work, options) =>
      transaction((tx) => {
        const sql = ((text: TemplateStringsArray, ...bound: unknown[]) => {
          statements++
          return tx.sql(text, ...bound)
        }) as typeof tx.sql
        return work({ ...tx, sql })
      }, options)) as typeof db.transaction
    await act()
    db.transaction = transaction
    return statements
  }
  expect(await count(() => raj.giveRole({ params: { id, role: 'ic' }, body: { person: 'raj' } }))).toBeLessThanOrEqual(10)
  expect(await count(() => raj.offerRole({ params: { id, role: 'ic' }, body: { to: 'lin' } }))).toBeLessThanOrEqual(10)
  expect(await count(() => raj.addTask({ params: { id }, body: { text: 'check p99', due: '3m' } }))).toBeLessThanOrEqual(10)
  expect(await count(() => raj.postUpdate({ params: { id }, body: { text: 'We look.' } }))).toBeLessThanOrEqual(10)
  expect(await count(() => raj.openPoll({ params: { id }, body: { text: 'Roll back' } }))).toBeGreaterThan(3)
})

test('a notice that goes by mail is taken once, and is gone when it was sent', async () => {
  const id = await declare('SEV2')
  const { db, now } = stage.world
  await db.sql`
    insert into command_notices (id, person, incident_id, what, at, mail_due_at)
    values ('ntc_mail', 'ada', ${id}, '{"rule":"quiet","subject":""}', ${iso(now())}::timestamptz, ${iso(now())}::timestamptz)`
  const [taken, ...others] = await leaseMail(db.sql, now(), now() + 60_000, 10)
  expect([taken, others]).toMatchObject([{ id: 'ntc_mail', person: 'ada', title: 'API Gateway Down', private: false }, []])
  expect(await leaseMail(db.sql, now(), now() + 60_000, 10)).toEqual([])
  await mailGone(db.sql, ['ntc_mail'])
  expect(await leaseMail(db.sql, now() + 120_000, now() + 180_000, 10)).toEqual([])
})
