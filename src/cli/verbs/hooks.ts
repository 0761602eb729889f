import { dryRun, limit, printing, watching, yes } from './shared.ts'
import { verb } from './verb.ts'

const which = { name: 'name', names: 'hook', summary: 'the hook' } as const

export const hookList = verb({
  words: 'hook list',
  summary: 'programs that are told of what happens to incidents, each with how it fares',
  options: { ...watching, ...printing },
  examples: ['tocsin hook list', 'tocsin hook list --watch'],
  alsoCalled: ['hook ls', 'hooks', 'hook show', 'webhook', 'webhook out', 'subscription list'],
})

export const hookDeliveries = verb({
  words: 'hook deliveries',
  summary: 'what a hook was told within 7 days, and what its receiver answered',
  arguments: [which],
  options: { ...limit, body: { summary: 'the bodies that are sent, one a line' }, ...watching, ...printing },
  examples: ['tocsin hook deliveries tickets', 'tocsin hook deliveries tickets --limit 1 --body'],
  alsoCalled: ['hook log', 'hook events', 'webhook deliveries'],
})

export const hookRedeliver = verb({
  words: 'hook redeliver',
  summary: 'send deliveries once more, at once, under their ids',
  arguments: [which, { name: 'ids', many: true, summary: 'dlv_…, several if you like' }],
  options: { ...dryRun, ...printing },
  examples: ['tocsin hook redeliver tickets dlv_01kaf6e8m0zx3c9q2v7h4t5n8p'],
  exits: { 1: 'one of them did not arrive' },
  alsoCalled: ['hook resend', 'hook retry', 'webhook redeliver'],
})

export const hookTest = verb({
  words: 'hook test',
  summary: 'send an event of type hook.test and say what came of it',
  details: 'One that arrives switches a hook on that was switched off.',
  arguments: [which],
  options: { ...dryRun, ...printing },
  examples: ['tocsin hook test tickets'],
  exits: { 1: 'it did not arrive' },
  alsoCalled: ['hook ping', 'webhook test'],
})

export const hookSecret = verb({
  words: 'hook secret',
  summary: 'make a new secret to sign with; the one before signs beside it until it is retired',
  details: 'The secret is shown this once. With --retire nothing is made, and the one before signs no more.',
  arguments: [which],
  options: { retire: { summary: 'sign no more with the secret before' }, ...dryRun, ...yes, ...printing },
  examples: ['tocsin hook secret tickets', 'tocsin hook secret tickets --retire'],
  alsoCalled: ['hook rotate', 'hook key', 'webhook secret'],
})
