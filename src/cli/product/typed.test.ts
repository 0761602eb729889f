import { expect, test } from 'vitest'
import { titleParts } from '../commands/incidents/incident-create.ts'
import { noteParts } from '../commands/incidents/incident-note.ts'
import { eventFor } from '../commands/incidents/trigger.ts'
import { addressOf } from '../commands/installation/api.ts'
import { commaParts, forEach, numberOf, upTo } from './lists.ts'
import { rankOf } from './typed-severity.ts'

test('a title may begin with its severity', () => {
  expect(titleParts(['SEV1', 'API gateway down'], undefined)).toEqual({ title: 'API gateway down', severity: 1 })
  expect(titleParts(['Mail', 'is', 'late'], 'warning')).toEqual({ title: 'Mail is late', severity: 3 })
  expect(titleParts(['sev2'], undefined)).toEqual({ title: 'sev2', severity: 2 })
  expect(() => titleParts(['SEV1', 'x'], '3')).toThrow(/different severities/)
  expect(() => titleParts([' '], undefined)).toThrow(/what is wrong/)
  expect(() => rankOf('terrible')).toThrow(/not a severity/)
})

test('a note is what follows the incidents it is about', () => {
  expect(noteParts({ idsAndText: ['142', 'INC-143', 'Rolled', 'back'], message: undefined, mine: undefined })).toEqual({
    ids: ['142', 'INC-143'],
    text: 'Rolled back',
  })
  expect(noteParts({ idsAndText: ['142'], message: '42', mine: undefined })).toEqual({ ids: ['142'], text: '42' })
  expect(noteParts({ idsAndText: ['Handing', 'over'], message: undefined, mine: true })).toEqual({ ids: [], text: 'Handing over' })
  expect(() => noteParts({ idsAndText: ['142'], message: undefined, mine: undefined })).toThrow(/what to note/)
})

test('an event is written as the generic source reads it', () => {
  expect(eventFor({ title: ['Disk full'], sev: '1', dedup: 'db-1/disk', label: ['host=db-1', 'query=a=b'] })).toEqual({
    title: 'Disk full',
    severity: 'sev1',
    dedup_key: 'db-1/disk',
    labels: { host: 'db-1', query: 'a=b' },
  })
  expect(() => eventFor({ title: ['x'], sev: undefined, dedup: undefined, label: ['host'] })).toThrow(/name=value/)
})

test('paths of the API are below /api/v1, what stands beside it is not', () => {
  expect(['/incidents', 'incidents?status=open', '/api/v1/me', '/readyz', '/readyz-like', '/in/key'].map(addressOf)).toEqual([
    '/api/v1/incidents',
    '/api/v1/incidents?status=open',
    '/api/v1/me',
    '/readyz',
    '/api/v1/readyz-like',
    '/in/key',
  ])
})

test('pages are walked as far as asked, and no further', async () => {
  const asked: unknown[] = []
  const page = async (query: { limit: number; cursor?: string }) => {
    asked.push(query)
    const from = Number(query.cursor ?? 0)
    return {
      items: Array.from({ length: query.limit }, (_, i) => from + i),
      next: from + query.limit < 500 ? String(from + query.limit) : null,
    }
  }
  expect(await upTo(250, page)).toMatchObject({ items: { length: 250 }, more: true })
  expect(asked).toEqual([{ limit: 200 }, { limit: 50, cursor: '200' }])
})

test('numbers and lists are read strictly', () => {
  expect(numberOf(undefined, { flag: '--limit', otherwise: 50, most: 100 })).toBe(50)
  expect(numberOf('7', { flag: '--limit', otherwise: 50, most: 100 })).toBe(7)
  for (const text of ['0', '-1', '1e2', '101', 'many'])
    expect(() => numberOf(text, { flag: '--limit', otherwise: 50, most: 100 })).toThrow(/--limit/)
  expect(commaParts(['a,b', 'c', ''])).toEqual(['a', 'b', 'c'])
})

test('things are done a few at a time, and answered in order', async () => {
  let under = 0
  let most = 0
  const results = await forEach(
    [5, 1, 3, 2, 4],
    async (ms) => {
      most = Math.max(most, ++under)
      await new Promise((resolve) => setTimeout(resolve, ms))
      under--
      return ms * 2
    },
    2,
  )
  expect([results, most]).toEqual([[10, 2, 6, 4, 8], 2])
})
