import { dryRun, incidentIds, limit, mine, printing, severityOption, span, watching, yes } from './shared.ts'
import { verb } from './verb.ts'

const acting = { ...mine, ...dryRun, ...yes, ...printing }

export const trigger = verb({
  words: 'trigger',
  summary: 'raise an alert',
  details:
    'With --key (or TOCSIN_KEY) it sends an event to the integration of that key, as a monitoring system would: the alert is deduplicated and grouped. Without a key it declares an incident for the service.',
  arguments: [{ name: 'title', many: true, summary: 'what is wrong, in one line' }],
  options: {
    service: { short: 's', value: 'name', names: 'service', summary: 'the service; with --key the integration knows it' },
    sev: severityOption,
    key: { value: 'key', summary: 'the key of an integration that speaks generic' },
    dedup: { value: 'key', summary: 'alerts of the same key are one; with --key only' },
    label: { short: 'l', value: 'k=v', many: true, summary: 'what to route and group by; with --key only' },
    ...dryRun,
    ...printing,
  },
  examples: [
    'tocsin trigger "Disk full on db-1" --key $TOCSIN_KEY --dedup db-1/disk --label host=db-1',
    'tocsin trigger "Checkout is slow" -s checkout --sev 3',
  ],
  alsoCalled: ['alert create', 'alert send', 'page', 'fire'],
})

export const ack = verb({
  words: 'ack',
  summary: 'acknowledge incidents: you have it, the escalation stops',
  arguments: incidentIds,
  options: acting,
  examples: ['tocsin ack 142', 'tocsin ack --mine', 'tocsin incident list -s checkout | tocsin ack -'],
  exits: { 5: 'it is resolved already' },
  sameAs: ['incident ack'],
  alsoCalled: ['acknowledge', 'incident ack', 'incident acknowledge', 'alert ack'],
})

export const resolve = verb({
  words: 'resolve',
  summary: 'resolve incidents; their open alerts end',
  details:
    'Of a declared incident say what was done. Where its level wants checks, they must be met, or --override says why they need not be.',
  arguments: [
    {
      name: 'idsAndText',
      many: true,
      optional: true,
      names: 'incident',
      summary: 'one or more incidents (- reads them from standard input), then what was done',
    },
  ],
  options: {
    data: { value: 'lost', choices: ['none', 'some', 'unknown'], summary: 'whether data was lost; unknown unless said' },
    override: { value: 'why', summary: 'resolve although not all is checked; kept for ever' },
    ...acting,
  },
  examples: ['tocsin resolve 142', 'tocsin resolve 142 "rolled back gateway 2.14" --data none', 'tocsin resolve 142 143 --dry-run'],
  exits: { 5: 'not all is checked that its level wants' },
  sameAs: ['incident resolve'],
  alsoCalled: ['close', 'incident resolve', 'done'],
})

export const escalate = verb({
  words: 'escalate',
  summary: 'page the next level now',
  details: 'Nobody has it until somebody acknowledges again.',
  arguments: incidentIds,
  options: acting,
  examples: ['tocsin escalate 142', 'tocsin escalate 142 --dry-run'],
  exits: { 5: 'it is resolved, or has no escalation policy' },
  sameAs: ['incident escalate'],
  alsoCalled: ['incident escalate'],
})

export const incidentCreate = verb({
  words: 'incident create',
  summary: 'declare an incident',
  arguments: [{ name: 'title', many: true, summary: 'what is wrong, in one line; may begin with the severity: SEV1 "API gateway down"' }],
  options: {
    service: { short: 's', value: 'name', names: 'service', summary: 'what is broken; its escalation policy is followed' },
    policy: { value: 'name', names: 'policy', summary: 'follow this escalation policy instead' },
    sev: severityOption,
    summary: { value: 'text', summary: 'a few sentences more' },
    alert: {
      value: 'alert',
      many: true,
      names: 'alert',
      summary: 'declared from this alert, which comes into it; says level and service, unless you do',
    },
    private: { summary: 'seen by you, by whoever is paged, and by those you allow' },
    allow: { value: 'member', many: true, names: 'person', summary: 'of a private one: who else sees it; raj, or team:security' },
    ...dryRun,
    ...printing,
  },
  examples: ['tocsin incident create SEV1 "API gateway down" -s api-gateway', 'tocsin incident create "Mail is late" --policy office'],
  alsoCalled: ['declare', 'incident declare', 'incident new', 'incident open'],
})

export const incidentUpdate = verb({
  words: 'incident update',
  summary: 'change severity, title or summary',
  details: 'A severity set by a person stays, whatever alerts say.',
  arguments: incidentIds,
  options: {
    sev: severityOption,
    title: { value: 'text', summary: 'what is wrong, in one line' },
    summary: { value: 'text', summary: 'a few sentences more' },
    reason: { value: 'text', summary: 'why the severity changes; kept on the timeline' },
    ...mine,
    ...dryRun,
    ...yes,
    ...printing,
  },
  examples: [
    'tocsin incident update 142 --sev 1 --reason "customers are affected"',
    'tocsin incident update 142 --title "API gateway down in eu-1"',
  ],
  alsoCalled: ['incident edit', 'incident set', 'incident rename', 'incident change'],
})

const oneIncident = { name: 'id', names: 'incident', summary: '142, INC-142 or inc_…' } as const

export const incidentPrivate = verb({
  words: 'incident private',
  summary: 'hide an incident from all but those who are in it',
  details:
    'Whoever declared it, has it, has a role in it or was paged for it goes on seeing it, and so do you. No role sees it; for others it is not there.',
  arguments: [oneIncident],
  options: { ...dryRun, ...printing },
  examples: ['tocsin incident private 142'],
  exits: { 5: 'nobody could see it' },
  alsoCalled: ['incident hide', 'private'],
})

export const incidentPublic = verb({
  words: 'incident public',
  summary: 'show a private incident to everybody',
  details: 'Only who commands it or declared it may. All that was written in it is then seen by everybody.',
  arguments: [oneIncident],
  options: { ...dryRun, ...yes, ...printing },
  examples: ['tocsin incident public 142 --yes'],
  exits: { 5: 'you neither command nor declared it' },
  alsoCalled: ['incident unhide', 'incident publish'],
})

export const incidentAllow = verb({
  words: 'incident allow',
  summary: 'let somebody see a private incident',
  details: 'A team stands for everybody who is in it at the moment.',
  arguments: [oneIncident, { name: 'member', names: 'person', summary: 'a person (raj or @raj), or team:security' }],
  options: { remove: { summary: 'take them off instead' }, ...dryRun, ...printing },
  examples: ['tocsin incident allow 142 @raj', 'tocsin incident allow 142 team:security', 'tocsin incident allow 142 @raj --remove'],
  exits: { 5: 'it is public, or they are the last one' },
  alsoCalled: ['allow', 'incident member', 'incident invite', 'incident share'],
})

export const incidentList = verb({
  words: 'incident list',
  summary: 'incidents, newest first',
  options: {
    status: { value: 'status', choices: ['open', 'detected', 'acknowledged', 'resolved', 'all'], summary: 'open unless said' },
    service: { short: 's', value: 'name', many: true, names: 'service', summary: 'of this service' },
    team: { short: 't', value: 'name', many: true, names: 'team', summary: 'of services of this team' },
    sev: { value: '1-5', many: true, summary: 'of this severity' },
    urgency: { value: 'urgency', choices: ['high', 'low'], summary: 'of this urgency' },
    acknowledgedBy: { value: 'name', many: true, names: 'person', summary: 'this person has it; me is you' },
    waitingFor: { value: 'name', names: 'person', summary: 'nobody has it, and this person has been paged for it; me is you' },
    text: { value: 'words', summary: 'with this in the title; or the number, or the dedup key of one of its alerts' },
    ...span,
    ...mine,
    ...limit,
    ...watching,
    ...printing,
  },
  examples: [
    'tocsin incident list',
    'tocsin incident list --status all --sev 1 --since 7d -o csv',
    'tocsin incident list --waiting-for me',
    'tocsin incident list --watch',
  ],
  alsoCalled: ['incident ls', 'incidents', 'list', 'ls', 'status'],
})

export const incidentShow = verb({
  words: 'incident show',
  summary: 'one incident: who has it, who is next, what happened',
  arguments: [{ name: 'id', names: 'incident', summary: '142, INC-142 or inc_…' }],
  options: { all: { summary: 'the whole timeline, not its last 20 entries' }, ...printing },
  examples: ['tocsin incident show 142'],
  alsoCalled: ['incident get', 'incident view', 'show'],
})

export const incidentPlan = verb({
  words: 'incident plan',
  summary: 'its response plan: what to do, where to look, whom to tell and to call',
  arguments: [{ name: 'id', names: 'incident', summary: '142, INC-142 or inc_…' }],
  options: { ...printing },
  examples: ['tocsin incident plan 142'],
})

export const incidentWatch = verb({
  words: 'incident watch',
  summary: 'one incident on screen, live',
  details: 'Keys: a acknowledge, e escalate, r resolve, q quit. Piped, it prints each event as a line of JSON.',
  arguments: [{ name: 'id', names: 'incident', summary: '142, INC-142 or inc_…' }],
  examples: ['tocsin incident watch 142', 'tocsin incident watch 142 | jq .type'],
  alsoCalled: ['watch', 'incident follow', 'incident tail'],
})

export const incidentAttach = verb({
  words: 'incident attach',
  summary: 'put files on an incident: a graph, a log, a dump; at most 25 MB each',
  arguments: [
    { name: 'id', names: 'incident', summary: '142, INC-142 or inc_…' },
    { name: 'files', many: true, summary: 'paths of files' },
  ],
  options: { ...dryRun, ...printing },
  examples: ['tocsin incident attach 142 graph.png', 'tocsin incident attach 142 *.log'],
  alsoCalled: ['attach', 'incident upload', 'incident file'],
})
