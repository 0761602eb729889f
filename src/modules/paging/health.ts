import type { Instant } from '../../kernel/time.ts'
import type { Outcome } from './channel.ts'

/** A channel's luck on this node since its start. */
export interface ChannelHealth {
  channel: string
  delivered: number
  failed: number
  failuresInARow: number
  lastDeliveredAt: Instant | null
  lastFailedAt: Instant | null
  /** The provider's last word. */
  lastAnswer: string | null
}

export function createChannelHealth(): { note(channel: string, outcome: Outcome, at: Instant): void; all(): ChannelHealth[] } {
  const byChannel = new Map<string, ChannelHealth>()
  return {
    note(channel, outcome, at) {
      const was = byChannel.get(channel) ?? {
        channel,
        delivered: 0,
        failed: 0,
        failuresInARow: 0,
        lastDeliveredAt: null,
        lastFailedAt: null,
        lastAnswer: null,
      }
      const went = outcome.kind === 'delivered'
      byChannel.set(channel, {
        channel,
        delivered: was.delivered + (went ? 1 : 0),
        failed: was.failed + (went ? 0 : 1),
        failuresInARow: went ? 0 : was.failuresInARow + 1,
        lastDeliveredAt: went ? at : was.lastDeliveredAt,
        lastFailedAt: went ? was.lastFailedAt : at,
        lastAnswer: outcome.answer,
      })
    },
    all: () => [...byChannel.values()],
  }
}
