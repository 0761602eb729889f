import { links } from '../../links.ts'
import type { IconName } from '../../parts/icon-names.ts'

/** Six places, no more: what is added later finds its room inside one of them. */
export const placeNames = ['now', 'incidents', 'on-call', 'services', 'learn', 'status-pages'] as const
export type PlaceName = (typeof placeNames)[number]

export const places: Record<PlaceName, { icon: IconName; href: string; goKey: string }> = {
  now: { icon: 'now', href: links.now(), goKey: 'n' },
  incidents: { icon: 'incidents', href: links.incidents(), goKey: 'i' },
  'on-call': { icon: 'calendar', href: links.onCall(), goKey: 'o' },
  services: { icon: 'layers', href: links.services(), goKey: 's' },
  learn: { icon: 'book', href: links.learn(), goKey: 'l' },
  'status-pages': { icon: 'strokes', href: links.statusPages(), goKey: 'p' },
}
