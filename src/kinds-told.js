import { z } from 'zod'
import { WRITTEN_KINDS } from './modules/configuration/index.ts'

/** The plain properties of each kind of document, from its schema: builds put them here instead (`bin/contract-routes.js`), and forms draw them. */
export const plainProperties = Object.fromEntries(
  WRITTEN_KINDS.map(({ name, schema, defaults = [] }) => {
    const { properties } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
    const plain = Object.entries(properties).filter(([, { type, enum: some }]) => some || (type && !['array', 'object'].includes(type)))
    return [
      name,
      Object.fromEntries(
        plain.map(([key, { type, enum: some, minimum, maximum }]) => {
          const unless = defaults.find(({ path }) => path === key)?.value
          return [key, { type, enum: some, minimum, maximum, default: unless }]
        }),
      ),
    ]
  }),
)
