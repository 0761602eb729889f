import { dryRun, limit, printing, span, watching } from './shared.ts'
import { verb } from './verb.ts'

const which = [{ name: 'alert', names: 'alert', summary: 'alr_…, a dedup key, or an incident for its newest alert' }] as const

export const alertList = verb({
  words: 'alert list',
  summary: 'alerts, newest first',
  options: {
    status: { value: 'status', choices: ['open', 'ended', 'all'], summary: 'open unless said' },
    service: { short: 's', value: 'name', many: true, names: 'service', summary: 'of this service' },
    sev: { value: '1-4', many: true, summary: 'of this severity' },
    integration: { value: 'name', many: true, names: 'integration', summary: 'that came in here' },
    label: { short: 'l', value: 'k=v', many: true, summary: 'with this label; the same name twice means one of the two' },
    incident: { value: 'id', names: 'incident', summary: 'of this incident' },
    dedup: { value: 'key', summary: 'of this dedup key' },
    text: { value: 'words', summary: 'with this in the title or the dedup key; or the number of its incident' },
    ...span,
    ...limit,
    ...watching,
    ...printing,
  },
  examples: ['tocsin alert list', 'tocsin alert list --incident 142 --status all', 'tocsin alert list -l env=prod --since 24h'],
  alsoCalled: ['alert ls', 'alerts'],
})

export const alertShow = verb({
  words: 'alert show',
  summary: 'one alert: labels, annotations, counts',
  arguments: which,
  options: { payload: { summary: 'the body that opened it, as it came' }, ...printing },
  examples: ['tocsin alert show db-1/disk', 'tocsin alert show db-1/disk --payload'],
  alsoCalled: ['alert get', 'alert view'],
})

const several = [{ name: 'alerts', names: 'alert', many: true, summary: 'alr_… or dedup keys' }] as const

export const alertMove = verb({
  words: 'alert move',
  summary: 'put alerts into another incident',
  details: 'It gets as bad as they are, and what comes by their keys later goes there too.',
  arguments: several,
  options: {
    to: { value: 'id', names: 'incident', summary: 'into this incident, which is open' },
    hides: { summary: 'it is private: its members alone will see the alerts' },
    ...dryRun,
    ...printing,
  },
  examples: ['tocsin alert move db-1/disk --to 142'],
  alsoCalled: ['alert link', 'incident move'],
})

export const alertSplit = verb({
  words: 'alert split',
  summary: 'take alerts out of their incident into a new one',
  details: 'You have the new one: nobody is paged.',
  arguments: several,
  options: { title: { value: 'text', summary: 'what it is called; like the worst of them, unless said' }, ...dryRun, ...printing },
  examples: ['tocsin alert split db-1/disk --title "The disk of db-1 is full"'],
  alsoCalled: ['incident split'],
})

export const alertWhy = verb({
  words: 'alert why',
  summary: 'every decision about an alert, from receipt to delivery',
  details: 'Filled marks decided something, hollow ones are facts, x marks what did not work.',
  arguments: which,
  options: printing,
  examples: ['tocsin alert why 142', 'tocsin alert why db-1/disk -o json'],
  alsoCalled: ['why', 'alert explain', 'alert trace', 'incident why'],
})
