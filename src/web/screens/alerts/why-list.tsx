import { decimalText } from '../../parts/number-words.ts'
import { interval } from '../../parts/time-words.ts'
import type { WhyDecision } from '../../product/incidents/alert-in-incident.ts'
import { WhySteps } from '../../product/incidents/alert-why.tsx'
import { words } from './words.ts'

export interface AlertStory {
  decisions: WhyDecision[]
  /** Who was reached first, and how long after the alert came in. */
  paged?: { who: string; afterMs: number } | undefined
  /** How long after it came in somebody took it. */
  acknowledgedAfterMs?: number | undefined
  isOpen: boolean
}

/** The whole way of one alert, and first of all what came of it. */
export function WhyList({ story }: { story: AlertStory }) {
  return (
    <>
      <p className="alert-verdict">{verdictOf(story)}</p>
      <WhySteps decisions={story.decisions} />
    </>
  )
}

const say = words.alert

function verdictOf({ decisions, paged, acknowledgedAfterMs, isOpen }: AlertStory): string {
  const reached = paged ? say.pagedIn(paged.who, spanOf(paged.afterMs)) : say.nobodyPaged
  const taken =
    acknowledgedAfterMs !== undefined ? say.acknowledgedIn(spanOf(acknowledgedAfterMs)) : isOpen && paged ? say.notAcknowledged : undefined
  return `${taken ? `${reached}, ${taken}` : reached}. ${say.decisions(decisions.length)}`
}

/** Below ten seconds a tenth counts. */
function spanOf(ms: number): string {
  return ms < 10_000 ? `${decimalText(ms / 1000, 1)} s` : interval(ms)
}
