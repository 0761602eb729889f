import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readSettings, SettingRefusal, shownSettings, unusedProxy, VARIABLES } from './settings.ts'

const env = {
  DATABASE_URL: 'postgres://tocsin:opensesame@db.example:5433/pager?sslmode=require',
  TOCSIN_SMTP_URL: 'smtps://postman:letmein@mail.example:465',
  TOCSIN_MAIL_FROM: 'pager@example.org',
  TOCSIN_ADMIN_TOKEN: 'an admin token of more than 32 characters',
  TOCSIN_SECRET_KEY_FILE: '/run/secrets/key',
  TOCSIN_EGRESS_ALLOW: '10.0.0.0/8',
}

test('what is shown of the settings holds no secret', () => {
  const shown = shownSettings(readSettings({ url: 'https://pager.example.org' }, env))
  expect(shown).toMatchObject({
    database: { host: 'db.example:5433', name: 'pager' },
    mail: { server: 'smtps://mail.example:465', from: 'pager@example.org' },
    hasAdminToken: true,
    isUrlSet: true,
  })
  expect(JSON.stringify(shown)).not.toMatch(/opensesame|letmein|postman|an admin token/)
})

test('what was set is told from what comes by itself', () => {
  expect(shownSettings(readSettings({ url: 'https://pager.example.org' }, env)).given).toEqual([
    'TOCSIN_URL',
    'DATABASE_URL',
    'TOCSIN_ADMIN_TOKEN',
    'TOCSIN_SECRET_KEY_FILE',
    'TOCSIN_SMTP_URL',
    'TOCSIN_MAIL_FROM',
    'TOCSIN_EGRESS_ALLOW',
  ])
  expect(shownSettings(readSettings({}, { TOCSIN_URL: ' ' }))).toMatchObject({ given: [], listen: '127.0.0.1:4400', database: null })
})

test.each([
  ['TOCSIN_LISTN', 'TOCSIN_LISTEN'],
  ['TOCSIN_EGRES_ALLOW', 'TOCSIN_EGRESS_ALLOW'],
  ['TOCSIN_Config', 'TOCSIN_CONFIG'],
  ['TOCSIN_SMTP', 'did you mean TOCSIN_SMTP_URL\\?'],
  ['TOCSIN_FROBNICATE', 'docs/running.md lists them'],
  ['TOCSIN_secret_ntfy', 'TOCSIN_SECRET_'],
  ['TOCSIN_PORT', 'docs/running.md'],
  ['TOCSIN_', 'docs/running.md'],
])('%s is no setting: the start is refused', (variable, mend) => {
  expect(() => readSettings({}, { [variable]: '8080' })).toThrow(SettingRefusal)
  expect(() => readSettings({}, { [variable]: '8080' })).toThrow(new RegExp(`^${variable} is not a setting; .*${mend}`))
})

test('variables of others are let be: of the command line, secrets, and what Kubernetes tells of a Service called tocsin', () => {
  const others = {
    TOCSIN_SERVER: 'http://x',
    TOCSIN_TOKEN: 't',
    TOCSIN_SECRET_NTFY: 'tk',
    TOCSIN_SERVICE_HOST: '10.0.0.7',
    TOCSIN_SERVICE_PORT: '4400',
    TOCSIN_SERVICE_PORT_HTTP: '4400',
    TOCSIN_PORT: 'tcp://10.0.0.7:4400',
    TOCSIN_PORT_4400_TCP: 'tcp://10.0.0.7:4400',
    TOCSIN_PORT_4400_TCP_ADDR: '10.0.0.7',
    TOCSIN_DB_SERVICE_HOST: 'fd00::7',
    NOT_TOCSIN_X: '1',
  }
  expect(readSettings({}, others).given).toEqual([])
})

test('every variable named anywhere in the program is known to the settings', () => {
  const named = new Set(
    readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'))
      .flatMap((file) =>
        [...readFileSync(join('src', file), 'utf8').matchAll(/\benv(?:ironment)?(?:\.|\[')(TOCSIN_[A-Z_]+)/g)].map(([, name]) => name!),
      ),
  )
  expect(named.size).toBeGreaterThan(10)
  expect([...named].filter((name) => !VARIABLES.includes(name))).toEqual([])
})

test('the folder of secrets stands in the data folder unless set, and never holds it', () => {
  expect(readSettings({ data: '/srv/tocsin' }, {}).secretsFolder).toBe('/srv/tocsin/secrets')
  expect(readSettings({ data: '/srv/tocsin' }, { TOCSIN_SECRETS: '/run/secrets' }).secretsFolder).toBe('/run/secrets')
  for (const folder of ['/srv/tocsin', '/srv/', '/', '/srv/tocsin/secrets/..'])
    expect(() => readSettings({ data: '/srv/tocsin' }, { TOCSIN_SECRETS: folder })).toThrow(/holds nothing but secrets/)
})

test.each([
  ['https://ops.example/tocsin', '--url has a path (/tocsin); Tocsin needs a host name of its own: write https://ops.example, and let'],
  [
    'http://127.0.0.1:5372/tocsin/',
    '--url has a path (/tocsin/); Tocsin needs a host name of its own: write http://127.0.0.1:5372, and let',
  ],
  ['https://ada:secret@ops.example', '--url holds a user or a password; it stands in every message, so write https://ops.example.'],
])('an own address of %s would be half understood: the start is refused', (url, sentence) => {
  expect(() => readSettings({ url }, {})).toThrow(SettingRefusal)
  expect(() => readSettings({ url }, {})).toThrow(sentence)
  expect(() => readSettings({}, { TOCSIN_URL: url })).toThrow(sentence.replace('--url', 'TOCSIN_URL'))
})

test('an own address is its origin, with a slash at its end or without', () => {
  for (const url of ['https://ops.example', 'https://ops.example/', 'https://OPS.example:443'])
    expect(readSettings({ url }, {}).url).toBe('https://ops.example')
})

test('a proxy that is not used is known by the variable that names it', () => {
  expect(unusedProxy({ HTTP_PROXY: 'http://p:3128' })).toBe('HTTP_PROXY')
  expect(unusedProxy({ https_proxy: 'http://p:3128', HTTP_PROXY: 'http://p:3128' })).toBe('https_proxy')
  expect(unusedProxy({ ALL_PROXY: 'socks5://p', NO_PROXY: 'localhost' })).toBe('ALL_PROXY')
  expect(unusedProxy({ HTTPS_PROXY: 'http://p:3128', NO_PROXY: '*' })).toBeNull()
  expect(unusedProxy({ HTTPS_PROXY: ' ' })).toBeNull()
})
