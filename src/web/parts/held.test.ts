import { expect, test } from 'vitest'
import { inOrder } from './held.ts'

test('rows keep their places under the pointer: a worse one that comes stands below, one that goes leaves no gap', () => {
  const order = ['INC-141', 'INC-139', 'INC-138']
  expect(inOrder(['INC-142', 'INC-139', 'INC-141', 'INC-138'], (one) => one, order)).toEqual(['INC-141', 'INC-139', 'INC-138', 'INC-142'])
  expect(inOrder(['INC-143', 'INC-142', 'INC-138', 'INC-141'], (one) => one, order)).toEqual(['INC-141', 'INC-138', 'INC-143', 'INC-142'])
})
