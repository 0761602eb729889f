import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Stage, setStage } from '../../../test/world/stage.ts'
import { contract } from '../../contract.ts'
import { isRefusal } from '../../kernel/result.ts'
import { createClient } from '../../platform/client.ts'
import { type Act, afterAct, type Declared, isOpen, type Standing, standingAfter } from '../incidents/index.ts'
import type { TimelineEvent } from '../timeline/index.ts'

let stage: Stage
let ada: Stage['world']['api']
beforeAll(async () => {
  stage = await setStage({ stepSeconds: 30 })
  const { secret } = await stage.world.api.createToken({ body: { label: 'ada', role: 'responder', person: 'ada' } })
  ada = createClient(contract, { baseUrl: stage.world.baseUrl, token: secret })
})
afterAll(() => stage.close())

const DEMANDS: Record<string, object> = {
  identify: { cause: 'gw 2.14' },
  mitigated: { text: 'rolled back' },
  resolve: { text: 'rolled back' },
  cancel: { reason: 'false alarm' },
  reopen: { reason: 'it is back' },
}
const ACTS = [
  'acknowledge',
  'investigate',
  'identify',
  'mitigate',
  'mitigated',
  'resolve',
  'close',
  'cancel',
  'reopen',
  'escalate',
] as const
const does = (id: string, act: (typeof ACTS)[number]): Promise<unknown> =>
  act === 'escalate'
    ? ada.escalateIncident({ params: { id }, body: {} })
    : ada.actOnIncident({ params: { id }, body: { act, ...DEMANDS[act] } as never })

/** How it stands by the table alone. */
function expected(standing: Declared, act: Act): Declared | string {
  const next = afterAct(standing, act)
  return isRefusal(next) ? next.refusal : next === 'already' ? standing : next
}

test('an act costs ten statements at most', async () => {
  const { db } = stage.world
  const { transaction } = db
  let sent = 0
  db.transaction = (work, options) =>
    transaction(
      (tx) =>
        work({
          ...tx,
          sql: (text, ...values) => {
            sent++
            return tx.sql(text, ...values)
          },
        }),
      options,
    )
  const cost = async (work: () => Promise<unknown>) => {
    sent = 0
    await work()
    return sent
  }
  const { id } = await ada.declareIncident({
    body: { title: 'Gateway is down', service: 'api', level: 'SEV4', page: true },
    query: {},
  } as never)
  await stage.world.settle()
  const costs: Record<string, number> = {}
  for (const act of ['investigate', 'identify', 'mitigate', 'mitigated', 'resolve', 'reopen', 'cancel'] as const)
    costs[act] = await cost(() => does(id, act))
  db.transaction = transaction
  expect(Math.min(...Object.values(costs))).toBeGreaterThan(3)
  expect(Object.entries(costs).filter(([, statements]) => statements > 10)).toEqual([])
})

test('whatever people do to it, in whatever order: it stands as the table has it and as its facts say, and nothing that is over or held pages', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...ACTS), { minLength: 1, maxLength: 12 }), async (acts) => {
      const { id } = await ada.declareIncident({
        body: { title: 'Gateway is down', service: 'api', level: 'SEV4', page: true },
        query: {},
      } as never)
      await ada.changeIncident({ params: { id }, body: { review: { waived: 'a test' } } })
      let standing: Declared = { status: 'detected', held: false, declared: true }
      for (const act of acts) {
        const wanted = expected(standing, act)
        const outcome = await does(id, act).then(
          () => 'done',
          (error: { refusal: string }) => error.refusal,
        )
        if (typeof wanted === 'string') expect([act, outcome]).toEqual([act, wanted])
        // Its impact has to have ended before it is closed: that is another rule.
        else if (outcome === 'not-closable') expect((await stage.incident(id)).moments.impactEnded).toBeNull()
        else {
          expect([act, outcome]).toEqual([act, 'done'])
          standing = wanted
        }
        const is = await stage.incident(id)
        expect([act, is.status, is.held]).toEqual([act, standing.status, standing.held])
        const [runs] = await stage.world.db.sql<{ active: number; queued: number }>`
          select (select count(*)::int from escalation_runs where incident_id = ${id} and status = 'active') as active,
            (select count(*)::int from paging_pages where incident_id = ${id} and status = 'queued') as queued`
        if (is.held || !isOpen(is)) expect(runs).toEqual({ active: 0, queued: 0 })
        await stage.world.pass({ seconds: 1 })
      }
      const facts = (await stage.timeline(id)).map(({ type, data }) => ({ type, data }) as TimelineEvent)
      const { status, held } = standing
      expect(facts.reduce<Standing | null>(standingAfter, null)).toEqual({ status, held })
      const { moments, intervals } = await ada.getMoments({ params: { id } })
      for (const interval of Object.values(intervals)) expect(interval.ms === null ? 'why' in interval : interval.ms >= 0).toBe(true)
      expect(moments.resolved === null).toBe(!['resolved', 'closed'].includes(status))
      expect(moments.closed === null).toBe(status !== 'closed')
      // Moments that people set are what the facts of them say last.
      const told = new Map(facts.flatMap((one) => (one.type === 'incident.moment-set' ? [[one.data.name, one.data.at] as const] : [])))
      for (const [name, at] of told)
        expect([name, moments[name as 'mitigated']]).toEqual([name, at === null ? null : new Date(at).toISOString()])
    }),
    { numRuns: 8 },
  )
}, 60_000)
