import { expect, test } from 'vitest'
import { links } from '../../links.ts'
import { readFilter } from './filter.ts'

test('a filter survives being sent as a link', () => {
  const filter = { status: 'resolved', after: 'inc_01j&x' } as const
  const search = Object.fromEntries(new URL(links.incidents(filter), 'http://tocsin.test').searchParams)
  expect(readFilter(search)).toEqual(filter)
})

test('an address that makes no sense shows what is open', () => {
  expect(readFilter({ status: 'everything', after: 3 })).toEqual({ status: 'open' })
})

test('what is open needs no words in the address', () => {
  expect(links.incidents({ status: 'open' })).toBe('/incidents')
  expect(links.incident('INC-142', { tab: 'timeline' })).toBe('/i/142')
  expect(links.incident('INC-142', { tab: 'alerts', alert: 'alr_9' })).toBe('/i/142?tab=alerts&alert=alr_9')
})
