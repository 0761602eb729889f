import { expect, test } from 'vitest'
import { troubleIn } from './server-log.ts'

test.each([
  [
    'initdb: error: could not create directory "/x": Permission denied\ninitdb: hint: try again\n',
    'initdb: error: could not create directory "/x": Permission denied',
  ],
  [
    '2026-01-01 00:00:00.000 UTC [7] FATAL:  lock file "postmaster.pid" already exists\n2026-01-01 00:00:00.000 UTC [7] HINT:  Is another…\n',
    'FATAL:  lock file "postmaster.pid" already exists',
  ],
  ['FATAL:  could not open file\nFATAL:  the database system is starting up\n', 'FATAL:  could not open file'],
  ['unshare: unshare failed: Operation not permitted\n', 'unshare: unshare failed: Operation not permitted'],
  [
    'running bootstrap script ... 2026-01-01 00:00:00.000 UTC [7] FATAL:  could not write to file "x": No space left on device\nchild process exited with exit code 1\n',
    'FATAL:  could not write to file "x": No space left on device',
  ],
  ['', 'it left no message'],
])("of a program's last words %j the reason is picked", (output, reason) => {
  expect(troubleIn(output)).toBe(reason)
})
