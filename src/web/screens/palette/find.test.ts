import { describe, expect, test } from 'vitest'
import { spokenIn } from './commands.ts'
import { type Findable, find } from './find.ts'
import { rate } from './match.ts'

const gateway = {
  id: 'inc_1',
  number: 'INC-142',
  title: 'API Gateway Down',
  severity: 1,
  status: 'detected',
  held: false,
  policy: 'payments',
} as const
const checkout = {
  id: 'inc_2',
  number: 'INC-141',
  title: 'Checkout is slow',
  severity: 2,
  status: 'acknowledged',
  held: true,
  policy: 'payments',
} as const
const findable: Findable = {
  incidents: [gateway, checkout],
  services: [
    { name: 'payments', displayName: 'Payments' },
    { name: 'mail-out', displayName: 'Mail delivery' },
  ],
  people: [{ name: 'ada', displayName: 'Ada Lovelace', href: '/people/ada' }],
  schedules: [],
  policies: [],
  screens: [
    { name: 'Now', also: 'home', href: '/', icon: 'now' },
    { name: 'Incidents', also: 'open', href: '/incidents', icon: 'incidents' },
  ],
  here: undefined,
  mayAct: true,
  mayDeclare: true,
  pages: { service: (name) => `/services/${name}` },
}
const first = (typed: string, facts: Findable = findable) => find(typed, facts, [])[0]?.items[0]

describe('what is typed finds', () => {
  test.each([
    ['ack 142', 'Acknowledge INC-142'],
    ['acknowledge gateway', 'Acknowledge INC-142'],
    ['reslove 141', 'Resolve INC-141'],
    ['escalate INC-142', 'Escalate INC-142: page the next level now'],
    ['page payments', 'Page Payments: declare an incident'],
    ['page paymnets', 'Page Payments: declare an incident'],
    ['declare Mail is late', 'Declare “Mail is late”'],
    ['note 142 Rolled back', 'Write on INC-142: “Rolled back”'],
    ['142', 'API Gateway Down'],
    ['gatway', 'API Gateway Down'],
    ['agd', 'API Gateway Down'],
    ['lovelace', 'Ada Lovelace'],
    ['mail deliv', 'Mail delivery'],
    ['incidents', 'Incidents'],
  ])('%s → %s', (typed, name) => {
    expect(first(typed)?.name).toBe(name)
  })

  test('says it as the command line does', () => {
    expect(first('ack 142')).toMatchObject({ command: 'tocsin ack 142', step: { do: 'act', act: 'acknowledge', incident: gateway } })
    expect(first('page payments')?.step).toEqual({ do: 'declare', title: '', service: 'payments' })
  })

  test('another number never, however near', () => {
    expect(find('ack 143', findable, []).flatMap(({ items }) => items.map(({ step }) => step.do))).not.toContain('act')
  })

  test('nothing to acknowledge on what somebody has, and nothing at all for who may only read', () => {
    expect(first('ack 141')?.step.do).not.toBe('act')
    const reader = find('ack 142', { ...findable, mayAct: false }, []).flatMap(({ items }) => items)
    expect(reader.some(({ step }) => step.do === 'act')).toBe(false)
  })

  test('the incident in view when no number is said', () => {
    expect(first('ack', { ...findable, here: gateway })?.name).toBe('Acknowledge INC-142')
    expect(find('', { ...findable, here: gateway }, [])[0]).toMatchObject({ group: 'act' })
  })

  test('what was chosen lately is first while nothing is typed', () => {
    const [lately] = find('', findable, ['inc_2', 'go /incidents'])
    expect(lately).toMatchObject({ group: 'recent', items: [{ id: 'inc_2' }, { id: 'go /incidents' }] })
  })
})

test('a verb goes by every name that the command line knows, with a slip in a long one', () => {
  expect(spokenIn('close 142')).toEqual({ verb: 'resolve', rest: '142' })
  expect(spokenIn('incident ack 142')).toEqual({ verb: 'ack', rest: '142' })
  expect(spokenIn('escalte 142')).toEqual({ verb: 'escalate', rest: '142' })
  expect(spokenIn('act 142')).toBeUndefined()
})

test('95 of 100 slips of one letter still find an incident', () => {
  const titles = [
    'Checkout is slow',
    'Mail delayed in Frankfurt',
    'Gateway answers late',
    'Payments are declined',
    'Search returns nothing',
  ]
  const slips = titles.flatMap((title) =>
    Array.from({ length: 20 }, (_, place) => {
      const word = title.split(' ').find((one) => one.length > 5)!
      const at = 1 + (place % (word.length - 2))
      const wrong =
        place % 2 === 0 ? word.slice(0, at) + word.slice(at + 1) : word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2)
      return { typed: wrong, title }
    }),
  )
  const found = slips.filter(({ typed, title }) => {
    const ranked = titles.map((one) => ({ one, rating: rate(typed, one) ?? -1 })).sort((a, b) => b.rating - a.rating)
    return ranked[0]!.one === title && ranked[0]!.rating >= 0
  })
  expect(found.length).toBeGreaterThanOrEqual(95)
})
