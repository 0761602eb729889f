import { expect, test } from 'vitest'
import type { WhyView } from '../../product/kinds.ts'
import { plain } from '../../text/spans.ts'
import { whyLines } from './alert-why.ts'

const alert = { title: '5xx above 5 %', severity: 1, service: 'api-gateway', integration: 'eu', count: 12 } as WhyView['alert']
const at = (ms: number) => new Date(Date.parse('2026-10-20T01:11:00Z') + ms).toISOString()

function step(
  name: WhyView['steps'][number]['step'],
  ms: number,
  text: string,
  over: Partial<WhyView['steps'][number]> = {},
): WhyView['steps'][number] {
  return { step: name, at: at(ms), text, outcome: 'done', data: {}, ...over }
}

test('the chain is a rope: facts hollow, decisions filled, failures crossed, times from receipt on', () => {
  const steps = [
    step('received', 114, 'Received.'),
    step('deduped', 121, 'It is a new one.'),
    step('routed', 129, 'Routed to api-gateway.'),
    step('page', 5_000, 'raj’s phone failed.', { outcome: 'failed' }),
    step('page', 9_204, 'raj’s mail took it.'),
    step('stopped', 41_114, 'The escalation stopped (acknowledged).', { data: { reason: 'acknowledged' } }),
  ]
  expect(whyLines({ alert, steps }, { zone: 'UTC', width: 90 }).map(plain)).toEqual([
    '<1> 5xx above 5 %   api-gateway, eu, 12 alike   times in UTC',
    'Tue 20 Oct',
    '01:11:00.114  ○ received  Received.',
    '      00.121  ● deduped   It is a new one.',
    '      00.129  ● routed    Routed to api-gateway.',
    '      05.000  × page      raj’s phone failed.',
    '      09.204  ○ page      raj’s mail took it.',
    '      41.114  ○ stopped   The escalation stopped (acknowledged).',
    'paged in 9 s, acknowledged after 41 s. 2 decisions.',
  ])
})

test('an escalation that was superseded has not ended, and nobody reached is said', () => {
  const lines = whyLines(
    { alert, steps: [step('received', 0, 'Received.'), step('stopped', 9_000, 'Superseded.', { data: { reason: 'superseded' } })] },
    { zone: 'UTC', width: 90 },
  )
  expect(plain(lines.at(-1)!)).toBe('nobody was reached. 0 decisions.')
})
