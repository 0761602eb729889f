import { describe, expect, test } from 'vitest'
import { policiesOf, verdictOf } from './on-call-view.ts'

type Post = Parameters<typeof policiesOf>[0][number]
type Cover = Parameters<typeof policiesOf>[1][number]

const works = [{ contact: 'phone', channel: 'ntfy', reaches: 'a phone' as const, state: 'works' as const, lastDeliveredAt: null }]

function post(over: Partial<Post>): Post {
  return {
    ...{
      schedule: 'primary',
      scheduleName: 'Primary',
      policy: 'api',
      policyName: 'API',
      level: 1,
      catchAll: false,
      team: null,
      teamName: null,
    },
    ...{ person: 'ada', displayName: 'Ada', timeZone: 'UTC', from: null, until: '2026-11-23T08:00:00Z', why: 'On call.', whyKind: 'layer' },
    ...{ absence: null, origin: null, next: null, reachable: works },
    ...over,
  }
}

const nobody = { person: null, displayName: null, reachable: [], whyKind: 'nobody' as const, until: null }
const now = Date.parse('2026-11-21T03:11:00Z')
const gap: Cover = {
  ...{ schedule: 'primary', displayName: 'Primary', timeZone: 'UTC', days: [] },
  gaps: [{ from: '2026-11-25T00:00:00Z', until: '2026-11-26T01:00:00Z' }],
}
const policies = (posts: Post[], me?: string) => policiesOf(posts, [gap], new Map([['api', 2]]), me)
const verdict = (posts: Post[], me?: string) => verdictOf(policies(posts, me), [gap], undefined, now, me !== undefined)

describe('policies on the board', () => {
  test('those of the viewer stand first, the others by name, and schedules without a policy last', () => {
    const posts = [
      post({ policy: null, policyName: null, level: null, schedule: 'alone', scheduleName: 'Alone' }),
      post({ policy: 'aaa', policyName: 'Aaa', person: 'kim', displayName: 'Kim' }),
      post({ policy: 'zzz', policyName: 'Zzz', person: 'lin', displayName: 'Lin' }),
    ]
    expect(policies(posts, 'lin').map(({ policy }) => policy)).toEqual(['zzz', 'aaa', undefined])
    expect(policies(posts).map(({ policy }) => policy)).toEqual(['aaa', 'zzz', undefined])
  })

  test('the catch-all is told with the policy, and is a row of its own only where it leads to nobody', () => {
    const last = post({ level: 2, catchAll: true, schedule: null, person: 'kim', displayName: 'Kim', whyKind: 'named' })
    const [told] = policies([post({}), last])
    expect([told?.duties.length, told?.catchAll.map(({ name }) => name)]).toEqual([1, ['kim']])
    expect(policies([post({}), { ...last, ...nobody, absence: 'missing' }])[0]?.duties.map(({ level }) => level)).toEqual([1, 'catch-all'])
  })

  test('where nobody is, the next who is paged is named', () => {
    const [told] = policies([post({ ...nobody, absence: 'outside-hours' }), post({ level: 2, person: 'lin', displayName: 'Lin' })])
    expect(told?.duties[0]).toMatchObject({ people: [], absence: 'outside-hours', goesTo: { name: 'Lin' } })
  })

  test('members of a team share a row', () => {
    const member = { schedule: null, scheduleName: null, team: 'core', teamName: 'Core', whyKind: 'member' as const, until: null }
    const [told] = policies([post({ ...member }), post({ ...member, person: 'lin', displayName: 'Lin' })])
    expect(told?.duties.map(({ people }) => people.map(({ name }) => name))).toEqual([['ada', 'lin']])
  })
})

describe('the verdict', () => {
  test('names policies whose pages reach nobody, also where somebody is on call whom nothing wakes', () => {
    expect(verdict([post({})]).nobody).toEqual([])
    expect(verdict([post({ ...nobody, absence: 'gap' })]).nobody).toEqual(['API'])
    const dead = post({ reachable: [{ ...works[0]!, state: 'failing' }] })
    expect(verdict([dead])).toMatchObject({ nobody: ['API'], unreachable: [{ person: 'Ada', place: 'API' }] })
    const saved = [dead, post({ level: 2, person: 'lin', displayName: 'Lin' })]
    expect(verdict(saved)).toMatchObject({ nobody: [], unreachable: [{ person: 'Ada' }] })
  })

  test('says where the viewer stands, and the gaps ahead', () => {
    expect(verdict([post({})], 'ada').mine).toEqual({ kind: 'on', what: 'API', until: Date.parse('2026-11-23T08:00:00Z') })
    expect(verdict([post({})], 'lin').mine).toEqual({ kind: 'off' })
    expect(verdict([post({})]).mine).toBeUndefined()
    expect(verdict([post({})]).gaps).toMatchObject([{ schedule: 'primary', from: Date.parse('2026-11-25T00:00:00Z') }])
  })
})
