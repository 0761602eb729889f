import { Gauge, Registry } from 'prom-client'
import type { Clock } from '../../kernel/time.ts'
import { iso } from '../../kernel/time.ts'
import type { Database } from '../../platform/db.ts'
import { DEADLINE_MS, DeadlinePassed, within } from '../../platform/deadlines.ts'
import { type Engine, isLate } from '../../platform/engine.ts'
import type { RawRequest, RawRoute } from '../../platform/http.ts'
import type { Figures } from '../../platform/room.ts'

export interface HealthParts {
  db: Database
  clock: Clock
  engine: Engine
  publicUrl(): string
  schema: number
  version: string
  /** Further reasons not to be ready, worded; empty when all is well. */
  reasons(): Promise<string[]>
  /** What is wrong although this node works: no reason to send it no more, and told all the same. */
  warnings(): string[]
  /** What else trusted callers are told of how this server is set up. */
  told(): Record<string, unknown>
  /** Figures for /metrics, read when it is asked for. */
  figures(): Promise<Figures>
}

/** `/healthz` (process alive), `/readyz` (works), `/metrics`. The latter two tell why only to callers that are trusted. */
export function healthRoutes(parts: HealthParts): RawRoute[] {
  const registry = new Registry()
  const text = (status: number, body: string) => ({
    status,
    body,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  })
  return [
    { method: 'GET', path: '/healthz', permission: 'public', handle: async () => text(200, 'ok\n') },
    {
      method: 'GET',
      path: '/readyz',
      permission: 'public',
      callerWithinMs: DEADLINE_MS.caller,
      async handle(request) {
        const why = await reasonsNotReady(parts)
        const status = why.length === 0 ? 200 : 503
        if (!isTrusted(request, parts.publicUrl())) return text(status, status === 200 ? 'ready\n' : 'not ready\n')
        const loops = parts.engine.health().map((loop) => ({
          ...loop,
          lastSuccessAt: loop.lastSuccessAt === null ? null : iso(loop.lastSuccessAt),
          runningSince: loop.runningSince === null ? null : iso(loop.runningSince),
        }))
        const { version, schema } = parts
        const readiness = {
          ...{ ready: status === 200, why, warnings: parts.warnings(), version, schema },
          ...{ now: iso(parts.clock.now()), publicUrl: parts.publicUrl(), ...parts.told() },
          loops,
        }
        return {
          status,
          body: JSON.stringify(readiness, null, 2),
          headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
        }
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      permission: 'public',
      async handle(request) {
        if (!isTrusted(request, parts.publicUrl()))
          return text(403, 'Metrics are for callers with a token, and for this machine while --url is a loopback address.\n')
        registry.clear()
        for (const [name, { help, value }] of Object.entries(await parts.figures()))
          new Gauge({ name, help, registers: [registry] }).set(value)
        for (const loop of parts.engine.health())
          gauge(
            registry,
            'tocsin_loop_last_success_seconds',
            'When each loop last succeeded, in epoch seconds.',
            { loop: loop.name },
            (loop.lastSuccessAt ?? 0) / 1000,
          )
        return { status: 200, body: await registry.metrics(), headers: { 'content-type': registry.contentType } }
      },
    },
  ]
}

function gauge(registry: Registry, name: string, help: string, labels: Record<string, string>, value: number): void {
  const known = registry.getSingleMetric(name) as Gauge<string> | undefined
  ;(known ?? new Gauge({ name, help, labelNames: Object.keys(labels), registers: [registry] })).set(labels, value)
}

/** Why this node does not work as it should; empty when it does. Told in time whatever stands. */
export async function reasonsNotReady(parts: Pick<HealthParts, 'db' | 'engine' | 'reasons'>): Promise<string[]> {
  const { db, engine, reasons } = parts
  const why = engine
    .health()
    .filter(isLate)
    .map(
      ({ name, lateMs, lastError }) =>
        `the loop ${name} is ${Math.round(lateMs / 1000)} s late${lastError === null ? '' : `: ${lastError}`}`,
    )
  try {
    return [...why, ...(await within(DEADLINE_MS.readiness, 'What waits', askOnce(db, reasons)))]
  } catch (error) {
    const seconds = Math.ceil(db.silentMs() / 1000)
    if (seconds > 0) return [`the database has not answered for ${seconds} s`]
    return [
      error instanceof DeadlinePassed ? 'the database answers too slowly' : `the database cannot be used: ${(error as Error).message}`,
      ...why,
    ]
  }
}

const asking = new WeakMap<Database, Promise<string[]>>()

/** However often a balancer asks, a database that does not answer is asked by one of them: the others share its answer. */
function askOnce(db: Database, reasons: HealthParts['reasons']): Promise<string[]> {
  const begin = () => {
    const begun = db.sql`select 1`.then(reasons).finally(() => asking.delete(db))
    asking.set(db, begun)
    return begun
  }
  // One that fails may have been asked before the database came back.
  return asking.get(db)?.catch(() => asking.get(db) ?? begin()) ?? begin()
}

/** Loops that fail without being late yet: they are run again within seconds. */
export function failing(engine: Engine): string[] {
  const loops = engine.health().filter((loop) => loop.lastError !== null && !isLate(loop))
  return loops.map(({ name, lastError }) => `the loop ${name} failed and is run again: ${lastError}`)
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/

/** A token, or this very machine: loopback only while --url is itself loopback, the Host is, and no proxy stands in between. */
export function isTrusted(request: Pick<RawRequest, 'headers' | 'caller'>, publicUrl: string): boolean {
  if (request.caller.permits('config:read')) return true
  const { headers } = request
  const forwarded = Object.keys(headers).some((name) => name === 'forwarded' || name.startsWith('x-forwarded-'))
  return !forwarded && LOOPBACK.test(new URL(publicUrl).host) && LOOPBACK.test(String(headers['host'] ?? ''))
}
