import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe } from 'vitest'

export const POSTGRES_15 = '/usr/lib/postgresql/15/bin'

/** Like `describe`, for stories that need programs of the system: where one is missing, says so and skips, or fails if nothing may be skipped. */
export function describeWith(programs: string[], story: string, tests: () => void): void {
  const missing = programs.filter((one) => !isThere(one))
  if (missing.length === 0) {
    describe(story, tests)
    return
  }
  const said = `${missing.join(', ')} not found: ${story}`
  if (process.env['TOCSIN_NO_SKIP'] === '1') throw new Error(`Nothing may be skipped, but ${said}`)
  process.stderr.write(`SKIPPED, ${said}\n`)
  describe.skip(story, tests)
}

function isThere(program: string): boolean {
  const places = program.startsWith('/') ? [program] : (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, program))
  return places.some((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
