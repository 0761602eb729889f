import { SECOND } from '../../kernel/time.ts'
import { room } from '../../platform/room.ts'
import { LAG_MAX_MS } from './horizon.ts'
import { createLiveStream, type LiveParts, liveRoute } from './stream.ts'

/** What has happened, and who hears of it as it happens. */
export function timelineRoom(parts: LiveParts) {
  const live = createLiveStream(parts)
  return room({
    ...live,
    routes: [liveRoute(live)],
    figures: () => ({
      tocsin_timeline_horizon_seconds: {
        help: 'How long the oldest open transaction has held back those who follow the timeline; 0 when none does.',
        value: live.lagMs() / SECOND,
      },
    }),
    warnings: () => (live.lagMs() <= LAG_MAX_MS ? [] : [lagText(Math.round(live.lagMs() / SECOND))]),
    kept: [{ name: 'how far who follows has come', tables: ['timeline_followers'], keptMs: null }],
  })
}

/** Screens, and whatever else follows the timeline, are told nothing after the oldest transaction that still runs. */
function lagText(seconds: number): string {
  return `screens are not live: a transaction has been open in the database for ${seconds} s and holds the timeline back; pg_stat_activity names it`
}
