import { dryRun, printing, yes } from './shared.ts'
import { verb } from './verb.ts'

export const loginLink = verb({
  words: 'login-link',
  summary: 'make a link that signs a person in',
  details: 'It works once, for 15 minutes.',
  arguments: [{ name: 'person', optional: true, names: 'person', summary: 'for whom; you, or the owner, unless said' }],
  options: { ...dryRun, ...printing },
  examples: ['tocsin login-link', 'tocsin login-link ada'],
  alsoCalled: ['login', 'signin', 'sign-in', 'auth login'],
})

export const whoami = verb({
  words: 'whoami',
  summary: 'who you are here, what you may do, and on which server',
  options: printing,
  examples: ['tocsin whoami'],
  alsoCalled: ['auth status'],
})

export const tokenCreate = verb({
  words: 'token create',
  summary: 'make an API token; its secret is printed once',
  arguments: [{ name: 'label', many: true, summary: 'what uses it' }],
  options: {
    role: {
      value: 'role',
      choices: ['owner', 'admin', 'manager', 'responder', 'viewer'],
      summary: 'what it may do; responder unless said',
    },
    person: { value: 'name', names: 'person', summary: 'in whose name it acts' },
    ...dryRun,
    ...printing,
  },
  examples: ['tocsin token create "deploy bot" --role responder', 'TOCSIN_TOKEN=$(tocsin token create laptop --person ada -o name)'],
  alsoCalled: ['token new', 'token add'],
})

export const tokenList = verb({
  words: 'token list',
  summary: 'API tokens in force, never their secrets',
  options: printing,
  examples: ['tocsin token list'],
  alsoCalled: ['token ls', 'tokens'],
})

export const tokenRevoke = verb({
  words: 'token revoke',
  summary: 'end API tokens',
  arguments: [{ name: 'ids', many: true, summary: 'tok_… or a label; - reads them from standard input' }],
  options: { ...dryRun, ...yes, ...printing },
  examples: ['tocsin token revoke "deploy bot"'],
  alsoCalled: ['token delete', 'token remove', 'token rm', 'logout'],
})

export const profileList = verb({
  words: 'profile list',
  summary: 'the servers you have profiles for',
  options: printing,
  examples: ['tocsin profile list'],
  alsoCalled: ['profile ls', 'profiles'],
  offline: true,
})

export const profileAdd = verb({
  words: 'profile add',
  summary: 'keep a server and its token under a name',
  details:
    'The token is read from TOCSIN_TOKEN, or asked for; piped, from standard input. The first profile is used unless another is named.',
  arguments: [
    { name: 'name', summary: 'what to call it' },
    { name: 'url', summary: 'the address of the server' },
  ],
  options: { use: { summary: 'use it from now on when no other is named' }, ...dryRun },
  examples: [
    'tocsin profile add prod https://tocsin.example.org',
    'pass tocsin/prod | tocsin profile add prod https://tocsin.example.org --use',
  ],
  alsoCalled: ['profile create', 'profile set'],
  offline: true,
})

export const profileRemove = verb({
  words: 'profile remove',
  summary: 'forget a profile',
  arguments: [{ name: 'name', names: 'profile', summary: 'which' }],
  options: dryRun,
  examples: ['tocsin profile remove prod'],
  alsoCalled: ['profile delete', 'profile rm'],
  offline: true,
})
