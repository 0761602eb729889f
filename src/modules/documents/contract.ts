import { z } from 'zod'
import { text } from '../../platform/contract.ts'

/** ISO 8601, UTC: how moments leave the API. */
export const momentView = z.iso.datetime().describe('ISO 8601, UTC')

/** The part of a query that every list takes. */
export const listQuery = {
  limit: z.coerce
    .number({ error: 'is a number from 1 to 200' })
    .int()
    .min(1, 'is at least 1')
    .max(200, 'is at most 200')
    .default(200)
    .describe('How many; at most 200.'),
  cursor: text.optional().describe('`next` of the page before.'),
}

export const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: text.nullable() })

/** Where a version came from; `file` and `line` for kind `file` only. */
export const originView = z.object({
  kind: z.enum(['file', 'api', 'ui', 'demo', 'built-in']),
  file: text.exactOptional(),
  line: z.int().exactOptional(),
})
