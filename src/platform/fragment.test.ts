import { expect, test } from 'vitest'
import { column, columnMap } from './columns.ts'
import { columnNames, fragment, wholeOf } from './fragment.ts'

const put = (texts: TemplateStringsArray, ...values: unknown[]) => {
  const whole = wholeOf(texts, values)
  return [whole.texts.join('?'), whole.values]
}

test('a statement is put together from fragments, in order, and every value stays bound', () => {
  const visible = fragment`owner = ${'ada'} or public`
  const both = fragment`(${visible}) and not ${false}`
  expect(put`select ${columnNames(['id', 'ended_at'])} from t where ${both} and n > ${3}`).toEqual([
    'select id, ended_at from t where (owner = ? or public) and not ? and n > ?',
    ['ada', false, 3],
  ])
  expect(put`${visible}${visible}`).toEqual(['owner = ? or publicowner = ? or public', ['ada', 'ada']])
})

test('what is no fragment is never text', () => {
  const forged = { texts: ['drop table t'], values: [] }
  expect(put`select ${forged} ${null} ${[1]}`).toEqual(['select ? ? ?', [forged, null, [1]]])
  expect(() => columnNames(['id; drop table t'])).toThrow('no name of a column')
})

test('columns are told once: names, types, what is written and what is read', () => {
  const table = columnMap({
    id: column<string>('text'),
    endedAt: column<number | null>('moment'),
    labels: column<string[]>('list'),
    cause: column<{ alert: string } | null>('json'),
  })
  expect(put`${table.names()}; ${table.typed(['endedAt', 'labels'])}; ${table.set(['endedAt'])}`[0]).toBe(
    'id, ended_at, labels, cause; ended_at timestamptz, labels text; ended_at = r.ended_at',
  )
  const row = { id: 'a', endedAt: Date.parse('2026-11-20T03:11:00Z'), labels: ['x'], cause: null }
  expect(JSON.parse(table.json(['id', 'endedAt', 'labels', 'cause'], [row]))).toEqual([
    { id: 'a', ended_at: '2026-11-20T03:11:00.000Z', labels: '["x"]', cause: null },
  ])
  expect(table.read({ id: 'a', ended_at: null, labels: null, cause: '{"alert":"b"}' })).toEqual({
    ...{ id: 'a', endedAt: null, labels: [], cause: { alert: 'b' } },
  })
  expect(table.read({ id: 'a' })).toEqual({ id: 'a' })
})
