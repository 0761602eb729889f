import './volume-strip.css'
import { countText } from '../../parts/number-words.ts'
import { CountStrokes } from '../../parts/strokes.tsx'
import { words } from './volume-words.ts'

/** What came in over a day, and what it led to: the number that a team tunes. */
export interface Volume {
  alerts: number
  incidents: number
  pages: number
  /** False where there were more than are counted. */
  complete: boolean
  /** One each, oldest first. */
  byQuarter: number[]
}

export function VolumeStrip({ volume }: { volume: Volume }) {
  const said = words.became(countText(volume.alerts), countText(volume.incidents), countText(volume.pages))
  return (
    <div className="volume-strip">
      <p>
        <b>{volume.complete ? said : words.atLeast(said)}</b> <span className="dim">{words.what}</span>
      </p>
      <VolumeStrokes volume={volume} height={36} />
    </div>
  )
}

/** Quarters far above the usual are dark: loud. */
export function VolumeStrokes({ volume, height }: { volume: Volume; height: number }) {
  const busy = volume.byQuarter.filter((count) => count > 0).sort((a, b) => a - b)
  const usual = busy[Math.floor(busy.length / 2)] ?? 0
  return (
    <CountStrokes
      counts={volume.byQuarter}
      label={words.label(countText(volume.alerts))}
      loudFrom={Math.max(3, usual * 2)}
      height={height}
    />
  )
}
