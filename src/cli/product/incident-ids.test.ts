import { expect, test } from 'vitest'
import { idsIn, looksLikeIncident } from './incident-ids.ts'

test('a list piped from another command names its incidents, whatever its format', () => {
  expect(idsIn('[{"number": "INC-142", "id": "inc_1"}, {"id": "alr_1", "incidentId": "inc_2"}]')).toEqual(['INC-142', 'inc_2'])
  expect(idsIn('{"items": [{"number": "INC-7"}]}')).toEqual(['INC-7'])
  expect(idsIn('INC-142\nINC-143\n')).toEqual(['INC-142', 'INC-143'])
  expect(idsIn('SEV  ID   TITLE\n<1>  142  Down\n\n/2\\  98  Slow\n')).toEqual(['142', '98'])
  expect(idsIn('\n')).toEqual([])
})

test('broken JSON is said to be broken', () => {
  expect(() => idsIn('[{')).toThrow(/begins like JSON/)
})

test('ids are told from text', () => {
  expect(['142', 'INC-142', 'inc-142', 'inc_01h', '-'].every(looksLikeIncident)).toBe(true)
  expect(['Rolled', 'INC-', '14x', 'alr_1'].some(looksLikeIncident)).toBe(false)
})
