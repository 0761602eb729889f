import { printing, watching } from './shared.ts'
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
