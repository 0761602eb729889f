import { html, type Markup, trusted } from './html.ts'

/** Each rank has a shape and a digit beside its colour, so that it is never told by colour alone. */
const SHAPES: Record<number, { path: string; digitY: number }> = {
  1: { path: 'M6.1 1h7.8L19 6.1v7.8L13.9 19H6.1L1 13.9V6.1z', digitY: 14 },
  2: { path: 'M10 .9c.5 0 .9.3 1.2.7l8.1 14.6c.5 1-.1 2.3-1.3 2.3H2c-1.2 0-1.8-1.3-1.3-2.3L8.8 1.6c.3-.4.7-.7 1.2-.7z', digitY: 15.9 },
  3: { path: 'M10 1a9 9 0 1 1 0 18 9 9 0 0 1 0-18z', digitY: 14 },
  4: {
    path: 'M3.5 1.7h13a1.8 1.8 0 0 1 1.8 1.8v13a1.8 1.8 0 0 1-1.8 1.8h-13a1.8 1.8 0 0 1-1.8-1.8v-13a1.8 1.8 0 0 1 1.8-1.8z',
    digitY: 14,
  },
  5: { path: 'M10 1.6 18.7 8l-3.3 10.2H4.6L1.3 8z', digitY: 14.3 },
}

/** The drawing alone; its word, `SEV1`, stands beside it or in `label`. */
export function severityMark(rank: number, size: number, label?: string): Markup {
  const { path, digitY } = SHAPES[rank] ?? SHAPES[5]!
  const named = label === undefined ? trusted('aria-hidden="true"') : html`role="img" aria-label="${label}"`
  return html`<svg class="sev sev-${rank}" width="${size}" height="${size}" viewBox="0 0 20 20" ${named}><path d="${path}"/><text x="10" y="${digitY}">${rank}</text></svg>`
}

export const tick = trusted(
  '<svg class="tick" width="20" height="20" viewBox="0 0 16 16" aria-hidden="true"><path d="m3 8.5 3.2 3.2L13 4.8" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"/></svg>',
)

const BELL =
  '<path d="M12 3c-3.3 0-5.3 2.5-5.5 5.9l-.2 3.6c-.1 1.8-1 3-2.3 4.3h16c-1.3-1.3-2.2-2.5-2.3-4.3l-.2-3.6C17.3 5.5 15.3 3 12 3Z" transform="rotate(13 12 11)"/><path d="M8.1 19.2a2.3 2.3 0 1 0 4.6 0 2.3 2.3 0 0 0-4.6 0Z" opacity=".9"/>'

export const brand = trusted(
  `<p class="brand"><svg class="bell" width="28" height="28" viewBox="0 0 24 24" aria-hidden="true">${BELL}</svg><span>Tocsin</span></p>`,
)

/** Heights of the strokes: one stroke of the bell, and how it carries. */
const STROKES = [
  8.6, 10.6, 10.5, 13.6, 13.8, 20.9, 16.5, 25.2, 23.4, 35.9, 25.1, 43.2, 36.4, 53.6, 36.3, 68, 51.6, 72.9, 51.2, 98.9, 67.5, 94.8, 70.7,
  133.9, 83.1, 121.3, 95.2, 170.1, 93.3, 131.5, 94.2, 137.9, 70.8, 107.5, 75.3, 100.2, 53.4, 85, 56.4, 69.1, 39.8, 63.1, 39.2, 45.2, 28.7,
  42.5, 25.2, 27.9, 19.4, 24.9, 15.2, 15.9, 12.1, 12.5, 9.3, 8.9,
]

/** The only picture in the product. */
export const peal = trusted(
  `<svg class="peal" viewBox="0 0 560 300" aria-hidden="true"><path class="quiet" d="${strokes((place) => place < 26 || place > 29)}"/><path class="struck" d="${strokes((place) => place >= 26 && place <= 29)}"/><path class="ground" d="M0 244.5H560"/><g class="bell" transform="translate(247 0) scale(2.7)">${BELL}</g></svg>`,
)

function strokes(isDrawn: (place: number) => boolean): string {
  return STROKES.map((height, place) =>
    isDrawn(place) ? `M${3.5 + place * 10} 238.5V${Math.round((241.5 - height) * 10) / 10}` : '',
  ).join('')
}
