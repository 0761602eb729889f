import { expect, test } from 'vitest'
import { actionSaid, saysEnd, saysOver } from './status.ts'

test.each([
  ['resolve', [0, '0', 'OK', 'ok', ' Ok ', '[OK]', '✅ Up', 'up', 'RECOVERY', 'recovered', 'Recovered', 'resolved', 'success', 'SUCCESS']],
  [
    'resolve',
    ['Succeeded', 'normal', 'Normal', 'clear', 'CLEARED', 'closed', 'healthy', 'passing', 'online', 'operational', 'green', 'inactive'],
  ],
  [
    'trigger',
    [1, 2, '3', 'firing', 'ALARM', 'Triggered', 'Re-Triggered', 'DOWN', 'failed', 'FAILURE', 'no_data', 'NoData', 'INSUFFICIENT_DATA'],
  ],
  ['trigger', ['critical', 'warning', 'unhealthy', 'red', 'problem', 'open']],
  ['acknowledge', ['ack', 'Acknowledged', 'ACKNOWLEDGEMENT']],
  [
    undefined,
    [
      'purple',
      'completed',
      'finished',
      'pending',
      'not ok',
      200,
      '!ok',
      true,
      false,
      '',
      null,
      {},
      [0],
      ['ok'],
      '__proto__',
      'o'.repeat(99),
    ],
  ],
])('%s: %j', (action, said) => expect(said.map((word) => [word, actionSaid(word)])).toEqual(said.map((word) => [word, action])))

test('a severity that says there is none any more', () => {
  expect(['ok', 'clear', 'Cleared', 'normal', 'recovered', 'resolved', 'success', 'up'].filter((word) => !saysOver(word))).toEqual([])
  expect(['none', 'info', 'low', 'critical', 0, '0', 1, undefined, null, '', 'blue'].filter(saysOver)).toEqual([])
})

test('a field that mostly says something else ends an alert by plain words only', () => {
  expect(['RECOVERY', 'recovered', 'OK', 'success'].filter((word) => !saysEnd(word))).toEqual([])
  expect(['normal', 'closed', 'up', 0, 'green', 'clear'].filter(saysEnd)).toEqual([])
})
