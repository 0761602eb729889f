import { dryRun, printing, watching } from './shared.ts'
import { verb } from './verb.ts'

const schedule = { name: 'schedule', names: 'schedule', summary: 'the schedule' } as const

export const overrideList = verb({
  words: 'override list',
  summary: 'overrides under way and to come',
  details: 'Those made here, with `tocsin override create` or in the browser; those of a document stand in their schedule.',
  arguments: [{ name: 'schedules', many: true, optional: true, names: 'schedule', summary: 'schedules; all unless said' }],
  options: { ...watching, ...printing },
  examples: ['tocsin override list', 'tocsin override list payments-primary -o json'],
  alsoCalled: ['override ls', 'overrides', 'oncall overrides', 'schedule overrides'],
})

export const overrideCreate = verb({
  words: 'override create',
  summary: 'put a person on call for a while, instead of whoever the rotation has',
  arguments: [schedule, { name: 'person', optional: true, names: 'person', summary: 'who takes over; you unless said' }],
  options: {
    from: { value: 'time', summary: 'now unless said: fri 18:00, 2026-01-05T09:00, in 3h; in your zone' },
    until: { value: 'time', summary: 'the end, or a length counted from the start: 8h' },
    reason: { value: 'text', summary: 'why; shown with the shift' },
    ...dryRun,
    ...printing,
  },
  examples: [
    'tocsin override create payments-primary lin --until 8h',
    'tocsin override create payments-primary --from "sat 09:00" --until "sun 21:00"',
  ],
  exits: { 5: 'it would be over already' },
  sameAs: ['oncall override', 'oncall cover'],
  alsoCalled: ['override add', 'override new', 'cover', 'override', 'swap', 'take over'],
})

export const overrideEnd = verb({
  words: 'override end',
  summary: 'take overrides away: the rotation decides again',
  arguments: [{ name: 'ids', many: true, names: 'override', summary: 'ovr_…; - reads them from standard input' }],
  options: { ...dryRun, ...printing },
  examples: ['tocsin override end ovr_01kfh0x7pz', 'tocsin override list payments-primary -o name | tocsin override end -'],
  exits: { 5: 'it comes from a file; take it out there' },
  alsoCalled: ['override delete', 'override remove', 'override rm', 'override cancel'],
})
