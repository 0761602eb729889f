import { AlertWhy } from '../../product/incidents/alert-why.tsx'
import { EscalationLadder } from '../incidents/escalation-ladder.tsx'
import { TimelineTab } from '../incidents/timeline-tab.tsx'
import { Block, Grid } from './block.tsx'
import { alerts, climbing, why } from './sample/incident.tsx'
import { timeline } from './sample/timeline.tsx'

export function RopeBlocks() {
  return (
    <>
      <Block name="Timeline" rule="One rope. Struck nodes are key, outlined ones facts, small ones are ours." column>
        <TimelineTab entries={{ state: 'ready', value: timeline }} onNote={() => {}} />
      </Block>
      <Block name="Why" rule="Every decision with its time." column>
        <AlertWhy alert={alerts[0]!} why={{ state: 'ready', value: why }} />
      </Block>
      <Block name="Ladder" rule="Levels in the order of time. Its floor is a person.">
        <Grid columns={2}>
          <div className="part-side">
            <EscalationLadder escalation={climbing} />
          </div>
        </Grid>
      </Block>
    </>
  )
}
