import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Handlers, route } from './contract.ts'

const declared = {
  touch: route({ method: 'POST', path: '/touch', permission: 'incident:act', summary: 'Touches.', reply: z.object({}), refusals: {} }),
  draw: route({
    method: 'POST',
    looks: true,
    path: '/draw',
    permission: 'incident:read',
    summary: 'Draws.',
    reply: z.object({}),
    refusals: {},
  }),
  see: route({ method: 'GET', path: '/see', permission: 'incident:read', summary: 'Looks.', reply: z.object({}), refusals: {} }),
}

// Checked by the compiler: an expected error that is none fails `npm run types`.
test('a handler that does its work beside the transaction of its reply does not compile', () => {
  const looks = { draw: async () => ({}), see: async () => ({}) }
  const through: Handlers<typeof declared> = { ...looks, touch: (_, write) => write(async () => ({})) }
  // @ts-expect-error: what it answers was not made by `write`.
  const beside: Handlers<typeof declared> = { ...looks, touch: async () => ({}) }
  // @ts-expect-error: it only looks, and has nothing to write with.
  const hidden: Handlers<typeof declared> = { ...through, draw: (_, write) => write(async () => ({})) }
  expect([through, beside, hidden]).toHaveLength(3)
})
