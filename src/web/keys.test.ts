import { expect, test } from 'vitest'
import { keyName } from './keys.ts'

const pressed = (key: string, held: { ctrl?: boolean; meta?: boolean; alt?: boolean; shift?: boolean } = {}) =>
  keyName({ key, ctrlKey: held.ctrl ?? false, metaKey: held.meta ?? false, altKey: held.alt ?? false, shiftKey: held.shift ?? false })

test('letters go by their small name, with Shift by their large one', () => {
  expect([pressed('a'), pressed('R', { shift: true }), pressed('A')]).toEqual(['a', 'Shift+R', 'a'])
})

test('signs go by what they are, however a keyboard makes them', () => {
  expect([pressed('?', { shift: true }), pressed('/'), pressed('/', { shift: true }), pressed('Enter')]).toEqual(['?', '/', '/', 'Enter'])
})

test('Ctrl on one system is Cmd on another', () => {
  expect([pressed('k', { ctrl: true }), pressed('k', { meta: true })]).toEqual(['Mod+k', 'Mod+k'])
})

test('what belongs to the system stays with it', () => {
  expect([pressed('Shift', { shift: true }), pressed('€', { alt: true }), pressed('T', { ctrl: true, shift: true })]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
