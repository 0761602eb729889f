import './day-strokes.css'

/** `full` all day, `own` by the viewer, `part` of the day, `none` as it is meant, `gap` where something is missing. */
export type DayStroke = 'full' | 'own' | 'part' | 'none' | 'gap' | 'unknown'

const STEP = 5
const HEIGHT = 16

/** One upright stroke a day; height and outline tell the states apart, colour only helps. */
export function DayStrokes({ days, label }: { days: DayStroke[]; label: string }) {
  return (
    <svg
      className="day-strokes"
      viewBox={`0 0 ${Math.max(1, days.length) * STEP - 1.5} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {days.map((day, place) => {
        const tall = day === 'part' ? HEIGHT / 2 : day === 'none' ? 3 : HEIGHT
        const inset = day === 'gap' ? 0.5 : 0
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a stroke is its place
            key={place}
            x={place * STEP + inset}
            y={HEIGHT - tall + inset}
            width={3.5 - 2 * inset}
            height={tall - 2 * inset}
            className={`day-stroke-${day}`}
            vectorEffect="non-scaling-stroke"
          />
        )
      })}
    </svg>
  )
}
