import { expect, test } from 'vitest'
import { numberText, parseNumber, stageOf } from './incident.ts'

test('a number is said INC-142, and understood however it is typed', () => {
  expect(numberText(142)).toBe('INC-142')
  for (const text of ['INC-142', 'inc-142', '142']) expect(parseNumber(text)).toBe(142)
  for (const text of ['', 'INC-', 'INC-1x', 'inc_142', '-142', '1.5', '1e3', '1'.repeat(16), ' 142'])
    expect(parseNumber(text)).toBeUndefined()
})

test('a drill is a drill, but among demo people it stays in the demo', () => {
  expect(stageOf({ demo: false, origin: 'alert' })).toBe('real')
  expect(stageOf({ demo: false, origin: 'person' })).toBe('real')
  expect(stageOf({ demo: false, origin: 'drill' })).toBe('drill')
  expect(stageOf({ demo: true, origin: 'drill' })).toBe('demo')
  expect(stageOf({ demo: true, origin: 'alert' })).toBe('demo')
})
