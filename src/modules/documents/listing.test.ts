import { expect, test } from 'vitest'
import { byName, pageOf } from './listing.ts'

test('a list is handed out page by page, and the last says so', () => {
  const names = ['ada', 'kim', 'lin', 'raj', 'sam']
  expect(pageOf(names, { limit: 2 })).toEqual({ items: ['ada', 'kim'], next: '2' })
  expect(pageOf(names, { limit: 2, cursor: '2' })).toEqual({ items: ['lin', 'raj'], next: '4' })
  expect(pageOf(names, { limit: 2, cursor: '4' })).toEqual({ items: ['sam'], next: null })
  expect(pageOf(names, { limit: 5 })).toEqual({ items: names, next: null })
})

test.each(['x', '-1', '', '1.5', '99999999999'])('the cursor ‹%s› is not one of ours', (cursor) => {
  expect(pageOf(['ada'], { limit: 2, cursor })).toMatchObject({ refusal: 'bad-cursor' })
})

test('names are in the order in which people look them up', () => {
  expect([{ name: 'b' }, { name: 'a10' }, { name: 'a' }].sort(byName).map(({ name }) => name)).toEqual(['a', 'a10', 'b'])
})
