import { describe, expect, test } from 'vitest'
import { afterNoAnswer, due, isSame, LAPSES_AFTER_MS, outlastsReload, type Unsent, type Write } from './unsent.ts'

const MADE = Date.parse('2026-11-21T03:14:00Z')
const acknowledgement: Write = { act: 'acknowledge', incident: 'inc_1', number: 'INC-142' }
const note: Write = { act: 'note', incident: 'inc_1', number: 'INC-142', text: 'Rolled back gw 2.14' }
const unsent = (write: Write, tries = 1): Unsent => ({ key: 'k', write, madeAt: MADE, tries, state: { kind: 'sending' } })

describe('a write that the server has not confirmed', () => {
  test('is tried again after pauses that grow', () => {
    const pauses = [1, 2, 3, 4, 5, 9].map((tries) => {
      const { state } = afterNoAnswer(unsent(note, tries), MADE, 'no answer')
      return state.kind === 'waiting' ? state.nextTryAt - MADE : undefined
    })
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000])
  })

  test('is tried at once when the connection is back', () => {
    const waiting = afterNoAnswer(unsent(note, 9), MADE, 'no answer')
    expect(due(waiting, MADE + 100, false)).toBe('wait')
    expect(due(waiting, MADE + 100, true)).toBe('try')
  })

  test('lapses after two minutes when it is an acknowledgement, under way or waiting', () => {
    const waiting = afterNoAnswer(unsent(acknowledgement), MADE + 1000, 'no answer')
    expect(due(waiting, MADE + LAPSES_AFTER_MS - 1, true)).toBe('try')
    expect(due(waiting, MADE + LAPSES_AFTER_MS, true)).toBe('lapse')
    expect(due(unsent(acknowledgement), MADE + LAPSES_AFTER_MS, false)).toBe('lapse')
    expect(afterNoAnswer(unsent(acknowledgement), MADE + LAPSES_AFTER_MS, 'no answer').state).toEqual({ kind: 'lapsed' })
  })

  test('wakes for its end, not after it', () => {
    const { state } = afterNoAnswer(unsent(acknowledgement, 9), MADE + LAPSES_AFTER_MS - 3000, 'no answer')
    expect(state).toMatchObject({ kind: 'waiting', nextTryAt: MADE + LAPSES_AFTER_MS })
  })

  test('stays for ever when it is words that somebody wrote, over a reload too', () => {
    expect(due(unsent(note), MADE + 100 * LAPSES_AFTER_MS, false)).toBe('wait')
    expect(outlastsReload(unsent(note))).toBe(true)
    expect(outlastsReload(unsent(acknowledgement))).toBe(false)
  })

  test('is one when it is asked for twice, but two notes are two', () => {
    expect(isSame(acknowledgement, { ...acknowledgement })).toBe(true)
    expect(isSame(acknowledgement, { ...acknowledgement, act: 'escalate' })).toBe(false)
    expect(isSame(note, { ...note })).toBe(false)
    const step: Write = { ...acknowledgement, act: 'step', step: 'identify', said: { cause: 'gw 2.14' }, seen: 'investigating' }
    expect(isSame(step, { ...step, said: { cause: 'gw 2.15' } })).toBe(true)
    expect(isSame(step, { ...step, step: 'mitigate' })).toBe(false)
  })
})
