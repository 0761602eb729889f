import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bridgeOf, numbered, ROOM_NAME_TEMPLATE, type RoomOf, roomNames, slugOf } from './room-name.ts'

const incident: RoomOf = {
  number: 142,
  numberInYear: 7,
  title: 'API Gateway Down',
  level: 'SEV1',
  declaredAt: Date.UTC(2026, 10, 21, 3, 11),
  drill: false,
  private: false,
}
const first = (changed: Partial<RoomOf>, template = ROOM_NAME_TEMPLATE, lengthMax = 80) =>
  roomNames(template, { ...incident, ...changed }, lengthMax)[0]

test.each<[Partial<RoomOf>, string]>([
  [{}, 'incident-2026-11-21-api-gateway-down'],
  [{ title: 'Größe & Łódź: 503 über æ' }, 'incident-2026-11-21-grosse-lodz-503-uber-ae'],
  [{ title: '東京' }, 'incident-2026-11-21-inc-142'],
  [{ private: true }, 'incident-2026-11-21-inc-142'],
  [{ drill: true }, 'drill-incident-2026-11-21-api-gateway-down'],
])('%j is %s', (changed, name) => {
  expect(first(changed)).toBe(name)
})

test('a template may count in the year and name number and level', () => {
  expect(first({}, 'incident-{year}-{n3}')).toBe('incident-2026-007')
  expect(first({}, '{level}-{number}-{slug}')).toBe('sev1-142-api-gateway-down')
})

test('a long title is cut at a word where that costs little, else where it must be', () => {
  const title = 'checkout is failing for everybody in the european region since noon today'
  expect(first({ title })).toBe('incident-2026-11-21-checkout-is-failing-for-everybody-in-the-european-region')
  expect(first({ title: 'x'.repeat(200) })).toBe(`incident-2026-11-21-${'x'.repeat(60)}`)
})

test('names that are taken are followed by others that fit as well', () => {
  const names = roomNames(ROOM_NAME_TEMPLATE, { ...incident, title: 'x'.repeat(200) }, 64)
  expect(names[1]).toBe(`incident-2026-11-21-${'x'.repeat(42)}-2`)
  expect(names.at(-1)).toBe(`incident-2026-11-21-${'x'.repeat(36)}-inc-142`)
})

test('whatever the title, a name is one that a chat takes, and no two are the same', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.constantFrom(50, 64, 80),
      fc.boolean(),
      fc.boolean(),
      (title, lengthMax, drill, isPrivate) => {
        const names = roomNames(ROOM_NAME_TEMPLATE, { ...incident, title, drill, private: isPrivate }, lengthMax)
        for (const name of names) {
          expect(name.length).toBeLessThanOrEqual(lengthMax)
          expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
        }
        expect(new Set(names).size).toBe(names.length)
      },
    ),
  )
})

test('a slug has no hyphen at its ends', () => {
  expect(slugOf('  --Hello, World!-- ')).toBe('hello-world')
})

test('where people talk is found by a template; a private incident tells its title to nobody', () => {
  const bridge = (template: string, changed: Partial<RoomOf> = {}) => numbered(bridgeOf(template, { ...incident, ...changed }), 142)
  expect(bridge('https://meet.jit.si/acme-{number}')).toBe('https://meet.jit.si/acme-142')
  expect(bridge('https://meet.example/{date}-{level}-{slug}')).toBe('https://meet.example/2026-11-21-sev1-api-gateway-down')
  expect(bridge('https://meet.example/{slug}', { private: true })).toBe('https://meet.example/inc-142')
  expect(bridge('https://meet.example/{slug}', { title: '東京' })).toBe('https://meet.example/inc-142')
})
