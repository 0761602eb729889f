import { expect, test } from 'vitest'
import { plainProperties } from '../../../kinds-told.js'

test('what a form draws by itself is what the schemas say: texts, choices, switches and numbers with their limits', () => {
  expect(Object.keys(plainProperties['Person']!)).toEqual(['displayName', 'email', 'timeZone', 'language', 'role'])
  expect(plainProperties['Person']?.['language']).toMatchObject({ enum: ['en', 'de'] })
  expect(plainProperties['Service']).toMatchObject({ description: { type: 'string' }, autoResolve: { type: 'boolean', default: true } })
  expect(plainProperties['EscalationPolicy']?.['repeat']).toEqual({ type: 'integer', minimum: 0, maximum: 100, default: 0 })
})
