import { join } from 'node:path'
import { expect, test } from 'vitest'
import { socketFolderFor } from './socket-folder.ts'

const DEEP = 'a-folder-with-a-rather-long-name/in-another-folder-with-a-rather-long-name'

test('the short folder is another one for every data folder, and always the same', () => {
  const folders = ['/srv', '/var'].map((top) => socketFolderFor(join(top, DEEP, DEEP)))
  expect(new Set([...folders, ...folders]).size).toBe(2)
  expect(socketFolderFor('/srv/tocsin')).toBe('/srv/tocsin/pg-socket')
})
