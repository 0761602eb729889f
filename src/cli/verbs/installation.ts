import { dryRun, printing, yes } from './shared.ts'
import { verb } from './verb.ts'

export const serve = verb({
  words: 'serve',
  summary: 'start the server',
  options: {
    data: { value: 'folder', summary: 'everything the product keeps (TOCSIN_DATA, ./data)' },
    listen: { value: 'address:port', summary: 'where to listen; port 0 picks a free one (TOCSIN_LISTEN, 127.0.0.1:4400)' },
    url: { value: 'url', summary: 'the public address, used in links (TOCSIN_URL)' },
    database: { value: 'url', summary: 'a PostgreSQL to use instead of the embedded one (DATABASE_URL)' },
    config: { value: 'path', summary: 'a file or folder of configuration documents, applied at start (TOCSIN_CONFIG)' },
    demo: { negatable: true, summary: 'with, or without, the demo company (TOCSIN_DEMO)' },
    browser: { negatable: true, summary: 'open the browser once it is ready, or not; where there is a screen it does (TOCSIN_BROWSER)' },
    paused: { negatable: true, summary: 'holding every page back, or none although the data was copied or moved (TOCSIN_PAUSED)' },
  },
  examples: ['tocsin serve', 'tocsin serve --listen 0.0.0.0:4400 --url https://tocsin.example.org --config oncall/'],
  exits: { 2: 'a setting is wrong' },
  alsoCalled: ['start', 'server', 'run'],
  offline: true,
})

export const doctor = verb({
  words: 'doctor',
  summary: 'check that a page would reach a person: server, database, clock, mail, links, everyone on call',
  options: printing,
  examples: ['tocsin doctor', 'tocsin doctor || echo "mend it before tonight"'],
  exits: { 1: 'something is wrong; warnings alone do not count' },
  alsoCalled: ['health', 'check', 'diagnose', 'ping'],
})

export const resume = verb({
  words: 'resume',
  summary: 'let pages leave again after a pause: a copied, restored or moved installation holds them back',
  details: 'Incidents that are open and unacknowledged page anew, from level 1; those that ended page nobody.',
  options: { ...dryRun, ...printing },
  examples: ['tocsin resume'],
  alsoCalled: ['continue', 'unpause', 'go on'],
})

export const demoStatus = verb({
  words: 'demo status',
  summary: 'the demo company: what there is of it, and how to raise a first alert',
  options: printing,
  examples: ['tocsin demo'],
  isDefault: true,
})

export const demoStart = verb({
  words: 'demo start',
  summary: 'make the demo company, with a month behind it and six incidents under way',
  details: 'Touches nothing of your own, and pages nobody outside of the screens. Takes some seconds.',
  options: { ...dryRun, ...printing },
  examples: ['tocsin demo start'],
  alsoCalled: ['demo add', 'demo create', 'demo on'],
})

export const demoOutage = verb({
  words: 'demo outage',
  summary: 'let an outage of the demo company begin, to watch and to take part in',
  details:
    'From the first alert over declaring, roles and updates to its end. The communications lead is left for you: tocsin incident role.',
  options: { pace: { value: 'n', summary: 'how many times faster than it would be, 1 to 60 (4: five minutes)' }, ...dryRun, ...printing },
  examples: ['tocsin demo outage', 'tocsin demo outage --pace 10'],
})

export const demoRemove = verb({
  words: 'demo remove',
  summary: 'remove the demo company and all it ever did',
  details: 'What your own objects use stays, and is listed.',
  options: { ...dryRun, ...yes, ...printing },
  examples: ['tocsin demo remove', 'tocsin demo remove --dry-run'],
  alsoCalled: ['demo delete', 'demo rm'],
})

export const open = verb({
  words: 'open',
  summary: 'open the web application, or an incident, in your browser',
  arguments: [{ name: 'id', optional: true, names: 'incident', summary: 'an incident' }],
  options: { print: { summary: 'print the address instead' } },
  examples: ['tocsin open', 'tocsin open 142'],
  alsoCalled: ['browse', 'incident open', 'web'],
})

export const api = verb({
  words: 'api',
  summary: 'call the HTTP API',
  arguments: [
    { name: 'method', choices: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], summary: 'GET, POST, PUT, PATCH or DELETE' },
    { name: 'path', summary: 'below /api/v1, or whole: /readyz' },
  ],
  options: {
    data: { short: 'd', value: 'json', summary: 'the body; @file reads a file, - standard input' },
    idempotencyKey: { value: 'key', summary: 'a repeat with the same key does nothing' },
    ...dryRun,
  },
  examples: ['tocsin api GET "/incidents?status=open"', 'tocsin api PATCH /incidents/INC-142 -d \'{"severity": 1}\''],
  alsoCalled: ['curl', 'request', 'call'],
})

export const completion = verb({
  words: 'completion',
  summary: 'print a script that completes commands, options and names in your shell',
  arguments: [{ name: 'shell', choices: ['bash', 'zsh', 'fish', 'powershell'], summary: 'bash, zsh, fish or powershell' }],
  examples: [
    'tocsin completion bash > ~/.local/share/bash-completion/completions/tocsin',
    'tocsin completion zsh > ~/.zfunc/_tocsin',
    'tocsin completion fish > ~/.config/fish/completions/tocsin.fish',
    'tocsin completion powershell > tocsin.ps1',
  ],
  alsoCalled: ['completions', 'autocomplete'],
  offline: true,
})

export const names = verb({
  words: '__names',
  summary: 'names for completion, one a line',
  arguments: [
    { name: 'kind', summary: 'incident, alert, service, schedule, policy, person, team, integration, hook, override or profile' },
  ],
  examples: ['tocsin __names service'],
  hidden: true,
})
