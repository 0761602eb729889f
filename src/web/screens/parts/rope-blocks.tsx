import { Panel } from '../../parts/panel.tsx'
import { WhyChain, WhyStep } from '../../parts/rope.tsx'
import { EscalationLadder } from '../incidents/escalation-ladder.tsx'
import { TimelineTab } from '../incidents/timeline-tab.tsx'
import { Block, Grid } from './block.tsx'
import { climbing, stopped, why } from './sample/incident.tsx'
import { timeline } from './sample/timeline.tsx'

export function RopeBlocks() {
  return (
    <>
      <Block name="Timeline" rule="One rope. Struck nodes are key, outlined ones facts, small ones are ours." column>
        <TimelineTab entries={{ state: 'ready', value: timeline }} newCount={0} onShowNew={() => {}} />
      </Block>
      <Block name="Why" rule="Every decision with its time.">
        <Grid columns={2}>
          <Panel title="5xx above 5 %" flush>
            <WhyChain label="Why, example">
              {why.slice(0, 6).map(({ id, detail, ...step }) => (
                <WhyStep key={id} {...step}>
                  {detail}
                </WhyStep>
              ))}
            </WhyChain>
          </Panel>
        </Grid>
      </Block>
      <Block name="Ladder" rule="Levels in the order of time. Its floor is a person.">
        <Grid columns={2}>
          <div className="part-side">
            <EscalationLadder escalation={climbing} />
          </div>
          <div className="part-side">
            <EscalationLadder escalation={stopped} />
          </div>
        </Grid>
      </Block>
    </>
  )
}
