import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { CommandError } from '../errors.ts'
import { EXIT } from '../exits.ts'

const profilesFile = z.strictObject({
  /** The one in use when none is named. */
  use: z.string().nullish(),
  profiles: z.record(z.string(), z.strictObject({ server: z.string(), token: z.string().optional() })).default({}),
})

export type Profiles = z.output<typeof profilesFile>

/** `$XDG_CONFIG_HOME/tocsin/profiles.yaml`. */
export function profilesPath(env: Record<string, string | undefined>): string {
  const home = env['XDG_CONFIG_HOME']
  return join(home === undefined || home === '' ? join(env['HOME'] ?? homedir(), '.config') : home, 'tocsin', 'profiles.yaml')
}

export function readProfiles(env: Record<string, string | undefined>): Profiles {
  const path = profilesPath(env)
  if (!existsSync(path)) return { profiles: {} }
  // Tokens stand in it: a file others may read is not used, as with keys of ssh.
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
    throw new CommandError(EXIT.signIn, `${path} can be read by others, and holds tokens.`, `chmod 600 ${path}`)
  try {
    return profilesFile.parse(parse(readFileSync(path, 'utf8')) ?? {})
  } catch {
    throw new CommandError(
      EXIT.usage,
      `${path} is not as it should be.`,
      'Write profiles: { prod: { server: https://…, token: … } }, or `tocsin profile add`.',
    )
  }
}

export function writeProfiles(env: Record<string, string | undefined>, profiles: Profiles): void {
  const path = profilesPath(env)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(path, stringify(profiles), { mode: 0o600 })
  chmodSync(path, 0o600)
}
