import { HOUR, MINUTE } from '../../../../kernel/time.ts'
import type { RibbonView } from '../../now/ribbon.tsx'
import { openIncidents } from './incidents.ts'
import { sampleNow } from './time.ts'

/** The open incidents of the sample, and how loud its six hours were. */
export const ribbon: RibbonView = {
  incidents: openIncidents.map(({ number, title, severity, startedAt }, place) => ({
    ...{ number, title, severity, isOpen: true, from: startedAt },
    next: place === 0 ? { at: sampleNow + 4 * MINUTE, who: ['Sam'] } : undefined,
  })),
  quarters: Array.from({ length: 24 }, (_, place) => ({
    at: sampleNow - 6 * HOUR + place * 15 * MINUTE,
    alerts: place % 7 === 3 ? 9 : place % 3,
  })),
}
