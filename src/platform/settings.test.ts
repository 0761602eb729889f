import { expect, test } from 'vitest'
import { readSettings, shownSettings } from './settings.ts'

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
