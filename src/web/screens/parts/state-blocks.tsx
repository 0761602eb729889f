import { Banner, StaleBanner } from '../../parts/banner.tsx'
import { Button } from '../../parts/button.tsx'
import { Countdown, Moment, Running, ZoneClocks } from '../../parts/clock.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { ErrorState } from '../../parts/error-state.tsx'
import { NeighbourGraph } from '../../parts/neighbour-graph.tsx'
import { NewRows } from '../../parts/new-rows.tsx'
import { Note } from '../../parts/note.tsx'
import { Panel } from '../../parts/panel.tsx'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { SkeletonRows, SkeletonText } from '../../parts/skeleton.tsx'
import { StateMark, StateShape } from '../../parts/state-mark.tsx'
import { CountStrokes, SeverityStrokes } from '../../parts/strokes.tsx'
import { Block, Grid } from './block.tsx'
import { drawnFailure } from './loadable-as.ts'
import { ago, ahead, at } from './sample/time.ts'

const perMinute = [1, 0, 2, 1, 0, 1, 3, 12, 18, 12, 9, 6, 4, 3, 2, 3, 2, 1, 1, 0, 1, 0, 0, 1]

const hour = Array.from({ length: 30 }, (_, place) => (place > 21 ? (2 as const) : undefined))

export function StateBlocks() {
  return (
    <>
      <Block name="Banners" rule="Amber when not live. Striped for drills." column>
        <StaleBanner since={at('03:14:22')} nextTryAt={ahead({ seconds: 20 })} onTry={() => {}} />
        <Banner tone="bad">2 notes not sent yet. They go out when you are back online.</Banner>
        <Banner tone="drill">Drill. Pages are real, customers are not.</Banner>
        <Banner tone="info">This policy comes from on-call/payments.yaml, line 12. Edit it there, or eject it.</Banner>
      </Block>
      <Block name="Clocks" rule="Each says what it counts and when it ends. Every time has its zone." column>
        <Grid columns={4}>
          <Countdown title="Sam next" detail="03:36 UTC" from={ago({ minutes: 8 })} to={ahead({ minutes: 12, seconds: 19 })} />
          <Countdown title="Sam next" detail="03:28 UTC" from={ago({ minutes: 20 })} to={ahead({ minutes: 4, seconds: 19 })} />
          <Countdown title="Sam next" detail="was 03:22 UTC" from={ago({ minutes: 20 })} to={ago({ minutes: 1, seconds: 7 })} />
          <p>
            <Running since={ago({ minutes: 12, seconds: 41 })} /> <span className="dim">running</span>
          </p>
        </Grid>
        <p>
          <ZoneClocks />
        </p>
        <p className="sub">
          <Moment at={at('03:11:00')} />. <Moment at={ago({ hours: 30 })} />.
        </p>
      </Block>
      <Block name="States" rule="Mark, word and colour, each of its own shape.">
        <StateMark state="ok" word="Receiving" />
        <StateMark state="odd" word="Silent" />
        <StateMark state="off" word="Quiet" />
      </Block>
      <Block name="Neighbours" rule="One step each way. A strong line leads to trouble." column>
        <NeighbourGraph
          name="Dependencies"
          label="Checkout uses the API gateway; the API gateway needs Edge and Identity."
          heads={['Use it', 'This service', 'It needs']}
          before={[{ name: 'Checkout', detail: 'Nobody has it', mark: <SeverityMark rank={1} size={16} />, href: '/parts', hit: true }]}
          here={{ name: 'API gateway', detail: 'Acknowledged', mark: <SeverityMark rank={2} size={16} />, hit: true }}
          after={[
            { name: 'Edge', detail: 'Nothing open', mark: <StateShape state="ok" />, href: '/parts', hit: false },
            { name: 'Identity', detail: 'Nobody has it', mark: <SeverityMark rank={1} size={16} />, href: '/parts', hit: true },
          ]}
          nothing="none named"
        />
      </Block>
      <Block name="Strokes" rule="One stroke is one unit of time, said beside it. Dark ones are loud.">
        <Grid columns={3}>
          <Panel title="Alerts" beside="03:04 to 03:27 UTC" foot="Each stroke a minute, the tallest is 18.">
            <CountStrokes counts={perMinute} loudFrom={9} height={56} label="Alerts each minute, peak 18 at 03:12" />
          </Panel>
          <Panel title="In a row">
            <CountStrokes counts={perMinute.slice(2, 14)} loudFrom={9} strokeWidth={3} label="Alerts in 12 minutes, peak 18" />
          </Panel>
          <Panel title="Of an hour" beside="each 2 min">
            <SeverityStrokes ranks={hour} label="One incident was open in the last hour, SEV2." />
          </Panel>
        </Grid>
      </Block>
      <Block name="Notes" rule="Beside what they speak of.">
        <Grid columns={2}>
          <Note tone="bad">
            <b>Gap on Sun 25 Oct.</b> Saving is blocked.
          </Note>
          <Note tone="warn">
            <b>Li has web push only.</b> It does not break Do Not Disturb.
          </Note>
          <Note tone="info">“Raj forgot” names a person. Try “What made …”.</Note>
          <Note tone="good">Test page received in 3 s.</Note>
        </Grid>
      </Block>
      <Block name="Empty, loading, failed" rule="Say what is true, offer one next step.">
        <Grid columns={2}>
          <Panel title="Nothing open" flush>
            <EmptyState title="All quiet since Fri 14:02" step={<Button icon="flag">Run a drill</Button>}>
              <p>Your next shift starts Fri 23 Oct, 09:00 Berlin.</p>
            </EmptyState>
          </Panel>
          <Panel title="Loading" flush>
            <SkeletonRows />
            <SkeletonText label="Loading text" />
          </Panel>
          <Panel title="Failed, with what it had" flush>
            <ErrorState failure={drawnFailure} keptFrom={at('03:21:00')} />
          </Panel>
          <Panel title="New rows wait" flush>
            <NewRows count={3} onShow={() => {}} />
          </Panel>
        </Grid>
      </Block>
    </>
  )
}
