import { dryRun, printing, watching } from './shared.ts'
import { verb } from './verb.ts'

export const personList = verb({
  words: 'person list',
  summary: 'people, with their role, contacts and what they are on call for',
  options: { team: { value: 'name', names: 'team', summary: 'of this team' }, ...watching, ...printing },
  examples: ['tocsin person list', 'tocsin person list --team payments -o wide'],
  alsoCalled: ['person ls', 'people list', 'people', 'persons', 'user list', 'users', 'member list'],
})

export const personShow = verb({
  words: 'person show',
  summary: 'one person: contacts, paging rules, teams',
  arguments: [{ name: 'name', names: 'person', summary: 'the person' }],
  options: printing,
  examples: ['tocsin person show ada'],
  alsoCalled: ['person get', 'person view', 'user show', 'people show'],
})

export const personPage = verb({
  words: 'person page',
  summary: 'page yourself, or somebody, as a test',
  details:
    'It goes by the real paging rules to the real contacts and says that it is a test. It opens no incident, and nobody else is paged.',
  arguments: [{ name: 'name', optional: true, names: 'person', summary: 'the person; yourself unless said' }],
  options: { lowUrgency: { summary: 'by the rules for low urgency' }, ...dryRun, ...printing },
  examples: ['tocsin person page', 'tocsin person page ada --low-urgency'],
  alsoCalled: ['person test', 'page me', 'oncall test-page', 'test-page'],
})

export const personUpdate = verb({
  words: 'person update',
  summary: 'change how you, or somebody, is called and paged',
  details:
    'Everybody may change themselves. A contact is a name, how it is reached and where: phone=ntfy:https://ntfy.sh/topic. Rules are contacts in their order, each with when: phone,mail@5m.',
  arguments: [{ name: 'name', optional: true, names: 'person', summary: 'the person; yourself unless said' }],
  options: {
    called: { value: 'text', summary: 'the name people know' },
    zone: { value: 'zone', summary: 'time zone, such as Europe/Berlin' },
    contact: { value: 'name=channel:address', many: true, summary: 'a contact to add or change' },
    without: { value: 'contact', many: true, summary: 'a contact to take away, with its rules' },
    high: { value: 'rules', summary: 'who is tried at high urgency, and when; none: all contacts at once' },
    low: { value: 'rules', summary: 'the same at low urgency' },
    ...dryRun,
    ...printing,
  },
  examples: [
    'tocsin person update --contact phone=ntfy:https://ntfy.sh/a-topic-of-mine --high phone,mail@5m',
    'tocsin person update ada --called "Ada Ekwueme" --zone Europe/Berlin',
  ],
  alsoCalled: ['person edit', 'person set', 'contact add', 'person contact'],
})

export const teamList = verb({
  words: 'team list',
  summary: 'teams, with their members and services',
  options: printing,
  examples: ['tocsin team list'],
  alsoCalled: ['team ls', 'teams', 'group list'],
})

export const teamShow = verb({
  words: 'team show',
  summary: 'one team: members, services',
  arguments: [{ name: 'name', names: 'team', summary: 'the team' }],
  options: printing,
  examples: ['tocsin team show payments'],
  alsoCalled: ['team get', 'team view', 'group show'],
})

export const channelList = verb({
  words: 'channel list',
  summary: 'the channels that contacts can name: what they want, and what they can do',
  options: printing,
  examples: ['tocsin channel list', 'tocsin channel list -o wide'],
  alsoCalled: ['channel ls', 'channels', 'contact channels'],
})
