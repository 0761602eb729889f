import { afterAll, expect, test } from 'vitest'
import { sized } from '../attack/size.ts'
import { EXCEPTIONS } from './exceptions.ts'
import type { Size } from './history.ts'
import { type LargeDatabase, openLargeDatabase, type Statement } from './large-database.ts'
import { productSources, type Recorded, recordedStatements, type Written, writtenStatements } from './recorded.ts'

const SIZE: Size = sized({ incidents: 100_000, alertsEach: 3 }, { incidents: 1_000_000, alertsEach: 3 })
/** Large enough that statistics are kept, small enough that any plan looks good. */
const A_LITTLE = 40

/** Others, as `set local`, have no plan; what puts the demo's past in place is a function over tables that are there only meanwhile. */
const IS_PLANNED = /^\s*(select(?! demo_past_)|insert|update|delete|with)\b/

const sources = productSources()
const written = writtenStatements(sources)
const recorded = recordedStatements()
const statements = [
  ...new Map(
    written.flatMap((one) =>
      IS_PLANNED.test(one.text) ? askedAs(one).map((asked): [string, Statement] => [asked.text, { ...one, ...asked }]) : [],
    ),
  ).values(),
]

/** As it stands in the source, or put together from fragments. */
function askedAs({ text, isOf }: Written): Recorded[] {
  const plain = recorded.get(text)
  return plain ? [plain] : [...recorded.values()].filter((one) => isOf(one.text))
}

test('every statement of the product was sent by a test', () => {
  const missing = written.filter((one) => askedAs(one).length === 0).map(({ place, name }) => `${place} (${name.split(' ')[1]})`)
  expect(missing, 'sent by no test of the projects db and journeys: run those first, and write a test where one is missing').toEqual([])
})

test('nothing reaches the database past the sql tag, but for these', () => {
  const asking = sources.filter(({ text }) => /\.query(<[^(]*>)?\(/.test(text)).map(({ path }) => path)
  // The driver's wrapper, copies, what a start looks at, locks of a name, steps of the schema, the server that comes with the product;
  // and the turn in which the demo's past is made.
  const platform = ['db-line.ts', 'copy.ts', 'db-fitness.ts', 'advisory-lock.ts', 'migrations.ts', 'embedded-postgres/']
  const known = [...platform.map((one) => `src/platform/${one}`), 'src/first-start.ts']
  expect(asking.filter((path) => !known.some((one) => path.startsWith(one)))).toEqual([])
})

test('every exception is one of a statement that is there', () => {
  const names = new Set(written.map(({ name }) => name))
  expect(Object.keys(EXCEPTIONS).filter((name) => !names.has(name))).toEqual([])
})

/** It was planned as a walk over all runs, each compared with what was asked, until the ids were given apart as well. */
const ONCE: Statement = {
  name: 'once setRunSeverity',
  place: 'once:1',
  within: ['transaction'],
  samples: [['[{"i":"inc_01kaf6e8m00000000000000000","s":2}]']],
  text: `update escalation_runs e set severity = r.s from json_to_recordset($1) as r(i text, s smallint)
    where e.incident_id = r.i and e.status || '' = 'active'`,
}

let large: LargeDatabase | undefined
afterAll(() => large?.close())

/** Plans are kept: those of transactions and, as soon as they look as good as any, those of lists. */
test('plans made while the database held nothing read no more than they may', async () => {
  large = await openLargeDatabase(SIZE)
  await large.prepare(statements)
  await large.growTo(SIZE.incidents)
  expect((await large.faults()).join('\n\n')).toBe('')
})

test('plans made while it held a little, and what went wrong once is seen', async () => {
  await large?.close()
  large = await openLargeDatabase(SIZE)
  await large.growTo(A_LITTLE)
  await large.analyze()
  await large.prepare([...statements, ONCE])
  await large.growTo(SIZE.incidents)
  const faults = await large.faults()
  const isOnce = (fault: string) => fault.startsWith(ONCE.place)
  expect(faults.filter(isOnce)).toHaveLength(1)
  expect(faults.filter((fault) => !isOnce(fault)).join('\n\n')).toBe('')
})

test('plans made of all it holds', async () => {
  await large!.analyze()
  await large!.prepare(statements)
  expect((await large!.faults()).join('\n\n')).toBe('')
})
