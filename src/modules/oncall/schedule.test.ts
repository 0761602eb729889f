import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { scheduleSpec } from './schedule.ts'

const weekly = { name: 'weekly', users: ['ada', 'lin'], start: '2026-01-05T09:00', turn: '7d' }
const berlin = { timeZone: 'Europe/Berlin', layers: [weekly] }

/** Each issue as `path: message`, so that a table can say what somebody reads. */
function issuesOf(spec: unknown): string[] {
  const parsed = scheduleSpec.safeParse(spec)
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

describe('a schedule that is written well', () => {
  test('comes out as it went in, so that an export gives it back', () => {
    const written = {
      displayName: 'Payments',
      timeZone: 'Europe/Berlin',
      layers: [
        { name: 'nobody yet', users: [], start: '2026-01-05T09:00:30', turn: '1w' },
        {
          name: 'nights',
          users: ['ada', 'lin', 'ada'],
          start: '2026-01-05T22:00',
          turn: '1h30m',
          end: '2027-01-01T00:00',
          restrictions: [
            { days: ['mon', 'sun'], from: '22:00', until: '06:00' },
            { from: '00:00', until: '24:00' },
            { from: '09:00', until: '09:00' },
          ],
        },
      ],
      overrides: [
        { user: 'somebody who left', from: '2026-02-01T09:00', until: '2026-02-01T10:00', reason: 'dentist' },
        { user: 'lin', from: '2026-02-01T08:00:00Z', until: '2026-02-01T08:00:00.500Z' },
        { user: 'lin', from: '2026-02-01T09:00:00+01:00', until: '2026-02-01T09:01' },
      ],
    }
    expect(scheduleSpec.parse(written)).toEqual(written)
    expect(JSON.parse(JSON.stringify(scheduleSpec.parse(written)))).toEqual(written)
  })

  test('needs a zone and layers only', () => {
    expect(issuesOf({ timeZone: 'UTC', layers: [] })).toEqual([])
    expect(issuesOf(berlin)).toEqual([])
  })

  test('may be YAML without quotes around its times', () => {
    const yaml = `
timeZone: Asia/Ho_Chi_Minh
layers:
  - { name: day, users: [lin], start: 2026-01-05T09:00, turn: 7d, restrictions: [ { from: 09:00, until: 17:00 } ] }
overrides:
  - { user: ada, from: 2026-02-01T08:00:00Z, until: 2026-02-02T08:00 }
`
    expect(issuesOf(parseDocument(yaml).toJS())).toEqual([])
  })

  test('has a JSON Schema, from which forms are drawn', () => {
    expect(z.toJSONSchema(scheduleSpec, { io: 'output' })).toMatchObject({
      additionalProperties: false,
      required: ['timeZone', 'layers'],
      properties: { layers: { items: { required: ['name', 'users', 'start', 'turn'] } } },
    })
  })
})

describe('a slip is found where it is, and the mend is named', () => {
  const layer = (change: object) => ({ ...berlin, layers: [{ ...weekly, ...change }] })
  const restricted = (restriction: object) => layer({ restrictions: [restriction] })
  const overridden = (override: object) => ({
    ...berlin,
    overrides: [{ user: 'lin', from: '2026-02-01T09:00', until: '2026-02-01T10:00', ...override }],
  })

  test.each<[slip: string, spec: unknown, issue: RegExp]>([
    ['a city', { ...berlin, timeZone: 'Berlin' }, /^timeZone: ‹Berlin› is not .*; write Europe\/Berlin$/],
    ['a wrong mark', { ...berlin, timeZone: 'america-new york' }, /^timeZone: .*; write America\/New_York$/],
    ['an offset', { ...berlin, timeZone: '+02:00' }, /^timeZone: .*; write a name such as Europe\/Berlin or UTC$/],
    ['no zone', { ...berlin, timeZone: '' }, /^timeZone: /],
    ['an unknown key', { ...berlin, timezone: 'UTC' }, /^: .*timezone/],
    ['an unknown key of a layer', layer({ handoff: '09:00' }), /^layers\.0: .*handoff/],
    ['an unknown key of a restriction', restricted({ from: '09:00', until: '17:00', day: 'mon' }), /^layers\.0\.restrictions\.0: .*day/],
    ['an unknown key of an override', overridden({ by: 'ada' }), /^overrides\.0: .*by/],
    ['no name', layer({ name: ' ' }), /^layers\.0\.name: Write a name$/],
    ['a nameless user', layer({ users: ['ada', ''] }), /^layers\.0\.users\.1: Write a name$/],
    ['a start with an offset', layer({ start: '2026-01-05T09:00Z' }), /^layers\.0\.start: .*write it as 2026-01-05T09:00/],
    ['a day only', layer({ start: '2026-01-05' }), /^layers\.0\.start: /],
    ['30 February', layer({ start: '2026-02-30T09:00' }), /^layers\.0\.start: /],
    ['24 o’clock', layer({ start: '2026-01-05T24:00' }), /^layers\.0\.start: /],
    ['a year nobody meant', layer({ start: '0206-01-05T09:00' }), /^layers\.0\.start: /],
    ['an empty turn', layer({ turn: '0h' }), /^layers\.0\.turn: .*above 0/],
    ['an empty turn of days', layer({ turn: '0d' }), /^layers\.0\.turn: /],
    ['a turn of two kinds', layer({ turn: '1d12h' }), /^layers\.0\.turn: .*not both/],
    ['a turn of a lifetime', layer({ turn: '3661d' }), /^layers\.0\.turn: .*at most 3660d/],
    ['no turn', layer({ turn: 'weekly' }), /^layers\.0\.turn: .*\(1d, 2w\)/],
    ['an end at the start', layer({ end: '2026-01-05T09:00' }), /^layers\.0\.end: .*later than 2026-01-05T09:00$/],
    ['an end before the start', layer({ end: '2025-01-05T09:00' }), /^layers\.0\.end: /],
    ['24:00 as a beginning', restricted({ from: '24:00', until: '06:00' }), /^layers\.0\.restrictions\.0\.from: .*write 00:00 to 23:59/],
    ['one digit', restricted({ from: '9:00', until: '17:00' }), /^layers\.0\.restrictions\.0\.from: /],
    ['25:00', restricted({ from: '09:00', until: '25:00' }), /^layers\.0\.restrictions\.0\.until: .*write 00:00 to 24:00/],
    ['24:30', restricted({ from: '09:00', until: '24:30' }), /^layers\.0\.restrictions\.0\.until: /],
    ['no days', restricted({ days: [], from: '09:00', until: '17:00' }), /^layers\.0\.restrictions\.0\.days: .*leave `days` out/],
    [
      'a long day',
      restricted({ days: ['monday'], from: '09:00', until: '17:00' }),
      /^layers\.0\.restrictions\.0\.days\.0: Write a day as mon/,
    ],
    [
      'a day twice',
      restricted({ days: ['mon', 'tue', 'mon'], from: '09:00', until: '17:00' }),
      /^layers\.0\.restrictions\.0\.days\.2: ‹mon› is written twice/,
    ],
    [
      'two layers of one name',
      { ...berlin, layers: [weekly, { ...weekly, name: 'other' }, weekly] },
      /^layers\.2\.name: Another layer is called ‹weekly›/,
    ],
    [
      'an override that ends at its start',
      overridden({ until: '2026-02-01T09:00' }),
      /^overrides\.0\.until: .*later than 2026-02-01T09:00$/,
    ],
    ['one that ends earlier in another zone', overridden({ until: '2026-02-01T08:00:00Z' }), /^overrides\.0\.until: /],
    ['an override on no day', overridden({ from: '2026-02-30T09:00:00Z' }), /^overrides\.0\.from: ‹2026-02-30T09:00:00Z› is not a moment/],
    ['an override without a time', overridden({ until: '2026-02-03' }), /^overrides\.0\.until: .*write 2026-01-05T08:00:00Z, or/],
    ['an override of nobody', overridden({ user: '' }), /^overrides\.0\.user: Write a name$/],
  ])('%s', (_slip, spec, issue) => {
    expect(issuesOf(spec)).toEqual([expect.stringMatching(issue)])
  })

  test('all slips are told at once, also beside a zone that does not exist', () => {
    const spec = {
      timeZone: 'Nowhere',
      layers: [{ ...weekly, start: 'monday', end: '2026-01-01T00:00' }, weekly],
      overrides: [{ user: 'lin', from: 'now', until: 'later' }],
    }
    expect(issuesOf(spec).map((issue) => issue.split(':')[0])).toEqual([
      'timeZone',
      'layers.0.start',
      'overrides.0.from',
      'overrides.0.until',
      'layers.1.name',
    ])
  })
})

test('the rules that the browser shares bring neither the schema library nor Node with them', () => {
  for (const file of ['rota.ts', 'rotation.ts']) {
    const imports = readFileSync(new URL(file, import.meta.url), 'utf8').match(/^import (?!type).* from '[^.].*'/gm)
    expect({ file, imports }).toEqual({ file, imports: null })
  }
})
