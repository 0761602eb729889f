import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CommandError } from '../errors.ts'
import { findServer } from './find.ts'
import { profilesPath, readProfiles, writeProfiles } from './profiles.ts'

let folder: string
let env: Record<string, string>
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-find-'))
  env = { XDG_CONFIG_HOME: join(folder, 'config'), TOCSIN_DATA: join(folder, 'data') }
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function serverHere(url = 'http://127.0.0.1:4400') {
  mkdirSync(env['TOCSIN_DATA']!)
  writeFileSync(join(env['TOCSIN_DATA']!, 'server.url'), `${url}\n`)
  writeFileSync(join(env['TOCSIN_DATA']!, 'local.token'), 'tocsin_local\n')
}

test('on the machine of the server nothing has to be said', () => {
  serverHere()
  expect(findServer({}, env)).toMatchObject({ url: 'http://127.0.0.1:4400', token: 'tocsin_local' })
})

test('what is said goes before what is set, and that before profiles and the data folder', () => {
  serverHere()
  writeProfiles(env, {
    use: 'prod',
    profiles: { prod: { server: 'https://prod.example.org/', token: 'p' }, test: { server: 'https://test.example.org', token: 't' } },
  })
  expect(findServer({}, env)).toEqual({
    url: 'https://prod.example.org',
    token: 'p',
    through: 'the profile prod',
    tokenThrough: 'the profile prod',
  })
  expect(findServer({ profile: 'test' }, env)).toMatchObject({ url: 'https://test.example.org', token: 't' })
  const set = { ...env, TOCSIN_SERVER: 'https://set.example.org', TOCSIN_TOKEN: 's' }
  expect(findServer({}, set)).toMatchObject({ url: 'https://set.example.org', token: 's' })
  expect(findServer({ profile: 'test' }, set)).toMatchObject({ token: 't' })
  expect(findServer({ server: 'https://said.example.org' }, set)).toMatchObject({ url: 'https://said.example.org', token: 's' })
})

test('the token of the data folder goes to its own server only', () => {
  serverHere()
  expect(findServer({ server: 'http://127.0.0.1:4400/' }, env).token).toBe('tocsin_local')
  expect(findServer({ server: 'https://elsewhere.example.org' }, env).token).toBeNull()
})

test('with nothing to go by it says what to set', () => {
  expect(() => findServer({}, env)).toThrow(/No server is named/)
  try {
    findServer({ profile: 'prod' }, env)
    expect.unreachable()
  } catch (error) {
    expect(error).toBeInstanceOf(CommandError)
    expect((error as CommandError).exit).toBe(3)
  }
  expect(() => findServer({ server: 'tocsin' }, env)).toThrow(/write the address of the server/)
})

test('profiles hold tokens: they are written for their owner alone, and not read otherwise', () => {
  writeProfiles(env, { use: null, profiles: { prod: { server: 'https://prod.example.org', token: 'p' } } })
  expect(statSync(profilesPath(env)).mode & 0o777).toBe(0o600)
  chmodSync(profilesPath(env), 0o644)
  expect(() => readProfiles(env)).toThrow(/can be read by others/)
})

test.for([
  'profiles: { prod: https://prod.example.org }',
  'profiles: { prod: { server: https://prod.example.org, tokn: p } }',
  'profiles: [prod]',
  'use: 7',
  'prod: { server: https://prod.example.org }',
  'profiles: {',
])('a file of profiles that is written otherwise is said to be: %s', (text) => {
  writeProfiles(env, { profiles: {} })
  writeFileSync(profilesPath(env), text)
  expect(() => readProfiles(env)).toThrow(/is not as it should be/)
})
