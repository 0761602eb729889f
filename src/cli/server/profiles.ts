import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { CommandError } from '../errors.ts'
import { EXIT } from '../exits.ts'
import { yaml } from '../text/yaml.ts'

export interface Profiles {
  /** The one in use when none is named. */
  use?: string | null
  profiles: Record<string, { server: string; token?: string }>
}

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
  const written = { profiles: {}, ...parsed(path) }
  if (isProfiles(written)) return written
  throw new CommandError(
    EXIT.usage,
    `${path} is not as it should be.`,
    'Write profiles: { prod: { server: https://…, token: … } }, or `tocsin profile add`.',
  )
}

function parsed(path: string): object {
  try {
    return (yaml().parse(readFileSync(path, 'utf8')) ?? {}) as object
  } catch {
    return { profiles: null }
  }
}

/** Checked by hand: the schema library would be loaded for nothing else. */
function isProfiles(written: object): written is Profiles {
  const { use, profiles, ...more } = written as Partial<Record<keyof Profiles, unknown>>
  return isTextOrNone(use) && isRecord(profiles) && Object.values(profiles).every(isProfile) && Object.keys(more).length === 0
}

function isProfile(written: unknown): boolean {
  if (!isRecord(written)) return false
  const { server, token, ...more } = written
  return typeof server === 'string' && (token === undefined || typeof token === 'string') && Object.keys(more).length === 0
}

function isRecord(written: unknown): written is Record<string, unknown> {
  return typeof written === 'object' && written !== null && !Array.isArray(written)
}

function isTextOrNone(written: unknown): boolean {
  return written === undefined || written === null || typeof written === 'string'
}

export function writeProfiles(env: Record<string, string | undefined>, profiles: Profiles): void {
  const path = profilesPath(env)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(path, yaml().stringify(profiles), { mode: 0o600 })
  chmodSync(path, 0o600)
}
