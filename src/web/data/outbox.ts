import { ApiError } from '../../platform/client.ts'
import { keptInTab, randomId } from '../browser.ts'
import { api, NoAnswer } from './api.ts'
import { messageOf, queryClient } from './queries.ts'
import { afterNoAnswer, due, isSame, lapsesAt, outlastsReload, type Theirs, type Unsent, type Write } from './unsent.ts'

type IncidentView = Awaited<ReturnType<typeof api.acknowledgeIncident>>

/** The server answers within 5 s, or not at all: then it is asked again. */
const PATIENCE_MS = 10_000

/**
 * Writes on their way. Each is painted at once as what it is, not done yet; it is tried again with the same key until
 * the server has answered, lapses when its time is over, and says so.
 */
let all: Unsent[] = []
const waiting = new Set<() => void>()
const listeners = new Set<(write: Write) => void>()
const underWay = new Map<string, AbortController>()
let timer: ReturnType<typeof setTimeout> | undefined
/** Who writes here: words that somebody left unsent are never sent in another name. */
let person: string | undefined

export const outbox = {
  read: () => all,
  subscribe(wake: () => void) {
    waiting.add(wake)
    return () => {
      waiting.delete(wake)
    }
  },
  /** Told of each write that the server has confirmed. */
  onDone(listener: (write: Write) => void) {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  },
  send(write: Write): void {
    const words = JSON.stringify(write)
    const same = all.find(
      (one) =>
        isSame(one.write, write) && (one.state.kind === 'sending' || one.state.kind === 'waiting') && JSON.stringify(one.write) === words,
    )
    if (same) return void work(true)
    const unsent: Unsent = { key: randomId(), write, madeAt: Date.now(), tries: 0, state: { kind: 'sending' } }
    // What is said anew replaces what was said before about the same thing.
    keep([...all.filter((one) => !(isSame(one.write, write) && one.state.kind !== 'sending')), unsent])
    void attempt(unsent)
  },
  tryNow: () => work(true),
  discard(key: string): void {
    underWay.get(key)?.abort()
    keep(all.filter((one) => one.key !== key))
  },
  /** Takes up what this person left unsent before a reload. */
  open(name: string): void {
    if (person === name) return
    person = name
    const left = readLeft(name).filter((one) => all.every(({ key }) => key !== one.key))
    if (left.length > 0) keep([...all, ...left.map((one) => ({ ...one, state: { kind: 'waiting' as const, why: '', nextTryAt: 0 } }))])
    work(false)
  },
  forget(): void {
    for (const controller of underWay.values()) controller.abort()
    if (person !== undefined) writeLeft(person, [])
    all = []
    person = undefined
  },
}

async function attempt({ key }: Unsent): Promise<void> {
  const unsent = change(key, (one) => ({ ...one, tries: one.tries + 1, state: { kind: 'sending' } }))
  if (!unsent) return
  const patience = new AbortController()
  underWay.set(key, patience)
  const tired = setTimeout(() => patience.abort(), PATIENCE_MS)
  try {
    const reply = await call(unsent, patience.signal)
    await paint(unsent, reply)
    settle(unsent, reply)
  } catch (error) {
    if (isPassing(error)) change(key, (one) => afterNoAnswer(one, Date.now(), messageOf(error)))
    else await explain(unsent, error)
  } finally {
    clearTimeout(tired)
    underWay.delete(key)
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: ['incidents'] }),
      queryClient.invalidateQueries({ queryKey: ['incident'] }),
    ])
  }
}

function call({ key, write }: Unsent, signal: AbortSignal): Promise<unknown> {
  const options = { params: { id: write.incident }, idempotencyKey: key, signal }
  switch (write.act) {
    case 'acknowledge':
      return api.acknowledgeIncident({ ...options, body: { via: 'web' } })
    case 'escalate':
      return api.escalateIncident({ ...options, body: {} })
    case 'resolve':
      return api.resolveIncident({ ...options, body: write.said ?? {} })
    case 'step':
      return api.actOnIncident({ ...options, body: { act: write.step, ...write.said, expected: { status: write.seen } } })
    case 'note':
      return api.addNote({
        ...options,
        body: { text: write.text, ...(write.kind && { kind: write.kind }), ...(write.happenedAt && { happenedAt: write.happenedAt }) },
      })
    case 'change':
      return api.changeIncident({
        ...options,
        body: { ...write.change, ...(write.reason && { reason: write.reason }), expected: write.seen },
      })
  }
}

/** Shows what the server answered wherever the incident is shown, so that nothing falls back to how it was before. */
async function paint({ write }: Unsent, reply: unknown): Promise<void> {
  if (write.act === 'note') {
    const looked = queryClient.invalidateQueries({ queryKey: ['incident'] })
    await Promise.race([looked, new Promise((resolve) => setTimeout(resolve, 2000))])
    return
  }
  const incident = reply as IncidentView
  const isIt = (one: unknown) => (one as IncidentView | undefined)?.id === incident.id
  queryClient.setQueriesData({ queryKey: ['incident'], predicate: ({ queryKey }) => queryKey.length === 2 }, (one: unknown) =>
    isIt(one) ? incident : one,
  )
  queryClient.setQueriesData({ queryKey: ['incidents'] }, (list: unknown) => {
    const items = (list as { items?: unknown[] } | undefined)?.items
    return items ? { ...(list as object), items: items.map((one) => (isIt(one) ? { ...(one as object), ...incident } : one)) } : list
  })
}

/** Confirmed. An acknowledgement answers who did it, and that may have been somebody else a moment before. */
function settle({ key, write }: Unsent, reply: unknown): void {
  const incident = reply as IncidentView
  const other = write.act === 'acknowledge' ? incident.acknowledgedBy : write.act === 'resolve' ? incident.resolvedBy : null
  if (other !== null && person !== undefined && other !== person) {
    const at = write.act === 'acknowledge' ? incident.acknowledgedAt : incident.resolvedAt
    const theirs: Theirs = {
      what: write.act === 'acknowledge' ? 'acknowledged' : 'resolved',
      by: other,
      at: at ? Date.parse(at) : undefined,
    }
    change(key, (one) => ({ ...one, state: { kind: 'overtaken', theirs } }))
    return
  }
  keep(all.filter((one) => one.key !== key))
  for (const listener of listeners) listener(write)
}

/** Refused: by how things stand now, which is then shown beside what was asked for. */
async function explain({ key, write }: Unsent, error: unknown): Promise<void> {
  const now =
    error instanceof ApiError && error.status === 409
      ? await api.getIncident({ params: { id: write.incident } }).catch(() => undefined)
      : undefined
  const theirs = now && theirsIn(write, now)
  change(key, (one) => ({ ...one, state: theirs ? { kind: 'overtaken', theirs } : { kind: 'refused', why: messageOf(error) } }))
}

function theirsIn(write: Write, now: IncidentView): Theirs | undefined {
  if (write.act === 'change')
    return {
      what: 'changed',
      by: null,
      at: undefined,
      values: {
        ...(write.change.title !== undefined && { title: now.title }),
        ...(write.change.summary !== undefined && { summary: now.summary ?? '' }),
        ...(write.change.severity !== undefined && { severity: now.severity }),
      },
    }
  if (now.status === 'resolved')
    return { what: 'resolved', by: now.resolvedBy, at: now.resolvedAt ? Date.parse(now.resolvedAt) : undefined }
  return undefined
}

/** No network, no answer in time, a server in trouble, or the same write still under way: all that passes. Signed out is mended by signing in. */
function isPassing(error: unknown): boolean {
  return (
    error instanceof NoAnswer ||
    (error instanceof ApiError && (error.status >= 500 || error.status === 401 || error.status === 429 || error.refusal === 'in-progress'))
  )
}

function work(hurry: boolean): void {
  const now = Date.now()
  for (const one of all) {
    const step = due(one, now, hurry)
    if (step === 'try') void attempt(one)
    if (step === 'lapse') {
      change(one.key, (it) => ({ ...it, state: { kind: 'lapsed' } }))
      underWay.get(one.key)?.abort()
    }
  }
  plan()
}

/** Wakes for the next try or the next end. */
function plan(): void {
  clearTimeout(timer)
  const moments = all.flatMap((one) => [
    ...(one.state.kind === 'waiting' ? [one.state.nextTryAt] : []),
    ...(one.state.kind === 'waiting' || one.state.kind === 'sending' ? [lapsesAt(one) ?? Number.POSITIVE_INFINITY] : []),
  ])
  const next = Math.min(...moments)
  if (Number.isFinite(next)) timer = setTimeout(() => work(false), Math.max(50, next - Date.now()))
}

/** Undefined when it was discarded or has lapsed meanwhile: an answer that comes later changes nothing any more. */
function change(key: string, step: (one: Unsent) => Unsent): Unsent | undefined {
  const before = all.find((one) => one.key === key)
  if (!before || before.state.kind === 'lapsed') return undefined
  const after = step(before)
  keep(all.map((one) => (one.key === key ? after : one)))
  return after
}

function keep(next: Unsent[]): void {
  all = next
  if (person !== undefined) writeLeft(person, all.filter(outlastsReload))
  plan()
  for (const wake of waiting) wake()
}

const storageKey = (name: string) => `tocsin.unsent.${name}`

function readLeft(name: string): Unsent[] {
  return (keptInTab.readJson(storageKey(name)) ?? []) as Unsent[]
}

/** Where the browser refuses, they last as long as the page, and the banner counts them. */
function writeLeft(name: string, left: Unsent[]): void {
  if (left.length > 0) keptInTab.write(storageKey(name), JSON.stringify(left))
  else keptInTab.drop(storageKey(name))
}

if (typeof window !== 'undefined') {
  window.addEventListener('online', () => work(true))
  window.addEventListener('beforeunload', (event) => {
    if (all.some((one) => !outlastsReload(one) && (one.state.kind === 'sending' || one.state.kind === 'waiting'))) event.preventDefault()
  })
}
