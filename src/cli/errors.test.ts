import { expect, test } from 'vitest'
import { ApiError } from '../platform/client.ts'
import { CommandError, wordsFor } from './errors.ts'

test('a refusal of the server becomes its sentence and an exit code scripts can tell apart', () => {
  const exits = [
    [401, 'not-signed-in', 4],
    [403, 'not-allowed', 4],
    [404, 'not-found', 3],
    [410, 'gone', 3],
    [422, 'no-such-service', 3],
    [409, 'already-resolved', 5],
    [422, 'bad-window', 2],
    [400, 'invalid-request', 2],
    [422, 'invalid-configuration', 1],
    [500, 'failed', 1],
  ] as const
  for (const [status, refusal, exit] of exits)
    expect([refusal, wordsFor(new ApiError(status, refusal, 'No.'))?.exit]).toEqual([refusal, exit])
})

test('issues are printed as editors read them', () => {
  const error = new ApiError(422, 'invalid-configuration', 'Nothing was changed. a.yaml, line 3: kind …', [
    { file: 'a.yaml', line: 3, path: 'kind', message: '‹Persn› is not a kind; did you mean ‹Person›?' },
    { file: 'b.yaml', path: '', message: 'does not exist' },
    { path: 'body.title', message: 'is required' },
  ])
  expect(wordsFor(error)?.lines).toEqual([
    'Nothing was changed.',
    'a.yaml:3: kind ‹Persn› is not a kind; did you mean ‹Person›?',
    'b.yaml: does not exist',
    'body.title is required',
  ])
})

test('a command’s own error tells the mend; a bug is nobody’s sentence', () => {
  expect(wordsFor(new CommandError(2, 'Say which.', 'tocsin ack 142'))).toEqual({ exit: 2, lines: ['Say which.', 'tocsin ack 142'] })
  expect(wordsFor(new TypeError('undefined is not a function'))).toBeUndefined()
})
