/** The only picture in the product: one stroke of the bell, and how it carries. Heights in units of the drawing. */
const heights = [
  8.6, 10.6, 10.5, 13.6, 13.8, 20.9, 16.5, 25.2, 23.4, 35.9, 25.1, 43.2, 36.4, 53.6, 36.3, 68, 51.6, 72.9, 51.2, 98.9, 67.5, 94.8, 70.7,
  133.9, 83.1, 121.3, 95.2, 170.1, 93.3, 131.5, 94.2, 137.9, 70.8, 107.5, 75.3, 100.2, 53.4, 85, 56.4, 69.1, 39.8, 63.1, 39.2, 45.2, 28.7,
  42.5, 25.2, 27.9, 19.4, 24.9, 15.2, 15.9, 12.1, 12.5, 9.3, 8.9,
]
const ground = 240
const strokes = heights.map((height, place) => ({ x: 2 + place * 10, height, struck: place >= 26 && place <= 29 }))

export function Peal() {
  return (
    <svg className="peal" viewBox="0 0 560 300" aria-hidden="true">
      {strokes.map(({ x, height, struck }) => (
        <rect key={x} className={struck ? 'peal-struck' : undefined} x={x} y={ground - height} width={3} height={height} rx={1.5} />
      ))}
      <rect x={0} y={ground + 4} width={560} height={1} />
      <use className="peal-bell" href="#mark" x={247} y={0} width={64.8} height={64.8} />
    </svg>
  )
}
