import { expect, test } from 'vitest'
import { hasScreen, type Surroundings } from './screen.ts'

const desk: Surroundings = { platform: 'linux', env: { DISPLAY: ':0' }, isTerminal: true, isContainer: false }

test.for<[string, Partial<Surroundings>, boolean]>([
  ['at a desk with X', {}, true],
  ['at a desk with Wayland', { env: { WAYLAND_DISPLAY: 'wayland-0' } }, true],
  ['on a Mac', { platform: 'darwin', env: {} }, true],
  ['on Windows', { platform: 'win32', env: {} }, true],
  ['on a server without a display', { env: {} }, false],
  ['with an empty display', { env: { DISPLAY: '' } }, false],
  ['from afar, although the display is passed on', { env: { DISPLAY: 'localhost:10.0', SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' } }, false],
  ['on a Mac, from afar', { platform: 'darwin', env: { SSH_TTY: '/dev/ttys001' } }, false],
  ['in CI', { env: { DISPLAY: ':99', CI: 'true' } }, false],
  ['where CI is said to be off', { env: { DISPLAY: ':0', CI: 'false' } }, true],
  ['as a service, or into a file', { isTerminal: false }, false],
  ['in a container', { env: {}, isContainer: true }, false],
  ['in a container on somebody’s desk', { isContainer: true }, true],
])('a browser %s', ([, changed, opens]) => {
  expect(hasScreen({ ...desk, ...changed })).toBe(opens)
})
