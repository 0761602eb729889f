import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readOwnFile } from './own-file.ts'
import { loadSecretKey } from './secret-key.ts'
import { readSettings } from './settings.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-own-file-'))
  writeFileSync(join(folder, 'key'), ` ${'k'.repeat(40)}\n`)
  symlinkSync(join(folder, 'key'), join(folder, 'link'))
  writeFileSync(join(folder, 'large'), Buffer.alloc(64 * 1024 + 1, 'k'))
  execFileSync('mkfifo', [join(folder, 'pipe')])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.runIf(process.platform !== 'win32')('a file is read, also by a link; what is none is not waited for', () => {
  expect(readOwnFile(join(folder, 'key'))).toBe('k'.repeat(40))
  expect(readOwnFile(join(folder, 'link'))).toBe('k'.repeat(40))
  expect(() => readOwnFile(join(folder, 'pipe'))).toThrow('is not a regular file')
  expect(() => readOwnFile('/dev/zero')).toThrow('is not a regular file')
  expect(() => readOwnFile(folder)).toThrow('is not a regular file')
  expect(() => readOwnFile(join(folder, 'large'))).toThrow('is larger than 64 KB')
  expect(() => readOwnFile(join(folder, 'none'))).toThrow('cannot be read (ENOENT)')
})

test.runIf(process.platform !== 'win32')('a pipe for a key or a token stops the start with a sentence', () => {
  const pipe = join(folder, 'pipe')
  expect(() => readSettings({}, { TOCSIN_ADMIN_TOKEN_FILE: pipe })).toThrow(
    `TOCSIN_ADMIN_TOKEN_FILE names ${pipe}, which is not a regular file.`,
  )
  expect(() => loadSecretKey(pipe, false)).toThrow(`The key file ${pipe} is not a regular file.`)
})
