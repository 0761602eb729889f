import { printing, severityOption, watching } from './shared.ts'
import { verb } from './verb.ts'

const at = { value: 'time', summary: 'at this time instead of now: fri 18:00, 2026-01-05T09:00, in 3h; in your zone' } as const
const days = { value: 'n', summary: 'how many days ahead' } as const

export const onCallNow = verb({
  words: 'oncall now',
  summary: 'who is on call, level by level, until when, and how they are reached',
  options: {
    at,
    service: { short: 's', value: 'name', names: 'service', summary: 'for this service only' },
    schedule: { value: 'name', names: 'schedule', summary: 'of this schedule only' },
    catchAll: { summary: 'with who is paged when nobody answers' },
    ...watching,
    ...printing,
  },
  examples: ['tocsin oncall now', 'tocsin oncall now -s checkout --at "sun 03:11"'],
  alsoCalled: ['oncall', 'oncall list', 'oncall who', 'who', 'on-call now', 'on-call'],
})

export const onCallNext = verb({
  words: 'oncall next',
  summary: 'the next change of shift of every schedule',
  options: { schedule: { value: 'name', names: 'schedule', summary: 'of this schedule only' }, ...printing },
  examples: ['tocsin oncall next'],
  alsoCalled: ['on-call next', 'oncall upcoming'],
})

export const onCallMe = verb({
  words: 'oncall me',
  summary: 'your shifts: now, and those to come',
  options: { person: { value: 'name', names: 'person', summary: 'somebody else’s' }, days, ...printing },
  examples: ['tocsin oncall me', 'tocsin oncall me --person lin --days 60'],
  alsoCalled: ['me', 'on-call me', 'oncall mine', 'shifts'],
})

export const scheduleList = verb({
  words: 'schedule list',
  summary: 'schedules, with who is on call and the next gap',
  options: { ...watching, ...printing },
  examples: ['tocsin schedule list'],
  alsoCalled: ['schedule ls', 'schedules', 'rota list'],
})

export const scheduleShow = verb({
  words: 'schedule show',
  summary: 'the shifts of a schedule',
  arguments: [{ name: 'name', names: 'schedule', summary: 'the schedule' }],
  options: { since: { value: 'time', summary: 'from this time instead of now: mon 09:00, 2026-01-05T09:00' }, days, ...printing },
  examples: ['tocsin schedule show payments-primary', 'tocsin schedule show payments-primary --since 2026-12-20 --days 14'],
  sameAs: ['schedule preview'],
  alsoCalled: ['schedule get', 'schedule shifts'],
})

export const scheduleGaps = verb({
  words: 'schedule gaps',
  summary: 'times when nobody is on call',
  arguments: [{ name: 'names', many: true, optional: true, names: 'schedule', summary: 'schedules; all unless said' }],
  options: { days, ...printing },
  examples: ['tocsin schedule gaps', 'tocsin schedule gaps payments-primary --days 60'],
  exits: { 1: 'there is a gap' },
  alsoCalled: ['gaps', 'oncall gaps'],
})

export const policyList = verb({
  words: 'policy list',
  summary: 'escalation policies',
  options: printing,
  examples: ['tocsin policy list'],
  alsoCalled: ['policy ls', 'policies', 'escalation list'],
})

export const policyShow = verb({
  words: 'policy show',
  summary: 'the levels of an escalation policy',
  arguments: [{ name: 'name', names: 'policy', summary: 'the policy' }],
  options: printing,
  examples: ['tocsin policy show payments'],
  alsoCalled: ['policy get', 'escalation show'],
})

export const policySimulate = verb({
  words: 'policy simulate',
  summary: 'who would be paged, when and how, if nobody answered',
  details: 'Worked out by the rule the pager itself follows, with the rotations and contacts of that time.',
  arguments: [{ name: 'name', names: 'policy', summary: 'the policy' }],
  options: { sev: severityOption, at, ...printing },
  examples: ['tocsin policy simulate payments --sev 1 --at "sun 03:11"'],
  exits: { 1: 'nobody at all would be paged' },
  alsoCalled: ['simulate', 'policy test', 'policy preview'],
})

export const serviceList = verb({
  words: 'service list',
  summary: 'services, with what is open on them',
  options: { team: { value: 'name', names: 'team', summary: 'of this team' }, ...watching, ...printing },
  examples: ['tocsin service list'],
  alsoCalled: ['service ls', 'services'],
})

export const serviceShow = verb({
  words: 'service show',
  summary: 'one service: policy, ways in, what it depends on',
  arguments: [{ name: 'name', names: 'service', summary: 'the service' }],
  options: printing,
  examples: ['tocsin service show checkout'],
  alsoCalled: ['service get', 'service view'],
})
