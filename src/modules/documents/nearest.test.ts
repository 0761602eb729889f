import { expect, test } from 'vitest'
import { mendFor, nearest } from './nearest.ts'

test.each([
  ['webhok', 'webhook'],
  ['Webhook', 'webhook'],
  ['emial', 'email'],
  ['sceren', 'screen'],
  ['nfty', 'ntfy'],
])('‹%s› was meant to be ‹%s›', (written, meant) => {
  expect(nearest(written, ['email', 'ntfy', 'screen', 'webhook'])).toBe(meant)
})

test('in a long word several letters may be wrong', () => {
  expect(nearest('EscaltionPolcy', ['Service', 'EscalationPolicy'])).toBe('EscalationPolicy')
})

test.each(['fax', 'x', '', 'telephone'])('nothing is made up for ‹%s›', (written) => {
  expect(nearest(written, ['email', 'ntfy', 'screen', 'webhook'])).toBeUndefined()
})

test('a sentence ends with the one that was meant, or with all there are', () => {
  expect(mendFor('tema', ['team', 'person'], 'write one of')).toBe('; did you mean ‹team›?')
  expect(mendFor('fax', ['team', 'person'], 'write one of')).toBe('; write one of: team, person')
  expect(mendFor('fax', [], 'write one of')).toBe('')
})
