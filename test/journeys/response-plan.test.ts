import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Stage, setStage } from '../world/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'kim'] })
  await stage.policy(['0s ada'], 'kim')
})
afterAll(() => stage.close())

test('its response plan is made of what its documents and its record say', async () => {
  const { api } = stage.world
  await stage.write({
    Service: {
      db: { displayName: 'The database' },
      shop: {
        policy: 'api',
        dependsOn: ['db'],
        experts: ['kim'],
        links: [{ text: 'Runbook', href: 'https://wiki.example/shop' }],
        support: [{ name: 'The cloud', phone: '+49 30 1234', note: 'contract 17' }],
      },
    },
  })
  const { number } = await api.declareIncident({ body: { title: 'Nobody can pay', level: 'SEV1', service: 'shop' } as never })
  const params = { id: number }
  await api.giveRole({ params: { ...params, role: 'commander' }, body: { person: 'ada' } })
  await api.addTask({ params, body: { text: 'Stop the job', person: 'kim', due: '5m' } })
  const { sections } = await api.getResponsePlan({ params })
  expect(sections.map(({ section }) => section)).toEqual(['now', 'investigate', 'mitigate', 'tell', 'call', 'over'])
  const said = Object.fromEntries(sections.map(({ section, lines }) => [section, lines]))
  const of = (section: string) => said[section]!.map(({ text }) => text)
  expect(of('now')).toContain('Somebody takes it: acknowledge.')
  expect(of('now')).toContain('Find a communications lead.')
  expect(of('now')).not.toContain('Find a commander.')
  expect(said['now']).toContainEqual({ text: 'Stop the job', who: expect.stringMatching(/kim/i), href: null, state: 'open' })
  expect(said['investigate']).toContainEqual({ text: 'Runbook', who: null, href: 'https://wiki.example/shop', state: null })
  expect(of('investigate')).toContain('Look at The database, which it depends on.')
  expect(of('tell')[0]).toMatch(/^Internally: the next update by /)
  expect(of('call')[0]).toMatch(/^Level 1, after 0s: .*ada/i)
  expect(said['call']).toContainEqual({ text: 'The cloud, +49 30 1234, contract 17', who: null, href: 'tel:+49301234', state: null })
  expect(of('over')).toContain('Every alert has ended.')
  await api.actOnIncident({ params, body: { act: 'identify', cause: 'a full disk' } })
  const after = await api.getResponsePlan({ params })
  expect(after.sections[1]!.lines.map(({ text }) => text)).toContain('Cause: a full disk')
})
