import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Clock } from '../../kernel/time.ts'
import type { Database } from '../../platform/db.ts'
import type { Accepted } from './accepted.ts'
import { createInbox, HELD_BYTES_MAX, type Inbox } from './inbox.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'performance'] }))
afterEach(() => void vi.useRealTimers())

function anInbox(write: () => Promise<void> = async () => {}): Inbox {
  let position = 0
  const sql = async () => {
    await write()
    return [{ position: ++position }]
  }
  const db = { sql } as unknown as Database
  const clock = { now: () => 0 } as unknown as Clock
  return createInbox({ db, clock, log: pino({ level: 'silent' }), node: 'ann', nudge: () => {}, onWritten: () => {} })
}

/** Whether a body sent now has been answered yet. */
function send(inbox: Inbox, bytes = 2): { answered: boolean; refused: boolean } {
  const sent = { answered: false, refused: false }
  const reading = { signals: [], problems: [], answer: { status: 202, body: '' } }
  const body: Accepted = {
    integration: 'disk',
    source: 'generic',
    receipt: 'r',
    body: Buffer.alloc(bytes),
    receivedAt: 0,
    reading,
    refused: false,
  }
  inbox.accept(body).then(
    () => {
      sent.answered = true
    },
    () => {
      sent.refused = true
    },
  )
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

test('what is taken to be worked off counts as waiting until it is let go: after ten seconds senders go elsewhere', async () => {
  const inbox = anInbox()
  send(inbox)
  await vi.advanceTimersByTimeAsync(1)
  const taken = inbox.take(10)
  expect(inbox.isOverloaded(10_000)).toBe(false)
  expect(inbox.isOverloaded(10_001)).toBe(true)
  // A failure, and another try.
  inbox.putBack(taken)
  inbox.letGo(taken)
  expect(inbox.isOverloaded(10_001)).toBe(true)
  inbox.letGo(inbox.take(10))
  expect(inbox.isOverloaded(10_001)).toBe(false)
})

test('a write that stands counts as well, with everything that waits behind it', async () => {
  const inbox = anInbox(() => new Promise(() => {}))
  send(inbox)
  await vi.advanceTimersByTimeAsync(1)
  expect(inbox.isOverloaded(10_001)).toBe(true)
})

test('what is held has an end in bytes: being written, waiting behind it, or being worked off', async () => {
  let fail = () => {}
  const inbox = anInbox(() => new Promise((_, reject) => (fail = () => reject(new Error('away')))))
  const big = HELD_BYTES_MAX / 2
  const sent = [send(inbox, big), send(inbox, big)]
  await vi.advanceTimersByTimeAsync(1)
  expect(inbox.isOverloaded(0)).toBe(true)
  const late = send(inbox)
  await vi.advanceTimersByTimeAsync(1)
  expect(late.refused).toBe(true)
  // What could not be written is held no more.
  for (const one of sent) {
    fail()
    await vi.advanceTimersByTimeAsync(1)
    expect(one.refused).toBe(true)
  }
  expect(inbox.isOverloaded(0)).toBe(false)

  const other = anInbox()
  send(other, HELD_BYTES_MAX)
  await vi.advanceTimersByTimeAsync(1)
  const taken = other.take(10)
  expect(other.isOverloaded(0)).toBe(true)
  other.letGo(taken)
  expect(other.isOverloaded(0)).toBe(false)
})
