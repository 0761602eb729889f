import type { WhyDecision } from './alert-in-incident.ts'
import './alert-why.css'
import { Label } from '../../parts/chip.tsx'
import type { IconName } from '../../parts/icon-names.ts'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { type NodeKind, WhyChain, WhyStep } from '../../parts/rope.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { exactTime } from '../../parts/time-words.ts'
import type { AlertInIncident } from './alert-in-incident.ts'
import { words } from './incident-words.ts'

/** The whole story of one alert, each decision with its time. */
export function AlertWhy({ alert, why }: { alert: AlertInIncident; why: Loadable<WhyDecision[]> }) {
  return (
    <section className="alert-why" aria-labelledby="alert-why">
      <h2 id="alert-why">
        {words.alerts.why}: {alert.title}
      </h2>
      <p className="alert-labels">
        {Object.entries(alert.labels).map(([name, value]) => (
          <Label key={name} name={name} value={value} />
        ))}
      </p>
      <Loaded of={why} skeleton={<SkeletonRows rows={5} />}>
        {(decisions) => <WhySteps decisions={decisions} />}
      </Loaded>
    </section>
  )
}

export function WhySteps({ decisions }: { decisions: WhyDecision[] }) {
  return (
    <WhyChain label={words.alerts.whyLabel}>
      {decisions.map((decision, place) => (
        <WhyStep
          // biome-ignore lint/suspicious/noArrayIndexKey: decisions are only ever added at the end
          key={place}
          {...looks[decision.step]}
          title={<StepTitle {...decision} />}
          time={exactTime(decision.at, decisions[place - 1]?.at)}
        >
          {decision.text}
        </WhyStep>
      ))}
    </WhyChain>
  )
}

/** Where the way could have gone elsewhere, the node is struck. */
export const looks: Record<WhyDecision['step'], { kind: NodeKind; icon: IconName }> = {
  received: { kind: 'fact', icon: 'webhook' },
  deduped: { kind: 'fact', icon: 'copy' },
  grouped: { kind: 'fact', icon: 'merge' },
  routed: { kind: 'key', icon: 'route' },
  level: { kind: 'key', icon: 'stack' },
  person: { kind: 'fact', icon: 'user' },
  rule: { kind: 'fact', icon: 'sliders' },
  page: { kind: 'fact', icon: 'bell' },
  stopped: { kind: 'key', icon: 'check' },
}

function StepTitle({ step, outcome }: Pick<WhyDecision, 'step' | 'outcome'>) {
  const said = words.alerts.outcomes[outcome]
  return (
    <>
      {words.alerts.steps[step]} {said && <span className={outcome === 'failed' ? 'why-failed' : 'why-outcome'}>{said}</span>}
    </>
  )
}
