import { expect, test } from 'vitest'
import { prepare } from '../../src/first-start.ts'
import { createWorld } from '../world/world.ts'

test('probe', async () => {
  const world = await createWorld()
  const before = performance.now()
  const s = world.db.statements()
  await prepare({ app: world.app, parts: (world as any).parts, settings: { demo: true, config: null } as any })
  console.log('took', performance.now() - before, 'statements', world.db.statements() - s)
  const { items } = await world.api.listIncidents({ query: { limit: 100 } } as any)
  for (const i of items.reverse()) console.log(i.number, i.startedAt, i.service, i.severity, i.status, i.acknowledgedBy, i.acknowledgedAt && (Date.parse(i.acknowledgedAt)-Date.parse(i.startedAt))/1000, i.resolvedBy, i.resolvedAt && (Date.parse(i.resolvedAt)-Date.parse(i.startedAt))/60000, i.title)
  await world.close()
}, 120000)
