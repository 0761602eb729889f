import { describe, expect, test } from 'vitest'
import { DAY, HOUR } from '../../kernel/time.ts'
import { zoneOf } from '../../kernel/zone.ts'
import { layerOf, pieceAt } from './rotation.ts'
import { parseTurn } from './turn.ts'

const at = (text: string) => Date.parse(text)
const utc = zoneOf('UTC')
const weekly = { name: 'weekly', users: ['ada', 'lin'], start: '2026-01-05T09:00', turn: '7d' }

describe('the length of a turn', () => {
  test.each<[written: string, read: ReturnType<typeof parseTurn>]>([
    ['1d', { days: 1 }],
    ['2w', { days: 14 }],
    ['1w1d', { days: 8 }],
    ['24h', { milliseconds: DAY }],
    ['1h30m', { milliseconds: 1.5 * HOUR }],
    ['604800s', { milliseconds: 7 * DAY }],
    ['3660d', { days: 3660 }],
    ['3661d', undefined],
    ['1d12h', undefined],
    ['0d', undefined],
    ['0h', undefined],
    ['-1d', undefined],
    ['1.5d', undefined],
    ['7', undefined],
    ['', undefined],
  ])('‹%s›', (written, read) => {
    expect(parseTurn(written)).toEqual(read)
  })
})

describe('one layer by itself', () => {
  test('has nobody before its start and after its end, for ever', () => {
    const layer = layerOf({ ...weekly, end: '2026-02-01T00:00' }, utc)!
    expect(pieceAt(layer, at('2026-01-01T00:00Z'))).toEqual({
      user: undefined,
      from: Number.NEGATIVE_INFINITY,
      until: at('2026-01-05T09:00Z'),
    })
    expect(pieceAt(layer, at('2026-03-01T00:00Z'))).toEqual({
      user: undefined,
      from: at('2026-02-01T00:00Z'),
      until: Number.POSITIVE_INFINITY,
    })
    expect(pieceAt(layer, at('2026-01-27T00:00Z'))).toEqual({ user: 'lin', from: at('2026-01-26T09:00Z'), until: at('2026-02-01T00:00Z') })
  })

  test('is one piece when all its users are the same', () => {
    const layer = layerOf({ ...weekly, users: ['ada', 'ada'], turn: '1s' }, utc)!
    expect(pieceAt(layer, at('2040-01-01T00:00Z'))).toEqual({ user: 'ada', from: at('2026-01-05T09:00Z'), until: Number.POSITIVE_INFINITY })
  })

  test('finds a turn a thousand years away at once', () => {
    const layer = layerOf({ ...weekly, turn: '1s' }, utc)!
    expect(pieceAt(layer, at('3026-01-05T09:00:01.500Z'))).toMatchObject({
      from: at('3026-01-05T09:00:01Z'),
      until: at('3026-01-05T09:00:02Z'),
    })
  })

  test('is no layer without users, and says so when it was not checked before', () => {
    expect(layerOf({ ...weekly, users: [] }, utc)).toBeUndefined()
    expect(() => layerOf({ ...weekly, turn: '1d12h' }, utc)).toThrow(/‹1d12h›.*not checked/)
    expect(() => layerOf({ ...weekly, start: 'monday' }, utc)).toThrow(RangeError)
    expect(() => layerOf({ ...weekly, restrictions: [{ from: '9', until: '17:00' }] }, utc)).toThrow(RangeError)
  })
})
