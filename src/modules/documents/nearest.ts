/** The candidate that was probably meant: a third of its letters may be wrong, swapped, missing or too many. */
export function nearest(written: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined
  let bestDistance = Number.POSITIVE_INFINITY
  const meant = written.toLowerCase()
  for (const candidate of candidates) {
    const other = candidate.toLowerCase()
    const most = Math.max(1, Math.floor(Math.max(meant.length, other.length) / 3))
    if (Math.abs(meant.length - other.length) > most) continue
    const distance = distanceBetween(meant, other)
    if (distance > most || distance >= bestDistance) continue
    best = candidate
    bestDistance = distance
  }
  return best
}

/** Ends a sentence about something unknown: the one that was probably meant, or all there are. */
export function mendFor(written: string, candidates: string[], among: string): string {
  const meant = nearest(written, candidates)
  if (meant !== undefined) return `; did you mean ‹${meant}›?`
  if (candidates.length === 0) return ''
  const shown = candidates.length > 12 ? [...candidates.slice(0, 12), '…'] : candidates
  return `; ${among}: ${shown.join(', ')}`
}

/** Edits from one word to the other; two neighbours that changed places count as one. */
function distanceBetween(a: string, b: string): number {
  if (a.length > 100 || b.length > 100) return a === b ? 0 : Number.POSITIVE_INFINITY
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let edits = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) edits = Math.min(edits, before[j - 2]! + 1)
      row.push(edits)
    }
    before = last
    last = row
  }
  return last[b.length]!
}
