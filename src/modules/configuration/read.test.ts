import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { alertSources } from '../../plugs/alert-sources/index.ts'
import { channels } from '../../plugs/channels/index.ts'
import { readDocuments, readObject } from './read.ts'
import { issueText } from './start-up.ts'
import { validateFiles } from './validate.ts'

const vocabulary = { channels, sources: alertSources }
const NOW = Date.parse('2026-11-20T03:11:00Z')

/** A document of a kind whose spec begins on line 5. */
const written = (kind: string, spec: string) =>
  `apiVersion: tocsin.dev/v1\nkind: ${kind}\nmetadata: { name: it }\nspec:\n${spec.replace(/^/gm, '  ')}\n`
const told = (text: string) => validateFiles([{ file: 'it.yaml', text }], vocabulary, NOW).issues.map(issueText)

test('the smallest useful configuration loads as it is', () => {
  const text = readFileSync('examples/first-steps.yaml', 'utf8')
  const { documents, issues } = readDocuments([{ file: 'first-steps.yaml', text }], vocabulary)
  expect(issues).toEqual([])
  const lines = text.split('\n')
  expect(documents.map(({ kind, name, line }) => `${kind} ${name} ${lines[line]}`)).toEqual([
    'Person owner kind: Person',
    'Person lin kind: Person',
    'Team payments-people kind: Team',
    'Schedule payments-weekly kind: Schedule',
    'EscalationPolicy payments-api kind: EscalationPolicy',
    'Service payments-api kind: Service',
    'Integration payments-prometheus kind: Integration',
    'Integration payments-pagerduty kind: Integration',
    'Integration payments-grafana kind: Integration',
    'Integration payments-anything kind: Integration',
  ])
  expect(validateFiles([{ file: 'first-steps.yaml', text }], vocabulary, NOW)).toEqual({ issues: [], warnings: [], documents: 10 })
})

/** What is wrong, the text, and every line that is told. */
const GOLDEN: [string, string, string[]][] = [
  // The head of a document.
  ['no document', 'hello', ['it.yaml:1: is not a document; write apiVersion, kind, metadata and spec']],
  [
    'something else',
    'groups:\n  - name: x\n',
    ['it.yaml:1: has neither apiVersion nor kind; a document begins with `apiVersion: tocsin.dev/v1` and `kind: …`'],
  ],
  [
    'another version',
    'apiVersion: tocsin.dev/v2\nkind: Team\nmetadata: { name: it }\nspec: { members: [] }\n',
    ['it.yaml:1 apiVersion: ‹tocsin.dev/v2› is not a version that is read here; write tocsin.dev/v1'],
  ],
  [
    'no version',
    'kind: Team\nmetadata: { name: it }\nspec: { members: [] }\n',
    ['it.yaml:1 apiVersion: is required; write apiVersion: tocsin.dev/v1'],
  ],
  [
    'no kind',
    'apiVersion: tocsin.dev/v1\nmetadata: { name: it }\n',
    [
      'it.yaml:1 kind: is required; the kinds are: Person, Team, Schedule, EscalationPolicy, Service, Integration, Override, SeverityScheme, Command, Role, Hook',
    ],
  ],
  [
    'an unknown kind',
    'apiVersion: tocsin.dev/v1\nkind: Teem\nmetadata: { name: it }\n',
    ['it.yaml:2 kind: ‹Teem› is not a kind; did you mean ‹Team›?'],
  ],
  [
    'the word of another product',
    'apiVersion: tocsin.dev/v1\nkind: Policy\nmetadata: { name: it }\n',
    ['it.yaml:2 kind: ‹Policy› is not a kind; did you mean ‹EscalationPolicy›?'],
  ],
  [
    'a kind of nothing',
    'apiVersion: tocsin.dev/v1\nkind: Deployment\nmetadata: { name: it }\n',
    [
      'it.yaml:2 kind: ‹Deployment› is not a kind; the kinds are: Person, Team, Schedule, EscalationPolicy, Service, Integration, Override, SeverityScheme, Command, Role, Hook',
    ],
  ],
  [
    'an override that ends before it starts',
    written('Override', '{ schedule: night, person: ada, from: 2026-11-20T09:00, until: 2026-11-20T08:00 }'),
    ['it.yaml:5 spec.until: An override ends after it starts: write an `until` later than 2026-11-20T09:00'],
  ],
  [
    'an unknown key at the top',
    `${written('Team', 'members: []')}metdata: {}\n`,
    ['it.yaml:6 metdata: ‹metdata› is not a key here; did you mean ‹metadata›?'],
  ],
  [
    'no metadata',
    'apiVersion: tocsin.dev/v1\nkind: Team\nspec: { members: [] }\n',
    ['it.yaml:1 metadata: is required; write metadata: { name: … }'],
  ],
  [
    'metadata in one word',
    'apiVersion: tocsin.dev/v1\nkind: Team\nmetadata: it\nspec: { members: [] }\n',
    ['it.yaml:3 metadata: is a group of keys; write metadata: { name: … }'],
  ],
  [
    'no name, and a label',
    'apiVersion: tocsin.dev/v1\nkind: Team\nmetadata:\n  labels: {}\nspec: { members: [] }\n',
    [
      'it.yaml:3 metadata.name: is required: a name by which others refer to this',
      'it.yaml:4 metadata.labels: ‹labels› is not a key here; the only key is: name',
    ],
  ],
  [
    'a name with capitals',
    'apiVersion: tocsin.dev/v1\nkind: Team\nmetadata: { name: Payments Team }\nspec: { members: [] }\n',
    [
      'it.yaml:3 metadata.name: ‹Payments Team› is not a name: use lower-case letters, digits, dots and dashes, at most 100, beginning and ending with a letter or digit; did you mean ‹payments-team›?',
    ],
  ],
  [
    'a name that is a number',
    'apiVersion: tocsin.dev/v1\nkind: Team\nmetadata: { name: 42 }\nspec: { members: [] }\n',
    ['it.yaml:3 metadata.name: ‹42› is read as a number; put it in quotes: "42"'],
  ],
  [
    "one of Tocsin's own names",
    'apiVersion: tocsin.dev/v1\nkind: Service\nmetadata: { name: tocsin }\nspec: {}\n',
    ['it.yaml:3 metadata.name: ‹tocsin› belongs to Tocsin itself; choose a service name that does not begin with tocsin'],
  ],
  ['no spec', 'apiVersion: tocsin.dev/v1\nkind: Team\nmetadata: { name: it }\nspec:\n', ['it.yaml:4 spec: is required']],
  [
    'the same name twice',
    `${written('Team', 'members: []')}---\n${written('Team', 'members: []')}`,
    ['it.yaml:9 metadata.name: Team ‹it› is written a second time; the first is in it.yaml, line 1. Rename or remove one'],
  ],

  // Keys and values.
  [
    'an unknown key',
    written('Team', 'memebers: []\nmembers: []'),
    ['it.yaml:5 spec.memebers: ‹memebers› is not a key here; did you mean ‹members›?'],
  ],
  [
    'a key of nothing',
    written('Team', 'members: []\ncolour: red'),
    ['it.yaml:6 spec.colour: ‹colour› is not a key here; the keys are: displayName, members, lead, scheme'],
  ],
  ['a required key left out', written('Team', 'displayName: It'), ['it.yaml:4 spec.members: is required']],
  ['a list that is a word', written('Team', 'members: ada'), ['it.yaml:5 spec.members: is a list; write [ ada ]']],
  ['a list that is a group', written('Team', 'members: { ada: true }'), ['it.yaml:5 spec.members: is a list: begin each entry with `- `']],
  ['a key without a value', written('Team', 'members: []\nlead:'), ['it.yaml:6 spec.lead: is empty; write a value, or leave the key out']],
  [
    'a text that is a number',
    written('Team', 'members: []\nlead: 5'),
    ['it.yaml:6 spec.lead: ‹5› is read as a number; put it in quotes: "5"'],
  ],
  [
    'a text that is a list',
    written('Team', 'members: []\ndisplayName: [a]'),
    ['it.yaml:6 spec.displayName: is a text, not a list or a group of keys'],
  ],
  [
    'a text that is empty',
    written('Team', 'members: []\ndisplayName: ""'),
    ['it.yaml:6 spec.displayName: is empty; write something, or leave the key out'],
  ],

  // People.
  [
    'an unknown channel',
    written('Person', 'contacts:\n  - { name: a, channel: webhok, address: "https://example.org" }'),
    ['it.yaml:6 spec.contacts.0.channel: ‹webhok› is not a channel; did you mean ‹webhook›?'],
  ],
  [
    'a channel nobody has',
    written('Person', 'contacts:\n  - { name: a, channel: telex, address: "1" }'),
    ['it.yaml:6 spec.contacts.0.channel: ‹telex› is not a channel; the channels are: email, ntfy, screen, slack, telegram, webhook'],
  ],
  [
    'a channel that cannot do without its secret',
    written('Person', 'contacts:\n  - { name: a, channel: telegram, address: "42" }'),
    [
      'it.yaml:6 spec.contacts.0.secret: is required for telegram; write { env: TOCSIN_SECRET_… } or { file: name }. The bot’s token, from @BotFather.',
    ],
  ],
  [
    'a setting that the channel does not know',
    written('Person', 'contacts:\n  - { name: a, channel: telegram, address: "42", secret: { file: bot }, settings: { topik: 7 } }'),
    ['it.yaml:6 spec.contacts.0.settings.topik: ‹topik› is not a key here; did you mean ‹topic›?'],
  ],
  [
    'an address of another channel',
    written('Person', 'contacts:\n  - name: a\n    channel: email\n    address: https://example.org'),
    ['it.yaml:8 spec.contacts.0.address: Write an e-mail address like ada@example.org.'],
  ],
  [
    'a contact named twice',
    written('Person', 'contacts:\n  - { name: a, channel: screen, address: x }\n  - { name: a, channel: screen, address: y }'),
    ['it.yaml:7 spec.contacts.1.name: ‹a› is used twice; give each contact its own name'],
  ],
  [
    'a rule for no contact',
    written('Person', 'contacts: [ { name: a, channel: screen, address: x } ]\npaging: { high: [ { contact: b, after: 0s } ] }'),
    ['it.yaml:6 spec.paging.high.0.contact: no contact is named ‹b›; the contacts are: a'],
  ],
  [
    'a duration without a unit',
    written('Person', 'contacts: [ { name: a, channel: screen, address: x } ]\npaging: { low: [ { contact: a, after: 5 } ] }'),
    ['it.yaml:6 spec.paging.low.0.after: ‹5› lacks a unit; write 5s, 5m or 5h'],
  ],
  [
    'a duration in words',
    written('Person', 'contacts: [ { name: a, channel: screen, address: x } ]\npaging: { low: [ { contact: a, after: 5 minutes } ] }'),
    ['it.yaml:6 spec.paging.low.0.after: write a duration such as 90s, 5m, 2h or 7d'],
  ],
  [
    'a secret in the open',
    written('Person', 'contacts: [ { name: a, channel: webhook, address: "https://example.org", secret: hunter2 } ]'),
    [
      'it.yaml:5 spec.contacts.0.secret: write { env: TOCSIN_SECRET_… } or { file: name } of a file in the folder of secrets; secrets are never written into documents',
    ],
  ],
  ['an unknown role', written('Person', 'role: amdin'), ['it.yaml:5 spec.role: ‹amdin› is not known here; did you mean ‹admin›?']],
  [
    'a language nobody has taught it',
    written('Person', 'language: tlh'),
    ['it.yaml:5 spec.language: ‹tlh› is not known here; write one of: en, de'],
  ],
  ['no e-mail address', written('Person', 'email: ada'), ['it.yaml:5 spec.email: write an address such as ada@example.org']],
  [
    'a time zone that is a city',
    written('Person', 'timeZone: Berlin'),
    ['it.yaml:5 spec.timeZone: is not a known time zone; write an IANA name such as Europe/Berlin'],
  ],

  // Schedules.
  [
    'a schedule in a city',
    written('Schedule', 'timeZone: Berlin\nlayers: []'),
    ['it.yaml:5 spec.timeZone: ‹Berlin› is not an IANA time zone; write Europe/Berlin'],
  ],
  [
    'a layer full of slips',
    written(
      'Schedule',
      'timeZone: UTC\nlayers:\n  - name: a\n    users: []\n    start: 2026-01-05\n    turn: 7\n    restrictions: [ { days: [monday], from: 9, until: "17:00" } ]',
    ),
    [
      "it.yaml:9 spec.layers.0.start: ‹2026-01-05› is not a date and time; write it as 2026-01-05T09:00, as the clocks in the schedule's zone show it",
      'it.yaml:10 spec.layers.0.turn: ‹7› lacks a unit; write 7d, 7w or 7h',
      'it.yaml:11 spec.layers.0.restrictions.0.days.0: Write a day as mon, tue, wed, thu, fri, sat or sun',
      'it.yaml:11 spec.layers.0.restrictions.0.from: ‹9› is not a time; write one such as 09:00',
    ],
  ],

  // Policies.
  [
    'nobody at the end',
    written('EscalationPolicy', 'levels: []'),
    ['it.yaml:4 spec.catchAll: is required: say who is paged when nobody else answers, such as catchAll: { notify: [ { team: name } ] }'],
  ],
  [
    'a target with a slip',
    written('EscalationPolicy', 'levels:\n  - after: 0s\n    notify:\n      - { persn: ada }\ncatchAll: { notify: [ { admins: true } ] }'),
    ['it.yaml:8 spec.levels.0.notify.0.persn: ‹persn› is not a key here; did you mean ‹person›?'],
  ],
  [
    'a target that is a name',
    written('EscalationPolicy', 'levels:\n  - { after: 0s, notify: [ ada ] }\ncatchAll: { notify: [ { admins: true } ] }'),
    ['it.yaml:6 spec.levels.0.notify.0: write { person: name }, { schedule: name } or { team: name }'],
  ],
  [
    'levels in disorder, for severities that are none',
    written(
      'EscalationPolicy',
      'levels:\n  - { after: 10m, notify: [], severities: [0] }\n  - { after: 5m, notify: [], severities: ["1"] }\ncatchAll: { notify: [] }\nrepeat: -1',
    ),
    [
      'it.yaml:6 spec.levels.0.severities.0: is 0; write 1 or more',
      'it.yaml:7 spec.levels.1.severities.0: ‹1› is a text; take the quotes away',
      'it.yaml:8 spec.catchAll.notify: needs one entry or more',
      'it.yaml:9 spec.repeat: is -1; write 0 or more',
    ],
  ],
  [
    'a later level that comes earlier',
    written(
      'EscalationPolicy',
      'levels:\n  - { after: 10m, notify: [] }\n  - { after: 5m, notify: [] }\ncatchAll: { notify: [ { admins: true } ] }',
    ),
    ['it.yaml:7 spec.levels.1.after: is earlier than the level before it (10m); `after` counts from the start of the escalation'],
  ],

  // Services and integrations.
  [
    'a service full of slips',
    written(
      'Service',
      'grouping: { by: alertname }\nlinks: [ { href: wiki, text: Wiki } ]\nackTimeout: 30\nautoResolve: "no"\nurgency: hihg',
    ),
    [
      'it.yaml:5 spec.grouping.by: ‹alertname› does not fit; write all, or a list: [ alertname ]',
      'it.yaml:6 spec.links.0.href: ‹wiki› is not a web address; write one such as https://example.org/page',
      'it.yaml:7 spec.ackTimeout: ‹30› lacks a unit; write 30s, 30m or 30h',
      'it.yaml:8 spec.autoResolve: ‹no› is neither true nor false',
      'it.yaml:9 spec.urgency: ‹hihg› is not known here; did you mean ‹high›?',
    ],
  ],
  [
    'an unknown source',
    `${written('Service', 'description: x').replace('name: it', 'name: api')}---\n${written('Integration', 'source: pagerdut\nservice: api\nkey: 0123456789abcdef0123456789abcdef'.replace('0123456789abcdef0123', 'abcdefabcdefabcdefab'))}`,
    ['it.yaml:11 spec.source: ‹pagerdut› is not a source; did you mean ‹pagerduty›?'],
  ],
  [
    'Prometheus by its own name, and a key that is easily guessed',
    `${written('Service', 'description: x').replace('name: it', 'name: api')}---\n${written('Integration', 'source: prometheus\nservice: api\nkey: secret')}`,
    [
      'it.yaml:11 spec.source: ‹prometheus› is not a source; did you mean ‹alertmanager›?',
      'it.yaml:13 spec.key: use 20 to 128 letters, digits, dots, dashes, underscores or tildes; `openssl rand -hex 16` makes one',
    ],
  ],
  [
    'no key',
    `${written('Service', 'description: x').replace('name: it', 'name: api')}---\n${written('Integration', 'source: generic\nservice: api')}`,
    ['it.yaml:10 spec.key: is required: the secret part of the address that senders use'],
  ],

  // References.
  ['a person nobody wrote', written('Team', 'members:\n  - ada'), ['it.yaml:6 spec.members.0: there is no Person ‹ada› in these files']],
  [
    'a person with a slip',
    `${written('Person', 'displayName: Ada').replace('name: it', 'name: ada')}---\n${written('Team', 'members: [ aad ]')}`,
    ['it.yaml:11 spec.members.0: there is no Person ‹aad› in these files; did you mean ‹ada›?'],
  ],
  [
    'a reference to something that is wrong itself',
    `${written('Person', 'role: king').replace('name: it', 'name: ada')}---\n${written('Team', 'members: [ ada ]')}`,
    ['it.yaml:5 spec.role: ‹king› is not known here; write one of: owner, admin, manager, responder, viewer'],
  ],
  [
    'two integrations with one key',
    ['api', 'a', 'b']
      .map((name, i) =>
        (i === 0
          ? written('Service', 'description: x')
          : written('Integration', 'source: generic\nservice: api\nkey: abcdefabcdefabcdefabcdef')
        ).replace('name: it', `name: ${name}`),
      )
      .join('---\n'),
    ['it.yaml:21 spec.key: is the key of Integration ‹a› too; make each its own with `openssl rand -hex 16`'],
  ],
]

test.each(GOLDEN)('%s: told with file, line and the mend', (_, text, expected) => {
  expect(told(text)).toEqual(expected)
})

test('mistakes in several files are told file by file, line by line', () => {
  const files = [
    { file: 'b.yaml', text: written('Team', 'members: [ nobody ]\ncolour: red') },
    { file: 'a.yaml', text: 'kind: Team\nspec: [\n' },
  ]
  expect(validateFiles(files, vocabulary, NOW).issues.map((issue) => `${issue.file}:${issue.line}`)).toEqual(['b.yaml:6', 'a.yaml:3'])
})

test('an address in a private network is a mistake where a server says so, and none without one', () => {
  const text = written('Person', 'contacts:\n  - { name: hook, channel: webhook, address: "http://10.1.2.3/x" }')
  const checkUrl = (url: string) => (url.includes('10.1.2.3') ? '10.1.2.3 is a private address; see TOCSIN_EGRESS_ALLOW.' : undefined)
  expect(readDocuments([{ file: 'it.yaml', text }], { ...vocabulary, checkUrl }).issues.map(issueText)).toEqual([
    'it.yaml:6 spec.contacts.0.address: 10.1.2.3 is a private address; see TOCSIN_EGRESS_ALLOW.',
  ])
  expect(readDocuments([{ file: 'it.yaml', text }], vocabulary).issues).toEqual([])
})

test('addresses are kept as their channel reads them', () => {
  const { documents } = readDocuments(
    [{ file: 'it.yaml', text: written('Person', 'contacts: [ { name: a, channel: screen, address: "  my phone " } ]') }],
    vocabulary,
  )
  expect(documents[0]!.spec).toEqual({ contacts: [{ name: 'a', channel: 'screen', address: 'my phone' }] })
})

test('an object that came without a file is told without a line', () => {
  const told = (spec: unknown) => readObject({ kind: 'Person', name: 'ada', spec }, vocabulary).issues
  expect(told({ role: 'king' })).toEqual([
    { path: 'spec.role', message: '‹king› is not known here; write one of: owner, admin, manager, responder, viewer' },
  ])
  expect(
    told(JSON.parse('{ "contacts": [ { "name": "a", "channel": "screen", "address": "x", "settings": { "__proto__": 1 } } ] }')),
  ).toEqual([{ path: 'spec.contacts.0.settings.__proto__', message: 'cannot be used as a key' }])
  const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
  expect(told({ contacts: deep })).toEqual([{ path: 'spec.contacts.0.0.0.0', message: 'is nested more than 60 deep' }])
})

test('keys leave as hashes', () => {
  const text = readFileSync('examples/first-steps.yaml', 'utf8')
  const { documents } = readDocuments([{ file: 'x', text }], vocabulary)
  expect(JSON.stringify(documents)).not.toContain('alertmanagerkey')
  expect(documents.find(({ name }) => name === 'payments-prometheus')!.spec).toMatchObject({
    keyStart: 'alertm',
    keyHash: expect.stringMatching(/^sha256:/),
  })
})
