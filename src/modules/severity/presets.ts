import type { Condition, SeverityLevel, SeverityScheme } from './severity-scheme.ts'

/** Schemes that are there from the start, to be used as they are or copied. The first is used where nobody says which. */
export const PRESETS = ['sev1-sev4-sre', 'p1-p4', 'sev1-sev4-response', 'sev0-sev3', 'sev1-sev4-operations'] as const
export type Preset = (typeof PRESETS)[number]

/** What each fact means by itself: the rank in the schemes of `COLUMNS`, 0 where a scheme has no such rule. */
const COLUMNS = ['p1-p4', 'sev1-sev4-response', 'sev1-sev4-sre', 'sev0-sev3', 'sev1-sev4-operations'] as const
const TABLE: [Condition, ...ranks: [number, number, number, number, number]][] = [
  [{ extent: 'everything' }, 1, 1, 1, 1, 1],
  [{ errorPercent: { from: 95 } }, 1, 1, 1, 1, 1],
  [{ data: 'lost' }, 1, 1, 1, 1, 1],
  [{ security: 'breached' }, 1, 1, 1, 1, 1],
  [{ revenuePerHourUsd: { over: 10_000 } }, 1, 1, 0, 0, 0],
  [{ sla: 'breached' }, 1, 0, 0, 0, 0],
  [{ users: 'most' }, 1, 2, 0, 2, 0],
  [{ extent: 'essential' }, 2, 2, 2, 2, 2],
  [{ extent: 'degraded' }, 2, 2, 2, 2, 2],
  [{ scope: 'region' }, 2, 2, 2, 2, 2],
  [{ users: 'many' }, 2, 2, 0, 3, 0],
  [{ revenuePerHourUsd: { from: 1000, to: 10_000 } }, 2, 2, 0, 0, 0],
  [{ sla: 'at-risk' }, 2, 0, 0, 0, 0],
  [{ data: 'at-risk' }, 2, 0, 0, 0, 0],
  [{ security: 'suspected' }, 2, 2, 2, 2, 2],
  [{ errorPercent: { over: 5 } }, 2, 0, 0, 3, 3],
  [{ systemsDown: { from: 2 } }, 2, 2, 2, 2, 2],
  [{ workaround: false }, 2, 0, 0, 0, 0],
  [{ extent: 'partial' }, 3, 3, 3, 3, 3],
  [{ users: 'some' }, 3, 3, 0, 3, 0],
  [{ users: 'few' }, 3, 3, 0, 3, 0],
  [{ errorPercent: { over: 0 } }, 3, 0, 0, 3, 3],
  [{ revenuePerHourUsd: { over: 0 } }, 3, 3, 0, 0, 0],
  [{ users: 'one' }, 4, 4, 0, 4, 0],
  [{ extent: 'cosmetic' }, 4, 4, 4, 4, 4],
  [{ extent: 'nothing' }, 4, 4, 4, 4, 4],
  [{ users: 'none' }, 4, 4, 4, 4, 4],
  [{ revenuePerHourUsd: { to: 0 } }, 4, 4, 0, 0, 0],
]

function scheme(preset: Preset, levels: SeverityLevel[], said: Partial<SeverityScheme> & { displayName: string }): SeverityScheme {
  const column = COLUMNS.indexOf(preset)
  const keys = levels.map((one) => one.key)
  return {
    fromAlert: keys,
    default: keys[2]!,
    levels,
    rules: TABLE.flatMap(([when, ...ranks]) => (ranks[column]! > 0 ? [{ when, level: keys[ranks[column]! - 1]! }] : [])),
    holds: { cosmetic: keys[3]! },
    ...said,
  }
}

type Said = Omit<SeverityLevel, 'monitoring' | 'roles' | 'resolve' | 'review'> & Partial<SeverityLevel>

/** What a level asks for by its rank, unless it says otherwise. */
const BY_RANK: Pick<SeverityLevel, 'monitoring' | 'roles' | 'resolve' | 'review'>[] = [
  {
    monitoring: { least: '30m', ask: '60m' },
    roles: { required: ['commander', 'technical-lead', 'communications-lead', 'scribe'] },
    resolve: 'checked',
    review: 'required',
  },
  {
    monitoring: { least: '30m', ask: '30m' },
    roles: { required: ['commander', 'communications-lead'] },
    resolve: 'checked',
    review: 'required',
  },
  { monitoring: { least: '15m', ask: '30m' }, roles: { required: ['commander'] }, resolve: 'advised', review: 'offered' },
  { monitoring: { least: '0s', ask: '0s' }, roles: { required: [] }, resolve: 'free', review: 'none' },
]
const ranked = (levels: Said[]): SeverityLevel[] => levels.map((level, i) => ({ ...BY_RANK[i]!, ...level }))

const always = (within: string) => ({ within, clock: 'always' as const })

const P1_P4 = scheme(
  'p1-p4',
  ranked([
    {
      key: 'P1',
      name: 'Critical',
      meaning: 'Everything is down, or something nobody can do without.',
      criteria: {
        users: 'All of them, or most, cannot use it.',
        revenue: 'More than $10,000 an hour is lost.',
        sla: 'A promise is badly broken.',
        data: 'Data is being lost or corrupted now.',
      },
      examples: ['The whole site answers 503.', 'The database is gone.', 'Payments cannot be taken.', 'An intrusion is under way.'],
      acknowledge: always('5m'),
      respond: always('0s'),
      update: { every: '30m', statusPage: '30m' },
      raise: [
        { how: 'page', whom: 'primary' },
        { how: 'notify', whom: 'leadership' },
      ],
      escalate: [{ to: 'leadership', after: '0s' }],
      allHands: { after: '0s' },
      roles: { required: ['commander', 'technical-lead', 'communications-lead', 'scribe'], experts: { from: 2, to: 3 } },
    },
    {
      key: 'P2',
      name: 'High',
      meaning: 'A main function is degraded, or many people feel it.',
      criteria: {
        users: 'A significant share.',
        revenue: '$1,000 to $10,000 an hour is lost.',
        sla: 'A promise is at risk.',
        data: 'Data may be harmed if it goes on.',
      },
      examples: ['More than 5 % of requests fail.', 'An important endpoint times out often.', 'Checkout is broken.'],
      acknowledge: always('15m'),
      respond: always('30m'),
      update: { every: '1h', statusPage: '2h' },
      raise: [{ how: 'page', whom: 'primary' }],
      escalate: [{ to: 'team-lead', after: '1h' }],
      allHands: { after: '2h' },
      roles: {
        required: ['commander', 'technical-lead'],
        optional: ['scribe'],
        together: ['commander', 'technical-lead'],
        experts: { from: 1, to: 2 },
      },
    },
    {
      key: 'P3',
      name: 'Medium',
      meaning: 'Partly degraded, or a minor function is impaired.',
      criteria: { users: 'Some, and there is a workaround.', revenue: 'Hardly any is lost.', data: 'Data is safe.' },
      examples: ['A function that few depend on is broken.', 'Under 1 % of requests fail now and then.'],
      acknowledge: { within: '4h', clock: 'business' },
      respond: { within: '8h', clock: 'business' },
      update: { every: '1d', statusPage: '1d' },
      raise: [{ how: 'notify', whom: 'team', clock: 'business' }],
      escalate: [{ to: 'team-lead', after: '1d' }],
      roles: { required: [] },
    },
    {
      key: 'P4',
      name: 'Low',
      meaning: 'Small or cosmetic, or a wish.',
      criteria: { users: 'Few, or none.', revenue: 'None is lost.', data: 'Data is safe.' },
      examples: ['A misspelt word on a screen.', 'Logs that say too much, or too little.'],
      acknowledge: { businessDays: 1 },
      raise: [{ how: 'ticket' }],
    },
  ]),
  {
    displayName: 'P1 to P4',
    description: 'Weighs users, revenue, promises and data, and knows office hours.',
    conditional: [{ to: 'P1', when: { tags: 'payments', extent: 'essential' } }],
  },
)

const SEV1_SEV4_RESPONSE = scheme(
  'sev1-sev4-response',
  ranked([
    {
      key: 'SEV1',
      name: 'Critical',
      meaning: 'The service is entirely out, data is lost or corrupted, or security is broken.',
      criteria: { revenue: 'Much is lost.' },
      respond: always('5m'),
      update: { every: '15m', statusPage: '15m' },
      raise: [{ how: 'page', whom: 'whole rotation' }],
    },
    {
      key: 'SEV2',
      name: 'High',
      meaning: 'Partly degraded, or a major function is broken, for several customers.',
      criteria: { revenue: 'Some is lost.' },
      respond: always('15m'),
      update: { every: '30m', statusPage: '30m' },
      raise: [
        { how: 'page', whom: 'primary' },
        { how: 'page', whom: 'specialist' },
      ],
    },
    {
      key: 'SEV3',
      name: 'Medium',
      meaning: 'A minor function misbehaves for some, and there is a workaround.',
      criteria: { revenue: 'Little is lost.' },
      respond: always('1h'),
      update: { every: '4h' },
      raise: [{ how: 'page', whom: 'primary' }],
    },
    {
      key: 'SEV4',
      name: 'Low',
      meaning: 'Cosmetic, or one person feels it.',
      criteria: { users: 'One.', revenue: 'None is lost.' },
      respond: { businessDays: 1 },
      raise: [{ how: 'queue', whom: 'team', clock: 'business' }],
    },
  ]),
  { displayName: 'SEV1 to SEV4, by response', description: 'Wakes more people the worse it is; updates come every quarter of an hour.' },
)

const SEV1_SEV4_SRE = scheme(
  'sev1-sev4-sre',
  ranked([
    {
      key: 'SEV1',
      name: 'Critical',
      meaning: 'The service is down, data is lost, or security is broken.',
      respond: always('5m'),
      update: { every: '30m', statusPage: '30m' },
      raise: [
        { how: 'page', whom: 'on-call' },
        { how: 'notify', whom: 'executives' },
      ],
    },
    {
      key: 'SEV2',
      name: 'Major',
      meaning: 'Strongly degraded, or a major function is broken.',
      respond: always('15m'),
      update: { every: '1h', statusPage: '1h' },
      raise: [
        { how: 'page', whom: 'on-call' },
        { how: 'notify', whom: 'team' },
      ],
    },
    {
      key: 'SEV3',
      name: 'Minor',
      meaning: 'A minor function is broken, and there is a workaround.',
      respond: always('1h'),
      update: { every: '4h' },
      raise: [{ how: 'notify', whom: 'team' }, { how: 'ticket' }],
    },
    {
      key: 'SEV4',
      name: 'Low',
      meaning: 'Cosmetic; nobody outside notices.',
      respond: { businessDays: 1 },
      raise: [{ how: 'ticket' }],
    },
  ]),
  {
    displayName: 'SEV1 to SEV4, for reliability teams',
    description: 'Weighs what is broken and nothing else, and asks for a review of the two worst.',
  },
)

const SEV0_SEV3 = scheme(
  'sev0-sev3',
  ranked([
    {
      key: 'SEV0',
      name: 'Critical',
      meaning: 'Everything is out, or data is lost.',
      examples: ['Nothing can be reached.', 'Data is lost or corrupted.', 'Security is broken.'],
      respond: always('5m'),
      update: { every: '30m', statusPage: '30m' },
      raise: [{ how: 'page', whom: 'everyone on call' }],
      roles: { required: ['commander', 'technical-lead', 'communications-lead', 'scribe', 'executive-liaison'] },
    },
    {
      key: 'SEV1',
      name: 'High',
      meaning: 'A major function cannot be used.',
      examples: ['A core function is broken for all.', 'Everything is very slow.', 'Payments are down.'],
      respond: always('15m'),
      update: { every: '1h', statusPage: '1h' },
      raise: [{ how: 'page', whom: 'primary' }],
      roles: { required: ['commander', 'communications-lead', 'executive-liaison'] },
    },
    {
      key: 'SEV2',
      name: 'Medium',
      meaning: 'Part of what it does is impaired.',
      examples: ['A side function is broken.', 'Some find it slow.', 'Requests fail now and then.'],
      respond: always('1h'),
      update: { every: '4h' },
      raise: [{ how: 'notify', whom: 'on-call team' }],
    },
    {
      key: 'SEV3',
      name: 'Low',
      meaning: 'Minor, and there is a workaround.',
      examples: ['A visual glitch.', 'An unimportant API is slow.', 'An alert that was false.'],
      respond: { businessDays: 1 },
      raise: [{ how: 'ticket' }],
    },
  ]),
  {
    displayName: 'SEV0 to SEV3',
    description: 'Keeps one level above all others for what only a person may call; executives have a liaison at the two worst.',
    // An alert alone is never SEV0.
    fromAlert: ['SEV1', 'SEV1', 'SEV2', 'SEV3'],
    conditional: [{ from: 'SEV2', to: 'SEV1', when: { tags: 'payments' } }],
  },
)

const SEV1_SEV4_OPERATIONS = scheme(
  'sev1-sev4-operations',
  ranked([
    {
      key: 'SEV1',
      name: 'Critical',
      meaning: 'Everything is out, or data is lost.',
      examples: ['The production database is down.', 'Payments fail.', 'Security is broken.'],
      respond: always('15m'),
      update: { every: '30m', statusPage: '30m' },
      raise: [
        { how: 'page', whom: 'on-call' },
        { how: 'page', whom: 'management' },
      ],
    },
    {
      key: 'SEV2',
      name: 'High',
      meaning: 'A major function is impaired.',
      examples: ['The API is very slow.', 'One region is out.', 'An essential function is missing.'],
      respond: always('30m'),
      update: { every: '1h', statusPage: '1h' },
      raise: [{ how: 'page', whom: 'on-call' }],
    },
    {
      key: 'SEV3',
      name: 'Medium',
      meaning: 'A minor function is impaired.',
      examples: ['A side function is degraded.', 'More errors than usual.', 'Slower than usual.'],
      respond: always('2h'),
      update: { every: '4h' },
      raise: [{ how: 'chat', whom: 'on-call' }],
    },
    {
      key: 'SEV4',
      name: 'Low',
      meaning: 'Users hardly feel it.',
      examples: ['Cosmetic flaws.', 'Trouble in a tool of our own.'],
      respond: { businessDays: 1 },
      raise: [{ how: 'ticket' }],
    },
  ]),
  {
    displayName: 'SEV1 to SEV4, for operations',
    description: 'Weighs error rates and regions; what only touches our own people is held low.',
    conditional: [{ to: 'SEV1', when: { tags: 'payments', extent: 'essential' } }],
    holds: { cosmetic: 'SEV4', internal: 'SEV4' },
  },
)

export const presets: Record<Preset, SeverityScheme> = {
  'sev1-sev4-sre': SEV1_SEV4_SRE,
  'p1-p4': P1_P4,
  'sev1-sev4-response': SEV1_SEV4_RESPONSE,
  'sev0-sev3': SEV0_SEV3,
  'sev1-sev4-operations': SEV1_SEV4_OPERATIONS,
}
