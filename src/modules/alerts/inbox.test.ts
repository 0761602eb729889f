import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Clock } from '../../kernel/time.ts'
import type { Database } from '../../platform/db.ts'
import { type Accepted, createInbox, type Inbox } from './inbox.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'performance'] }))
afterEach(() => void vi.useRealTimers())

function anInbox(): Inbox {
  let position = 0
  const db = { sql: async () => [{ position: ++position }] } as unknown as Database
  const clock = { now: () => 0 } as unknown as Clock
  return createInbox({ db, clock, log: pino({ level: 'silent' }), node: 'ann', nudge: () => {}, onWritten: () => {} })
}

/** Whether a body sent now has been answered yet. */
function send(inbox: Inbox): { answered: boolean } {
  const sent = { answered: false }
  const reading = { signals: [], problems: [], answer: { status: 202, body: '' } }
  const body: Accepted = {
    integration: 'disk',
    source: 'generic',
    receipt: 'r',
    body: Buffer.from('{}'),
    receivedAt: 0,
    reading,
    refused: false,
  }
  void inbox.accept(body).then(() => {
    sent.answered = true
  })
  return sent
}

test('a sender is answered at once as long as what came before is worked off', async () => {
  const inbox = anInbox()
  const first = send(inbox)
  await vi.advanceTimersByTimeAsync(1)
  expect(first.answered).toBe(true)
  inbox.take(10)
  await vi.advanceTimersByTimeAsync(5000)
  const second = send(inbox)
  await vi.advanceTimersByTimeAsync(1)
  expect(second.answered).toBe(true)
})

test('while what was accepted waits, a sender waits until it is taken', async () => {
  const inbox = anInbox()
  send(inbox)
  await vi.advanceTimersByTimeAsync(500)
  const second = send(inbox)
  await vi.advanceTimersByTimeAsync(200)
  expect(second.answered).toBe(false)
  inbox.take(10)
  await vi.advanceTimersByTimeAsync(1)
  expect(second.answered).toBe(true)
})

test('it waits a second at most: what is on disk is safe, however long it lies there', async () => {
  const inbox = anInbox()
  send(inbox)
  await vi.advanceTimersByTimeAsync(500)
  const second = send(inbox)
  await vi.advanceTimersByTimeAsync(990)
  expect(second.answered).toBe(false)
  await vi.advanceTimersByTimeAsync(20)
  expect(second.answered).toBe(true)
})
