import { describe, expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../kernel/time.ts'
import { firstStep, nextAtOnce, nextStep, type Standing, type Step } from './decide.ts'
import type { PolicySpec } from './policy.ts'

const START = Date.parse('2026-11-20T03:11:00Z')
const catchAll: PolicySpec['catchAll'] = { notify: [{ team: 'payments' }] }

/** Levels as `after person`, or `after person severities`. */
function levels(...lines: string[]): PolicySpec['levels'] {
  return lines.map((line) => {
    const [after, person, severities] = line.split(' ') as [string, string, string?]
    return { after, notify: [{ person }], ...(severities && { severities: severities.split(',').map(Number) }) }
  })
}

/** Who is named when, in minutes from the start; round in front where it is not the first. */
function told(policy: PolicySpec, step: Step): string {
  const [target] = step.notify
  const who = step.level >= policy.levels.length ? 'catch-all' : target && 'person' in target ? target.person : '?'
  return `${step.round > 0 ? `${step.round}: ` : ''}${who} @${(step.dueAt - START) / MINUTE}`
}

/** The first steps of an escalation that nobody answers and nothing holds up. */
function walk(policy: PolicySpec, count: number, { severity = 2, from = firstStep(policy, severity, START) } = {}): string[] {
  const steps = [from]
  while (steps.length < count) {
    const step = steps.at(-1)!
    steps.push(nextStep(policy, { ...step, severity }, step.dueAt))
  }
  return steps.map((step) => told(policy, step))
}

describe('a policy, level by level', () => {
  const cases: [story: string, policy: PolicySpec, severity: number, steps: string[]][] = [
    [
      'each level at its minute, the catch-all after the last gap and every 15 minutes from then on',
      { levels: levels('0s ada', '5m lin', '15m kim'), catchAll },
      2,
      ['ada @0', 'lin @5', 'kim @15', '1: catch-all @25', '2: catch-all @40', '3: catch-all @55'],
    ],
    [
      'further rounds, each after the last gap',
      { levels: levels('0s ada', '5m lin'), repeat: 2, catchAll },
      2,
      ['ada @0', 'lin @5', '1: ada @10', '1: lin @15', '2: ada @20', '2: lin @25', '3: catch-all @30', '4: catch-all @45'],
    ],
    [
      'a round lasts as long as it is told to',
      { levels: levels('0s ada', '5m lin'), repeat: 1, round: '30m', catchAll },
      2,
      ['ada @0', 'lin @5', '1: ada @30', '1: lin @35', '2: catch-all @60', '3: catch-all @75'],
    ],
    [
      'a round longer than its time ends with its last gap',
      { levels: levels('0s ada', '20m lin'), repeat: 1, round: '30m', catchAll },
      2,
      ['ada @0', 'lin @20', '1: ada @40', '1: lin @60', '2: catch-all @80'],
    ],
    [
      'a single level is repeated every 5 minutes',
      { levels: levels('0s ada'), repeat: 2, catchAll },
      2,
      ['ada @0', '1: ada @5', '2: ada @10', '3: catch-all @15', '4: catch-all @30'],
    ],
    [
      'levels at the same minute give no gap to go by',
      { levels: levels('0s ada', '0s lin'), repeat: 1, catchAll },
      2,
      ['ada @0', 'lin @0', '1: ada @5', '1: lin @5', '2: catch-all @10'],
    ],
    [
      'a first level with a delay waits for it, once: later rounds begin with it at once',
      { levels: levels('2m ada', '7m lin'), repeat: 1, catchAll },
      2,
      ['ada @2', 'lin @7', '1: ada @12', '1: lin @17', '2: catch-all @22'],
    ],
    [
      'without levels there is the catch-all',
      { levels: [], repeat: 3, catchAll },
      2,
      ['catch-all @0', '1: catch-all @15', '2: catch-all @30'],
    ],
    [
      'a level for other severities is as if unwritten; the first that applies goes now and the others keep their minutes',
      { levels: levels('0s boss 1', '5m ada', '10m lin'), catchAll },
      3,
      ['ada @0', 'lin @10', '1: catch-all @15'],
    ],
    [
      'a level in the middle that does not apply leaves its time to the one before',
      { levels: levels('0s ada', '5m boss 1', '20m lin'), catchAll },
      2,
      ['ada @0', 'lin @20', '1: catch-all @40'],
    ],
    [
      'the same policy for the severity it is written for',
      { levels: levels('0s ada', '5m boss 1', '20m lin'), catchAll },
      1,
      ['ada @0', 'boss @5', 'lin @20', '1: catch-all @35'],
    ],
    [
      'levels of which none applies leave the catch-all',
      { levels: levels('0s boss 1', '5m ceo 1'), repeat: 5, catchAll },
      4,
      ['catch-all @0', '1: catch-all @15'],
    ],
  ]
  test.each(cases)('%s', (_story, policy, severity, steps) => {
    expect(walk(policy, steps.length, { severity })).toEqual(steps)
  })
})

/** Where an escalation stands that decided `step`. */
const at = (step: Step, severity = 2): Standing => ({ ...step, severity })

describe('what comes late', () => {
  const policy: PolicySpec = { levels: levels('0s ada', '5m lin', '15m kim'), repeat: 1, catchAll }
  const first = firstStep(policy, 2, START)

  test('a level that was reached late keeps its distance to the next', () => {
    const second = nextStep(policy, at(first), START + 3 * MINUTE)
    expect(told(policy, second)).toBe('lin @8')
    expect(told(policy, nextStep(policy, at(second), START + 8 * MINUTE))).toBe('kim @18')
  })

  test('a level reached a moment late is not waited for twice: the written minutes hold as soon as they can', () => {
    const second = nextStep(policy, at(first), START + 2 * SECOND)
    expect(second.dueAt).toBe(START + 5 * MINUTE + 2 * SECOND)
  })

  test('a late last level moves the next round and the catch-all', () => {
    const third = { ...first, level: 2 }
    const round = nextStep(policy, at(third), START + 40 * MINUTE)
    expect(told(policy, round)).toBe('1: ada @50')
    expect(walk(policy, 4, { from: round })).toEqual(['1: ada @50', '1: lin @55', '1: kim @65', '2: catch-all @75'])
  })

  test('after a long stop one step is due, not all that were missed', () => {
    const second = nextStep(policy, at(first), START)
    const third = nextStep(policy, at(second), START + 120 * MINUTE)
    expect(told(policy, third)).toBe('kim @130')
  })

  test('before anything was decided the next step is the first', () => {
    const delayed: PolicySpec = { levels: levels('2m ada', '7m lin'), catchAll }
    const none = { severity: 2, clockStart: START, round: 0, roundStartedAt: START, level: -1 }
    expect(told(delayed, nextStep(delayed, none, START + MINUTE))).toBe('ada @2')
  })
})

describe('what fails or leads to nobody', () => {
  const policy: PolicySpec = { levels: levels('0s ada', '5m lin', '15m kim'), repeat: 2, catchAll }
  const first = firstStep(policy, 2, START)

  test('the next level goes now, and the ones after it move with it', () => {
    const second = nextAtOnce(policy, at(first), START + 10 * SECOND, 'nobody-reached')
    expect(second).toMatchObject({ level: 1, dueAt: START + 10 * SECOND })
    expect(nextStep(policy, at(second), second.dueAt).dueAt).toBe(START + 10 * SECOND + 10 * MINUTE)
  })

  test('in later rounds as well', () => {
    const round = { ...first, round: 1, roundStartedAt: START + 20 * MINUTE, clockStart: START + 20 * MINUTE }
    const second = nextAtOnce(policy, at(round), START + 20 * MINUTE, 'nobody-reached')
    expect(told(policy, second)).toBe('1: lin @20')
    expect(told(policy, nextStep(policy, at(second), second.dueAt))).toBe('1: kim @30')
  })

  test('a whole round without anybody leads straight to the catch-all', () => {
    const third = { ...first, level: 2 }
    expect(told(policy, nextAtOnce(policy, at(third), START + MINUTE, 'nobody-reached'))).toBe('1: catch-all @1')
  })

  test('after a round that reached somebody the next one begins, its levels in their distances', () => {
    const third = { ...first, level: 2 }
    const round = nextAtOnce(policy, at(third), START + 16 * MINUTE, 'somebody-reached')
    expect(told(policy, round)).toBe('1: ada @16')
    expect(walk(policy, 3, { from: round })).toEqual(['1: ada @16', '1: lin @21', '1: kim @31'])
  })

  test('but not before the round is over', () => {
    const third = { ...first, level: 2 }
    const long: PolicySpec = { ...policy, round: '30m' }
    expect(told(long, nextAtOnce(long, at(third), START + 16 * MINUTE, 'somebody-reached'))).toBe('1: ada @30')
  })

  test('nor without a pause for the one who was reached', () => {
    const together: PolicySpec = { levels: levels('0s ada', '0s lin'), repeat: 100, catchAll }
    const second = { ...firstStep(together, 2, START), level: 1 }
    expect(told(together, nextAtOnce(together, at(second), START + SECOND, 'somebody-reached'))).toBe('1: ada @5')
  })

  test('when no round is left the catch-all goes now', () => {
    const third = { ...first, round: 2, roundStartedAt: START + 50 * MINUTE, level: 2 }
    expect(told(policy, nextAtOnce(policy, at(third), START + 60 * MINUTE, 'somebody-reached'))).toBe('3: catch-all @60')
  })
})

describe('escalating by hand', () => {
  const policy: PolicySpec = { levels: levels('0s ada', '5m lin', '15m kim 1,2'), catchAll }

  test('goes on from the level named, now, and the ones after it keep their distances', () => {
    const from = firstStep(policy, 2, START, 1)
    expect(walk(policy, 3, { from })).toEqual(['lin @0', 'kim @10', '1: catch-all @20'])
  })

  test('skips a level that does not apply', () => {
    expect(told(policy, firstStep(policy, 4, START, 2))).toBe('catch-all @0')
  })

  test('after the last level it is the catch-all, again and again', () => {
    for (const level of [3, 4, 9]) expect(told(policy, firstStep(policy, 2, START, level))).toBe('catch-all @0')
  })

  test('before a first level that waits, it is that level, now', () => {
    const delayed: PolicySpec = { levels: levels('2m ada', '7m lin'), catchAll }
    expect(walk(delayed, 2, { from: firstStep(delayed, 2, START, 0) })).toEqual(['ada @0', 'lin @5'])
  })
})
