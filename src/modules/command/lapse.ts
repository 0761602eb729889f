import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import { fact } from '../timeline/index.ts'
import { type CommandParts, hold, settle } from './held.ts'
import { lapsesAt } from './roles.ts'

/** Offers that nobody answers in time are off, and whoever has the role keeps it. */
export async function lapseOffers(tx: Transaction, now: Instant, parts: CommandParts, incidentId: string): Promise<void> {
  const before = await hold(tx, incidentId, 'tocsin')
  if ('refusal' in before || before.command === null) return
  const { around, command } = before
  const lapsed = around.offers.filter(({ offeredAt }) => lapsesAt(offeredAt, command.pace) <= now)
  if (lapsed.length === 0) return
  const after = { ...before, around: { ...around, offers: around.offers.filter((one) => !lapsed.includes(one)) } }
  const about = { incidentId: before.incident.id, happenedAt: now, actor: 'system' } as const
  const entries = lapsed.map(({ role, to, by }) => fact(about, 'role.lapsed', { role, person: to, from: by }))
  await settle(tx, now, parts, before, after, entries)
}
