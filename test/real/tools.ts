import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe } from 'vitest'

export const POSTGRES_15 = '/usr/lib/postgresql/15/bin'

/** Debian's libfaketime, wherever this kind of machine has it. */
export const FAKETIME = faketime() ?? 'libfaketime.so.1'

function faketime(): string | undefined {
  const folders = existsSync('/usr/lib') ? readdirSync('/usr/lib') : []
  return folders.map((folder) => `/usr/lib/${folder}/faketime/libfaketime.so.1`).find((path) => existsSync(path))
}

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
      accessSync(path, path.endsWith('.so.1') ? constants.R_OK : constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
