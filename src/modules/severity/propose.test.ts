import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type SeverityFacts, severityFacts } from './facts.ts'
import { PRESETS, type Preset, presets } from './presets.ts'
import { propose } from './propose.ts'
import { nextQuestion, QUESTIONS } from './questions.ts'
import { rankOf, severitySchemeSpec } from './severity-scheme.ts'
import { usersOf } from './users.ts'

const P: Preset = 'p1-p4'
const RESPONSE: Preset = 'sev1-sev4-response'
const SRE: Preset = 'sev1-sev4-sre'
const ZERO: Preset = 'sev0-sev3'
const OPERATIONS: Preset = 'sev1-sev4-operations'

test.each<[Preset, SeverityFacts, level: string, because: string, adjusted?: string]>([
  [P, { extent: 'everything' }, 'P1', 'extent'],
  [P, { data: 'lost' }, 'P1', 'data'],
  [P, { extent: 'essential', tags: ['payments'] }, 'P1', 'extent', 'conditional'],
  [P, { extent: 'essential', tags: ['reports'] }, 'P2', 'extent'],
  [P, { revenuePerHourUsd: 10_001 }, 'P1', 'revenuePerHourUsd'],
  [P, { revenuePerHourUsd: 10_000 }, 'P2', 'revenuePerHourUsd'],
  [P, { revenuePerHourUsd: 1000 }, 'P2', 'revenuePerHourUsd'],
  [P, { revenuePerHourUsd: 999.99 }, 'P3', 'revenuePerHourUsd'],
  [P, { revenuePerHourUsd: 0 }, 'P4', 'revenuePerHourUsd'],
  [P, { users: { percent: 50 } }, 'P1', 'users'],
  [P, { users: { percent: 49.9 } }, 'P2', 'users'],
  [P, { users: { percent: 5 } }, 'P2', 'users'],
  [P, { users: { percent: 4.9 } }, 'P3', 'users'],
  [P, { users: { count: 1 } }, 'P4', 'users'],
  [P, { users: { count: 5000 } }, 'P3', 'default'],
  [P, { users: { percent: 80, words: 'few' } }, 'P1', 'users'],
  [P, { errorPercent: 95 }, 'P1', 'errorPercent'],
  [P, { errorPercent: 5.1 }, 'P2', 'errorPercent'],
  [P, { errorPercent: 5 }, 'P3', 'errorPercent'],
  [P, { workaround: false }, 'P2', 'workaround'],
  [P, { workaround: true }, 'P3', 'default'],
  [P, { extent: 'cosmetic', workaround: false }, 'P4', 'workaround', 'cosmetic'],
  [P, { extent: 'cosmetic', data: 'at-risk' }, 'P2', 'data'],
  [P, { extent: 'partial', worsening: true }, 'P2', 'extent', 'worsening'],
  [P, { extent: 'essential', worsening: true }, 'P2', 'extent'],
  [P, { extent: 'partial', users: { words: 'none' }, workaround: true }, 'P3', 'extent'],
  [P, {}, 'P2', 'unknown'],
  [P, { tags: ['payments'] }, 'P2', 'unknown'],
  [RESPONSE, { data: 'lost', extent: 'cosmetic' }, 'SEV1', 'data'],
  [RESPONSE, { users: { words: 'many' } }, 'SEV2', 'users'],
  [RESPONSE, { workaround: false }, 'SEV3', 'default'],
  [SRE, { extent: 'degraded' }, 'SEV2', 'extent'],
  [SRE, { users: { words: 'none' } }, 'SEV4', 'users'],
  [SRE, { revenuePerHourUsd: 50_000 }, 'SEV3', 'default'],
  [ZERO, { extent: 'everything' }, 'SEV0', 'extent'],
  [ZERO, { extent: 'essential' }, 'SEV1', 'extent'],
  [ZERO, { extent: 'partial', tags: ['payments'] }, 'SEV1', 'extent', 'conditional'],
  [ZERO, { extent: 'cosmetic', tags: ['payments'] }, 'SEV3', 'extent'],
  [ZERO, {}, 'SEV1', 'unknown'],
  [OPERATIONS, { scope: 'region' }, 'SEV2', 'scope'],
  [OPERATIONS, { extent: 'degraded', audience: 'internal' }, 'SEV4', 'extent', 'internal'],
  [OPERATIONS, { security: 'suspected', audience: 'internal' }, 'SEV2', 'security'],
  [SRE, { extent: 'degraded', audience: 'internal' }, 'SEV2', 'extent'],
])('%s %j is %s because of %s', (preset, facts, level, because, adjusted) => {
  const proposal = propose(presets[preset], facts)
  expect(proposal.level).toBe(level)
  expect(proposal.because.fact).toBe(because)
  expect(proposal.adjusted.map(({ by }) => by)).toEqual(adjusted === undefined ? [] : [adjusted])
})

test('what is not yet known and could make it worse is named, the worst first', () => {
  expect(propose(presets[P], { extent: 'partial' }).missing).toEqual(['errorPercent', 'data', 'security'])
  expect(propose(presets[P], { data: 'lost' }).missing).toEqual([])
})

test('what moved it is said level by level', () => {
  const facts: SeverityFacts = { extent: 'cosmetic', workaround: true, users: { words: 'some' }, worsening: true }
  expect(propose(presets[P], facts).adjusted).toEqual([
    { by: 'worsening', from: 'P3', to: 'P2' },
    { by: 'cosmetic', from: 'P2', to: 'P4' },
  ])
})

test.each(PRESETS)('the preset %s is a scheme that anybody could have written', (preset) => {
  expect(severitySchemeSpec.parse(presets[preset])).toEqual(presets[preset])
})

test('a scheme that names a level it does not have is told which there are', () => {
  const issues = severitySchemeSpec.safeParse({ ...presets[SRE], default: 'SEV9' }).error!.issues
  expect(issues).toMatchObject([{ path: ['default'], message: 'no level has the key SEV9; there are SEV1, SEV2, SEV3, SEV4' }])
})

const anyFacts = fc.record(
  {
    extent: fc.constantFrom('everything', 'essential', 'degraded', 'partial', 'cosmetic', 'nothing'),
    users: fc
      .record(
        {
          percent: fc.double({ min: 0, max: 100, noNaN: true }),
          count: fc.nat(),
          words: fc.constantFrom('most', 'many', 'some', 'few', 'one', 'none'),
        },
        { requiredKeys: [] },
      )
      .filter((said) => Object.keys(said).length > 0),
    errorPercent: fc.double({ min: 0, max: 100, noNaN: true }),
    revenuePerHourUsd: fc.double({ min: 0, max: 20_000, noNaN: true }),
    sla: fc.constantFrom('breached', 'at-risk', 'kept'),
    data: fc.constantFrom('lost', 'at-risk', 'safe'),
    security: fc.constantFrom('breached', 'suspected', 'none'),
    scope: fc.constantFrom('service', 'region', 'global'),
    systemsDown: fc.nat(4),
    workaround: fc.boolean(),
    worsening: fc.boolean(),
    audience: fc.constantFrom('customers', 'internal'),
    tags: fc.subarray(['payments', 'reports']),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<SeverityFacts>

describe('whatever the facts', () => {
  test('the order in which they are said changes nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PRESETS), anyFacts, (preset, facts) => {
        const turned = Object.fromEntries(Object.entries(facts).reverse()) as SeverityFacts
        expect(propose(presets[preset], turned)).toEqual(propose(presets[preset], facts))
      }),
    )
  })

  test('a grave fact is never made mild', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PRESETS), anyFacts, (preset, facts) => {
        expect(propose(presets[preset], { ...facts, data: 'lost' }).rank).toBe(1)
        expect(propose(presets[preset], { ...facts, security: 'breached' }).rank).toBe(1)
      }),
    )
  })

  test('the level is one of the scheme, and the rank is its place', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PRESETS), anyFacts, (preset, facts) => {
        const { level, rank } = propose(presets[preset], severityFacts.parse(facts))
        expect(rankOf(presets[preset], level)).toBe(rank)
      }),
    )
  })

  test('asked one by one, each question is asked once and the asking ends', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PRESETS), anyFacts, (preset, answers) => {
        let facts: SeverityFacts = {}
        const asked: string[] = []
        for (let next = nextQuestion(presets[preset], facts); next; next = nextQuestion(presets[preset], facts)) {
          expect(asked).not.toContain(next)
          asked.push(next)
          facts = { ...facts, [next]: answers[next] ?? NOTHING_WRONG[next] }
        }
        expect(asked[0]).toBe('extent')
        expect(asked.length).toBeLessThanOrEqual(QUESTIONS.length)
      }),
    )
  })
})

test('what nobody knows is not asked again', () => {
  expect(nextQuestion(presets[P], {}, ['extent'])).toBe('data')
  expect(nextQuestion(presets[P], {}, QUESTIONS)).toBeUndefined()
})

const NOTHING_WRONG: Required<Omit<SeverityFacts, 'tags'>> = {
  extent: 'nothing',
  users: { words: 'none' },
  errorPercent: 0,
  revenuePerHourUsd: 0,
  sla: 'kept',
  data: 'safe',
  security: 'none',
  scope: 'service',
  systemsDown: 0,
  workaround: true,
  worsening: false,
  audience: 'customers',
}

test.each<[NonNullable<SeverityFacts['users']>, string | undefined]>([
  [{ percent: 50 }, 'most'],
  [{ percent: 0.2 }, 'few'],
  [{ percent: 0 }, 'none'],
  [{ count: 2 }, undefined],
  [{ count: 0 }, 'none'],
  [{ words: 'one', percent: 12 }, 'many'],
])('%j touches %s', (users, word) => {
  expect(usersOf(users)).toBe(word)
})
