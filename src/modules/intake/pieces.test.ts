import { describe, expect, test } from 'vitest'
import type { Signal } from '../alerts/signal.ts'
import type { Accepted } from './accepted.ts'
import type { InboxGroup } from './inbox.ts'
import { halved, type Part, piecesOf, REPORTS_MAX } from './pieces.ts'

/** `'+a +b -a'`: a and b begin, a ends. */
const signals = (text: string) =>
  text.split(' ').map((one) => ({ action: one[0] === '+' ? 'trigger' : 'resolve', dedupKey: one.slice(1) }) as Signal)
const said = (part: Part) => part.signals.map(({ action, dedupKey }) => `${action === 'trigger' ? '+' : '-'}${dedupKey}`).join(' ')
const group = (position: number, ...bodies: Signal[][]): InboxGroup => ({
  position,
  receivedAt: 0,
  bodies: bodies.map((all) => ({ integration: 'x', reading: { signals: all } }) as unknown as Accepted),
})
const cut = (groups: InboxGroup[], limit = REPORTS_MAX) =>
  piecesOf(
    groups,
    () => 'api',
    () => limit,
  ).map((piece) => piece.map(said))

describe('a batch is one piece', () => {
  test('as long as nothing begins after something ended', () => {
    expect(cut([group(1, signals('+a'), signals('+b -c')), group(2, signals('-a'))])).toEqual([['+a', '+b -c', '-a']])
  })
  test('and is cut where it does, but not inside a body', () => {
    expect(cut([group(1, signals('+a'), signals('-a'), signals('+a +b -c'), signals('+d'))])).toEqual([['+a', '-a'], ['+a +b -c'], ['+d']])
  })
  test('of so many reports; a body of more is cut with each alert whole and what begins first', () => {
    expect(cut([group(1, signals('-a +b -b +c +d +e'))], 2)).toEqual([['+b -b'], ['+c +d'], ['+e -a']])
    expect(cut([group(1, signals('+a'), signals('+b'), signals('+c'))], 2)).toEqual([['+a', '+b'], ['+c']])
    const many = Array.from({ length: 2 * REPORTS_MAX + 1 }, (_, i) => `+${i}`).join(' ')
    expect(cut([group(1, signals(many))]).map((piece) => piece.map((one) => one.split(' ').length))).toEqual([
      [REPORTS_MAX],
      [REPORTS_MAX],
      [1],
    ])
  })
})

test('a piece is halved by bodies, then by alerts, and no further', () => {
  const halves = (piece: Part[]): unknown => {
    const both = halved(piece)
    return both ? both.map(halves) : piece.map(said).join()
  }
  const [piece] = piecesOf(
    [group(1, signals('+a +b +a'), signals('+c'))],
    () => 'api',
    () => REPORTS_MAX,
  )
  expect(halves(piece!)).toEqual([['+a +a', '+b'], '+c'])
})
