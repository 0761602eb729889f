import { expect, test } from 'vitest'
import { CommitUnknown, isPassing } from './db.ts'

const withCode = (code: string) => Object.assign(new Error('no'), { code })

test.each([
  ...['08000', '08003', '08006', '57P01', '57P02', '57P03', '57P05', '57014', '53100', '53200', '53300', '40001', '40P01', '55P03'],
  ...['25P03', '25P04', '25006', '28P01', '3D000', '58030'],
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN'],
])('%s passes: whoever asked is told to come back', (code) => expect(isPassing(withCode(code))).toBe(true))

test.each([
  ['a commit nobody heard of', new CommitUnknown('?')],
  ['a socket folder that is not there', Object.assign(withCode('ENOENT'), { syscall: 'connect' })],
  ['a name that is not known just now', Object.assign(withCode('EAI_AGAIN'), { syscall: 'getaddrinfo' })],
  ['a connection that went away', new Error('Connection terminated unexpectedly')],
  ['one that had gone away', new Error('Client has encountered a connection error and is not queryable')],
  ['a pool without a free connection', new Error('timeout exceeded when trying to connect')],
  ['a pool that is being closed', new Error('Cannot use a pool after calling end on the pool')],
])('%s passes', (_, error) => expect(isPassing(error)).toBe(true))

test.each(['23505', '22P02', '42601', '42P01', '42501', '54000', 'ENOENT', 'ERR_INVALID_ARG_TYPE'])('%s is ours to mend', (code) =>
  expect(isPassing(withCode(code))).toBe(false),
)

test('a slip of our own is ours to mend', () => expect(isPassing(new TypeError('x is not a function'))).toBe(false))
