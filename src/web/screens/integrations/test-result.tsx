import { links } from '../../links.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Note } from '../../parts/note.tsx'
import { Panel } from '../../parts/panel.tsx'
import { WhyChain, WhyStep } from '../../parts/rope.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { exactTime, timeOfDay } from '../../parts/time-words.ts'
import type { WhyDecision } from '../../product/incidents/alert-in-incident.ts'
import { looks } from '../../product/incidents/alert-why.tsx'
import { words } from '../../product/integrations/words.ts'

/** A test that was sent, and how far it has come. */
export interface SentTest {
  sentAt: number
  /** Undefined while it has not been worked off. */
  alert?: string | undefined
  incident?: { number: string; resolved: boolean } | undefined
  why: Loadable<WhyDecision[]>
  resolving: boolean
  onResolve?: (() => void) | undefined
}

/** The whole way to a person, live: not only that it was accepted. */
export function TestResult({ test }: { test: SentTest }) {
  const { incident, resolving, onResolve } = test
  return (
    <Panel title={words.test.result} flush beside={words.test.sentAt(`${timeOfDay(test.sentAt, 'UTC', 'seconds')} UTC`)}>
      <div className="test-steps">
        {test.alert === undefined ? (
          <p className="panel-inside">
            <Note tone="info">{words.test.waiting}</Note>
          </p>
        ) : (
          <Loaded of={test.why} skeleton={<SkeletonRows rows={5} />}>
            {(decisions) => (
              <WhyChain label={words.test.chain}>
                {decisions.map((decision, place) => (
                  <WhyStep
                    key={`${decision.at} ${decision.text}`}
                    {...looks[decision.step]}
                    title={
                      <>
                        {words.steps[decision.step]} <span className="dim">{words.outcomes[decision.outcome]}</span>
                      </>
                    }
                    time={exactTime(decision.at, decisions[place - 1]?.at)}
                  >
                    {decision.text}
                  </WhyStep>
                ))}
              </WhyChain>
            )}
          </Loaded>
        )}
      </div>
      {incident && (
        <div className="panel-inside line wraps">
          <ButtonLink href={links.incident(incident.number)}>{words.test.open}</ButtonLink>
          {onResolve && !incident.resolved && (
            <Button kind="primary" busy={resolving} onClick={onResolve}>
              {words.test.resolve}
            </Button>
          )}
        </div>
      )}
    </Panel>
  )
}
