import { describe, expect, test } from 'vitest'
import type { Signal } from '../../modules/alerts/signal.ts'
import { addLink, clipped, firstLine, instantOf, Problems, textsOf, titleOf, warn } from './signal-parts.ts'

describe('labels and annotations', () => {
  const texts = (json: string, blanks: 'kept' | 'dropped' = 'dropped') => textsOf(JSON.parse(json), blanks, 'labels', [])

  test('have no prototype, so every name is only a name', () => {
    for (const json of ['{"a":"b"}', '{"a":1}', '{}', 'null']) expect(Object.getPrototypeOf(texts(json))).toBe(null)
    const odd = texts('{"__proto__":"x","constructor":"y","n":1}')
    expect(Object.entries(odd)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
      ['n', '1'],
    ])
  })

  test('are texts, whatever was sent', () => {
    expect({ ...texts('{"n":1.5,"b":false,"o":{"a":[1]},"z":null,"e":"","s":"x"}') }).toEqual({
      n: '1.5',
      b: 'false',
      o: '{"a":[1]}',
      s: 'x',
    })
    expect({ ...texts('{"z":null,"e":""}', 'kept') }).toEqual({ z: '', e: '' })
  })

  test('of a doubled name count with the last value', () => {
    expect({ ...texts('{"a":"first","a":"last"}') }).toEqual({ a: 'last' })
  })

  test.each(['["a"]', '"text"', '7'])('sent as %s are left out with a warning', (json) => {
    const warnings: string[] = []
    expect({ ...textsOf(JSON.parse(json), 'dropped', 'labels', warnings) }).toEqual({})
    expect(warnings).toHaveLength(1)
  })

  test('beyond 256 are left out by name, and too long ones are cut, with warnings', () => {
    const warnings: string[] = []
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`l${String(i).padStart(3, '0')}`, 'v']))
    const kept = clipped(textsOf(many, 'dropped', 'labels', warnings), 4096, 'labels', warnings)
    expect(Object.keys(kept)).toHaveLength(256)
    expect(kept['l255']).toBe('v')
    expect(warnings).toEqual(['only the first 256 of 300 labels by name were kept'])
  })

  test('cut between code points: 4096 characters of a value, 512 of a name', () => {
    const warnings: string[] = []
    const long = textsOf({ a: 'x'.repeat(4096), b: `${'x'.repeat(4094)}😀😀`, ['n'.repeat(600)]: 'v' }, 'dropped', 'labels', warnings)
    const kept = clipped(long, 4096, 'labels', warnings)
    expect(kept['a']).toBe('x'.repeat(4096))
    expect(kept['b']).toBe(`${'x'.repeat(4094)}…`)
    expect(kept[`${'n'.repeat(511)}…`]).toBe('v')
    expect(warnings).toEqual(['‹b› in labels was cut from 4098 to 4096 characters', 'a name of 600 characters in labels was cut to 512'])
  })
})

describe('a title', () => {
  test.each([
    ['Disk full', 'Disk full'],
    [' Disk\r\n  full \u2028 now\u0007 ', 'Disk   full   now'],
    ['\u0000\n\u0001', ''],
  ])('%j is one line', (text, title) => expect(titleOf(text, [])).toBe(title))

  test('is cut at 1024 characters with an ellipsis and a warning', () => {
    const warnings: string[] = []
    expect(titleOf('x'.repeat(1024), warnings)).toHaveLength(1024)
    expect(warnings).toEqual([])
    expect(titleOf('x'.repeat(1025), warnings)).toBe(`${'x'.repeat(1023)}…`)
    expect(warnings).toEqual(['the title was cut from 1025 to 1024 characters'])
  })

  test('takes a megabyte of blanks at once', () => {
    const began = performance.now()
    titleOf(`${' \n'.repeat(500_000)}x`, [])
    expect(performance.now() - began).toBeLessThan(1000)
  })
})

test('the first line is the first that says something', () => {
  expect([firstLine('one\ntwo'), firstLine('\n \n one'), firstLine(' \n')]).toEqual(['one', 'one', ''])
})

describe('links', () => {
  const linked = (href: unknown, text?: unknown) => {
    const links: Signal['links'] = []
    const warnings: string[] = []
    addLink(links, href, text, 'link', warnings)
    return { links, warnings }
  }

  test('lead to web addresses and are called what they are when they have no name', () => {
    expect(linked('HTTPS://a.example/x?y=1#z', 'X').links).toEqual([{ href: 'HTTPS://a.example/x?y=1#z', text: 'X' }])
    expect(linked('http://a.example').links).toEqual([{ href: 'http://a.example', text: 'http://a.example' }])
  })

  test.each([
    'javascript:alert(1)',
    ' https://a.example',
    '?orgId=1',
    'https://a b',
    'data:text/html,x',
    7,
    { href: 'x' },
    `https://${'x'.repeat(9000)}`,
  ])('number %# is left out with a warning', (href) => {
    const { links, warnings } = linked(href)
    expect(links).toEqual([])
    expect(warnings).toEqual([expect.stringMatching(/^link ‹.*› left out: not a web address$/)])
  })

  test.each([undefined, null, ''])('%j is no link at all', (href) => {
    expect(linked(href)).toEqual({ links: [], warnings: [] })
  })

  test('are 32 at most', () => {
    const links: Signal['links'] = []
    const warnings: string[] = []
    for (let i = 0; i < 40; i++) addLink(links, `https://a.example/${i}`, '', 'links', warnings)
    expect(links).toHaveLength(32)
    expect(warnings).toHaveLength(8)
  })
})

describe('a moment', () => {
  test.each([
    ['2026-03-02T08:15:04.123456789Z', Date.UTC(2026, 2, 2, 8, 15, 4, 123)],
    ['2021-10-12T09:51:03.157076+02:00', Date.UTC(2021, 9, 12, 7, 51, 3, 157)],
    ['0001-01-01T00:00:00Z', undefined],
    ['0001-01-01T00:00:00.000Z', undefined],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('%j', (value, at) => {
    const warnings: string[] = []
    expect(instantOf(value, 'startsAt', warnings)).toBe(at)
    expect(warnings).toEqual([])
  })

  test.each(['yesterday', '2026-01-31', '2026-13-31T09:00:00Z', Infinity, 5, {}, []])('%j is ignored with a warning', (value) => {
    const warnings: string[] = []
    expect(instantOf(value, 'startsAt', warnings)).toBe(undefined)
    expect(warnings).toEqual([expect.stringMatching(/^startsAt ‹.*› ignored: write it like/)])
  })
})

test('of a thousand warnings 32 are kept', () => {
  const warnings: string[] = []
  for (let i = 0; i < 1000; i++) warn(warnings, `odd ${i}`)
  expect(warnings).toHaveLength(32)
})

test('of a thousand problems the first are kept and the rest counted', () => {
  const problems = new Problems()
  for (let i = 0; i < 32; i++) problems.add(`bad ${i}`)
  expect(problems.list).toHaveLength(32)
  expect(problems.list[31]).toBe('bad 31')
  for (let i = 32; i < 1000; i++) problems.add(`bad ${i}`)
  expect(problems.list).toHaveLength(32)
  expect(problems.list[31]).toBe('… and 969 more like these')
})
