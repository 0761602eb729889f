import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isRefusal } from '../kernel/result.ts'
import type { SecretReference } from '../kernel/secret-reference.ts'
import { createSecrets } from './secrets.ts'

const root = mkdtempSync(join(tmpdir(), 'secrets-'))
afterAll(() => rmSync(root, { recursive: true }))
const folder = join(root, 'secrets')
mkdirSync(join(folder, 'team'), { recursive: true })
mkdirSync(join(folder, '..data'))
writeFileSync(join(root, 'secret.key'), 'the key of the whole installation')
writeFileSync(join(root, 'local.token'), 'tocsin_everything')
writeFileSync(join(folder, 'ntfy-token'), 'tk_good\n')
writeFileSync(join(folder, 'team', 'hook'), 'signs')
writeFileSync(join(folder, 'large'), 'x'.repeat(64 * 1024 + 1))
writeFileSync(join(folder, 'full'), 'x'.repeat(64 * 1024))
writeFileSync(join(folder, 'blank'), ' \n')
writeFileSync(join(folder, '..data', 'mounted'), 'by a link')
writeFileSync(join(folder, 'own-key'), 'a key file that an operator put among the secrets')
symlinkSync('..data/mounted', join(folder, 'mounted'))
symlinkSync('../secret.key', join(folder, 'out'))
symlinkSync('/dev/zero', join(folder, 'zero'))
linkSync(join(root, 'secret.key'), join(folder, 'hard'))
execFileSync('mkfifo', [join(folder, 'pipe')])

const secretOf = createSecrets({
  folder,
  env: {
    TOCSIN_SECRET_NTFY: 'tk_env',
    TOCSIN_SECRET_KEY_FILE: '/key',
    TOCSIN_ADMIN_TOKEN: 'everything',
    AWS_SECRET: 'theirs',
    PATH: '/bin',
  },
  apart: [join(root, 'secret.key'), join(folder, 'own-key'), null, join(root, 'never')],
  unseal: (sealed) => (sealed === 'good' ? 'opened' : undefined),
})

test.each<[SecretReference, string]>([
  [{ env: 'TOCSIN_SECRET_NTFY' }, 'tk_env'],
  [{ file: 'ntfy-token' }, 'tk_good'],
  [{ file: 'team/hook' }, 'signs'],
  [{ file: 'team/../ntfy-token' }, 'tk_good'],
  [{ file: 'mounted' }, 'by a link'],
  [{ file: join(folder, 'ntfy-token') }, 'tk_good'],
  [{ file: 'full' }, 'x'.repeat(64 * 1024)],
  [{ sealed: 'good' }, 'opened'],
])('%j is read', async (reference, secret) => {
  expect(await secretOf(reference)).toBe(secret)
})

test.each<[SecretReference, string, string]>([
  [{ env: 'TOCSIN_ADMIN_TOKEN' }, 'not-allowed', 'begins with TOCSIN_SECRET_'],
  [{ env: 'TOCSIN_SECRET_KEY_FILE' }, 'not-allowed', 'may not be read'],
  [{ env: 'AWS_SECRET' }, 'not-allowed', 'may not be read'],
  [{ env: 'PATH' }, 'not-allowed', 'may not be read'],
  [{ env: '__proto__' }, 'not-allowed', 'may not be read'],
  [{ env: 'TOCSIN_SECRET_OTHER' }, 'missing', 'has no variable TOCSIN_SECRET_OTHER'],
  [{ file: '/etc/passwd' }, 'not-allowed', 'is not in'],
  [{ file: '../local.token' }, 'not-allowed', 'is not in'],
  [{ file: `${folder}-other/x` }, 'not-allowed', 'is not in'],
  [{ file: '.' }, 'not-allowed', 'is not in'],
  [{ file: 'ntfy-token\0' }, 'not-allowed', 'is not in'],
  [{ file: '/dev/zero' }, 'not-allowed', 'is not in'],
  [{ file: 'out' }, 'not-allowed', 'leads out of'],
  [{ file: 'zero' }, 'not-allowed', 'leads out of'],
  [{ file: 'hard' }, 'not-allowed', 'belongs to the server itself'],
  [{ file: 'own-key' }, 'not-allowed', 'belongs to the server itself'],
  [{ file: 'pipe' }, 'not-allowed', 'is not a regular file'],
  [{ file: 'team' }, 'not-allowed', 'is not a regular file'],
  [{ file: 'large' }, 'not-allowed', 'larger than 64 KB'],
  [{ file: 'blank' }, 'missing', 'is empty'],
  [{ file: 'absent' }, 'missing', 'does not exist in'],
  [{ file: 'ntfy-token/x' }, 'missing', 'does not exist in'],
  [{ sealed: 'bad' }, 'not-allowed', 'seal it again'],
])('%j is refused', async (reference, name, words) => {
  const outcome = await secretOf(reference)
  expect(outcome).toMatchObject({ refusal: name, message: expect.stringContaining(words) })
  expect(isRefusal(outcome)).toBe(true)
})
