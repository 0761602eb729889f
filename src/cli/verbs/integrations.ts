import { dryRun, limit, printing, severityOption, watching, yes } from './shared.ts'
import { verb } from './verb.ts'

const which = [{ name: 'name', names: 'integration', summary: 'the integration' }] as const

export const integrationList = verb({
  words: 'integration list',
  summary: 'ways in, with when each was last heard and what could not be used',
  options: { service: { short: 's', value: 'name', names: 'service', summary: 'of this service' }, ...watching, ...printing },
  examples: ['tocsin integration list', 'tocsin integration list -s checkout --watch'],
  alsoCalled: ['integration ls', 'integrations', 'source list', 'key list', 'webhook list'],
})

export const integrationShow = verb({
  words: 'integration show',
  summary: 'one way in: address, keys, how senders are pointed at it',
  arguments: which,
  options: printing,
  examples: ['tocsin integration show payments-alertmanager'],
  alsoCalled: ['integration get', 'integration view', 'integration connect'],
})

export const integrationEvents = verb({
  words: 'integration events',
  summary: 'the last bodies that came in, and how they were read',
  arguments: which,
  options: { ...limit, raw: { summary: 'the bodies as they came, one after another' }, ...watching, ...printing },
  examples: ['tocsin integration events payments-alertmanager', 'tocsin integration events payments-alertmanager --limit 1 --raw'],
  alsoCalled: ['integration log', 'integration payloads', 'integration tail'],
})

export const integrationTest = verb({
  words: 'integration test',
  summary: 'send an example the way every alert goes',
  details: 'It pages whom an alert of that severity pages; 4, the lowest, unless said.',
  arguments: which,
  options: { sev: severityOption, ...dryRun, ...yes, ...printing },
  examples: ['tocsin integration test payments-alertmanager', 'tocsin integration test payments-alertmanager --sev 1 --yes'],
  exits: { 1: 'it was refused, or has not been worked off within 10 s' },
  alsoCalled: ['integration ping', 'integration try', 'test'],
})

export const unparsedList = verb({
  words: 'unparsed list',
  summary: 'bodies that came in and could not be used, newest first',
  options: {
    integration: { value: 'name', names: 'integration', summary: 'of this integration' },
    raw: { summary: 'the bodies as they came, one after another' },
    ...limit,
    ...watching,
    ...printing,
  },
  examples: ['tocsin unparsed list', 'tocsin unparsed list --integration payments-alertmanager --limit 1 --raw'],
  alsoCalled: ['unparsed ls', 'unparsed', 'rejected list', 'integration unparsed', 'alert unparsed'],
})
