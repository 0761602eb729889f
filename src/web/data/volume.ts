import type { Volume } from '../product/alerts/volume-strip.tsx'
import type { api } from './api.ts'

/** How many alerts of the last hours became how many pages. */
export function volumeOf({ alerts, incidents, pages, complete, quarters }: Awaited<ReturnType<typeof api.getAlertVolume>>): Volume {
  return { alerts, incidents, pages, complete, byQuarter: quarters.map((quarter) => quarter.alerts) }
}
