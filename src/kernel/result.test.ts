import { expect, test } from 'vitest'
import { refuse } from './result.ts'

test('what a caller wrote comes back well-formed, and only so much of it', () => {
  expect(refuse('not-found', `There is nobody called ${'😀'.slice(0, 1)}.`).message).toBe('There is nobody called \uFFFD.')
  expect(refuse('not-found', 'x'.repeat(1_000_000)).message.length).toBeLessThanOrEqual(20_000)
})
