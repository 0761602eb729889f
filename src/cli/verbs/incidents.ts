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
  arguments: incidentIds,
  options: acting,
  examples: ['tocsin resolve 142', 'tocsin resolve 142 143 --dry-run'],
  sameAs: ['incident resolve'],
  alsoCalled: ['close', 'incident resolve', 'incident close', 'done'],
})

export const escalate = verb({
  words: 'escalate',
  summary: 'page the next level now',
  details: 'Takes an acknowledged incident back to detected.',
  arguments: incidentIds,
  options: acting,
  examples: ['tocsin escalate 142', 'tocsin escalate 142 --dry-run'],
  exits: { 5: 'it is resolved, or has no escalation policy' },
  sameAs: ['incident escalate', 'incident page'],
  alsoCalled: ['incident escalate', 'incident page'],
})

export const note = verb({
  words: 'note',
  summary: 'write on the timeline of incidents',
  arguments: [
    {
      name: 'idsAndText',
      many: true,
      optional: true,
      names: 'incident',
      summary: 'one or more incidents (- reads them from standard input), then the text',
    },
  ],
  options: { message: { value: 'text', summary: 'the text, when it looks like a number' }, ...mine, ...dryRun, ...printing },
  examples: ['tocsin note 142 "Rolled back gateway 2.14"', 'tocsin note --mine "Handing over to Li"'],
  sameAs: ['incident note'],
  alsoCalled: ['comment', 'incident note', 'incident comment'],
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
  alsoCalled: ['incident edit', 'incident sev', 'incident severity', 'incident set', 'incident rename', 'incident change'],
})

export const incidentList = verb({
  words: 'incident list',
  summary: 'incidents, newest first',
  options: {
    status: { value: 'status', choices: ['open', 'detected', 'acknowledged', 'resolved', 'all'], summary: 'open unless said' },
    service: { short: 's', value: 'name', many: true, names: 'service', summary: 'of this service' },
    team: { short: 't', value: 'name', many: true, summary: 'of services of this team' },
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
  alsoCalled: ['incident get', 'incident view', 'show', 'incident timeline'],
})

export const incidentWatch = verb({
  words: 'incident watch',
  summary: 'one incident on screen, live',
  details: 'Keys: a acknowledge, e escalate, r resolve, q quit. Piped, it prints each event as a line of JSON.',
  arguments: [{ name: 'id', names: 'incident', summary: '142, INC-142 or inc_…' }],
  examples: ['tocsin incident watch 142', 'tocsin incident watch 142 | jq .type'],
  alsoCalled: ['watch', 'incident follow', 'incident tail'],
})
