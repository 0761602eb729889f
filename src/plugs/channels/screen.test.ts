import { expect, test } from 'vitest'
import { contactAt, reachWith, somePage } from '../../../test/world/pages.ts'
import { createEgress } from '../../platform/egress/index.ts'
import { screen } from './screen.ts'

const reach = () => reachWith(createEgress({ allow: [], userAgent: 'Tocsin/test' }))

test('a page is shown to its person, on the phone of that name', async () => {
  const world = reach()
  const pages = [somePage(), somePage({ incident: { number: 'INC-143' } })]
  expect(await screen.send({ idempotencyKey: 'bun_1', pages }, contactAt('my phone'), world)).toEqual({
    kind: 'delivered',
    answer: 'shown on screen',
  })
  expect(world.shown).toEqual([{ person: 'ada', contact: 'my phone', pages }])
})

test('a phone on screen has a name', () => {
  expect(screen.address.schema.safeParse(' my phone ')).toEqual({ success: true, data: 'my phone' })
  expect(screen.address.schema.safeParse(' ').error?.issues[0]?.message).toContain('Give the phone on screen a name')
  expect(screen.address.schema.safeParse('x'.repeat(81)).success).toBe(false)
})
