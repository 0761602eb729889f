import { dryRun, files, printing, yes } from './shared.ts'
import { verb } from './verb.ts'

const prune = { prune: { summary: 'also remove what came from files and is no longer written' } } as const

const keepTurn = {
  keepTurn: { summary: 'let whoever has the turn keep it, by another start of the layer; told, so that you can write it down' },
} as const

export const validate = verb({
  words: 'validate',
  summary: 'check configuration documents; needs no server',
  options: { ...files, ...printing },
  examples: ['tocsin validate -f oncall/', 'cat team.yaml | tocsin validate -f -'],
  exits: { 1: 'something is wrong in them' },
  alsoCalled: ['lint', 'check', 'config validate'],
  offline: true,
})

export const diff = verb({
  words: 'diff',
  summary: 'what applying documents would change',
  options: { ...files, ...prune, ...keepTurn, ...printing },
  examples: ['tocsin diff -f oncall/', 'tocsin diff -f oncall/ --prune'],
  exits: { 0: 'they are the same', 1: 'they differ' },
  alsoCalled: ['plan', 'config diff'],
})

export const apply = verb({
  words: 'apply',
  summary: 'put documents in force, all or none',
  options: { ...files, ...prune, ...keepTurn, ...dryRun, ...yes, ...printing },
  examples: ['tocsin apply -f oncall/', 'tocsin apply -f oncall/ --prune --dry-run', 'tocsin apply -f oncall/ --keep-turn'],
  alsoCalled: ['config apply', 'sync'],
})

export const exportVerb = verb({
  words: 'export',
  summary: 'the configuration in force, as documents',
  details:
    'Keys are exported as their hash, secrets as references. With -f it is written into a file, or into a folder with one file for each kind.',
  options: {
    file: { short: 'f', value: 'path', summary: 'where to write it; standard output unless said' },
    kind: {
      value: 'kind',
      choices: [
        'people',
        'teams',
        'schedules',
        'policies',
        'services',
        'integrations',
        'overrides',
        'severity-schemes',
        'command-settings',
        'roles',
        'hooks',
      ],
      summary: 'of this kind only',
    },
    name: { value: 'name', summary: 'the object of this name only' },
    ...dryRun,
    ...yes,
  },
  examples: ['tocsin export > oncall.yaml', 'tocsin export -f oncall/', 'tocsin export --kind schedules --name payments-primary'],
  exits: { 5: 'a file is in the way, and nobody said --yes' },
  alsoCalled: ['backup', 'dump', 'config export'],
})
