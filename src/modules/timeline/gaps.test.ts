import { expect, test } from 'vitest'
import { MINUTE } from '../../kernel/time.ts'
import { gapsOf, type Happening } from './gaps.ts'

const AT = Date.parse('2026-11-20T03:11:00Z')
const minute = (minutes: number) => AT + minutes * MINUTE
let seq = 0
const happened = (minutes: number, type: string, actor = 'person:ada', of?: number): Happening => ({
  ...{ seq: ++seq, type, actor, happenedAt: minute(minutes), of },
})
const told = (happenings: Happening[], rank: number, until: number) =>
  gapsOf(happenings, { rank, until: minute(until) }).map(({ from, until }) => [(from - AT) / MINUTE, (until - AT) / MINUTE])

test('a stretch in which nobody says anything is a gap after ten minutes where it is bad, and after thirty elsewhere', () => {
  const night = [happened(0, 'alert.joined', 'system'), happened(10, 'note.added'), happened(21, 'note.added')]
  expect(told(night, 1, 31)).toEqual([[10, 21]])
  expect(told(night, 2, 32)).toEqual([
    [10, 21],
    [21, 32],
  ])
  expect(told(night, 3, 51)).toEqual([])
  expect(told(night, 3, 52)).toEqual([[21, 52]])
})

test('what Tocsin does by itself, and mending what was written, closes no gap; what is told of later does', () => {
  const night = [
    happened(0, 'incident.opened', 'system'),
    happened(6, 'page.delivered', 'system'),
    happened(8, 'entry.edited'),
    happened(14, 'incident.acknowledged'),
  ]
  expect(told(night, 1, 15)).toEqual([[0, 14]])
  expect(told([...night, happened(7, 'imported.noted', 'person:lin')], 1, 15)).toEqual([])
})

test('a note that was taken back closes no gap either, and nothing is missing after the end', () => {
  const note = happened(6, 'note.added')
  const night = [happened(0, 'incident.opened', 'system'), note, happened(12, 'incident.resolved'), happened(400, 'note.added')]
  expect(told(night, 1, 12)).toEqual([])
  expect(told([...night, happened(401, 'entry.deleted', 'person:ada', note.seq)], 1, 12)).toEqual([[0, 12]])
})

test('where nothing happened there is no gap', () => {
  expect(gapsOf([], { rank: 1, until: AT })).toEqual([])
})
