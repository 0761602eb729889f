import { expect, test } from 'vitest'
import { faultsOf, type PlanNode, USUAL } from './plan.ts'

const growing = new Set(['pages'])
const scan = (over: Partial<PlanNode>): PlanNode => ({
  ...{ 'Node Type': 'Index Scan', 'Relation Name': 'pages', 'Index Name': 'pages_pkey', 'Index Cond': '(id = $1)' },
  ...{ 'Plan Rows': 1, 'Actual Rows': 1, 'Actual Loops': 1 },
  ...over,
})

test.each([
  ['a look-up by its key', scan({}), 0, []],
  ['a table read from end to end', scan({ 'Node Type': 'Seq Scan' }), 0, ['reads pages from end to end']],
  ['a small table read from end to end', scan({ 'Node Type': 'Seq Scan', 'Relation Name': 'state' }), 0, []],
  [
    'rows thrown away',
    scan({ 'Rows Removed by Filter': 5000 }),
    0,
    ['looks at 5001 rows, more than 1000: Index Scan pages_pkey (id = $1)'],
  ],
  ['a look-up for each thing asked about', scan({ 'Actual Loops': 5000 }), 200, []],
  [
    'one that did not run, and would have walked',
    scan({ 'Actual Loops': 0, 'Index Cond': "(status = 'queued'::text)" }),
    0,
    [expect.stringContaining('would walk')],
  ],
  ['one that did not run, and would have looked up', scan({ 'Actual Loops': 0, 'Index Cond': '(id = f.id)' }), 0, []],
  ['an index walked for little', scan({ 'Shared Hit Blocks': 9000 }), 0, [expect.stringContaining('reads 9000 blocks')]],
  [
    'many rows found and written',
    { 'Node Type': 'ModifyTable', 'Plan Rows': 0, 'Shared Hit Blocks': 9000, Plans: [scan({ 'Actual Rows': 200 })] },
    0,
    [],
  ],
])('%s', (_, plan, asked, faults) => {
  expect(faultsOf(plan, growing, USUAL, asked)).toEqual(faults)
})
