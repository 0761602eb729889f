import { links } from '../../links.ts'
import { Link } from '../../parts/link.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { countText } from '../../parts/number-words.ts'
import { Panel } from '../../parts/panel.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { type Volume, VolumeStrokes } from '../../product/alerts/volume-strip.tsx'
import { words } from './words.ts'

const say = words.day

/** What came in over a day, and what it led to. */
export function DayPanel({ day }: { day: Loadable<Volume> }) {
  return (
    <Panel
      title={say.title}
      beside={
        <Link className="text-link" href={links.alerts({ status: 'all', since: '24h' })}>
          {say.see}
        </Link>
      }
    >
      <Loaded of={day} skeleton={<SkeletonRows rows={2} />}>
        {(volume) => (
          <div className="day">
            <VolumeStrokes volume={volume} height={40} />
            <p className="sub">
              {volume.alerts === 0 ? say.quiet : say.became(countText(volume.alerts), countText(volume.incidents), countText(volume.pages))}{' '}
              {volume.complete ? '' : say.atLeast}
            </p>
            <p className="dim fine">{say.strokes}</p>
          </div>
        )}
      </Loaded>
    </Panel>
  )
}
