import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CommandError } from '../errors.ts'
import { EXIT } from '../exits.ts'
import { readProfiles } from './profiles.ts'

export interface Found {
  url: string
  token: string | null
  /** How it was found, in words. */
  through: string
  /** Where the token comes from, in words. */
  tokenThrough: string
}

export interface Asked {
  server?: string | undefined
  profile?: string | undefined
}

/**
 * Where the server is, and who we are there: what the command line says, then the environment, then the profile in use,
 * then the data folder of a server on this machine. A token only ever goes to the server it belongs to.
 */
export function findServer({ server, profile }: Asked, env: Record<string, string | undefined>): Found {
  if (server !== undefined) return { ...at(address(server, '--server'), env), through: '--server' }
  if (profile !== undefined) return fromProfile(profile, env)
  const named = filled(env['TOCSIN_SERVER'])
  if (named !== null) return { ...at(address(named, 'TOCSIN_SERVER'), env), through: 'TOCSIN_SERVER' }
  const chosen = filled(env['TOCSIN_PROFILE']) ?? readProfiles(env).use ?? null
  if (chosen !== null) return fromProfile(chosen, env)
  const local = readLocal(env)
  if (local) return { ...at(local.url, env), through: `the data folder ${dataFolder(env)}` }
  throw new CommandError(
    EXIT.signIn,
    `No server is named, and there is none in ${dataFolder(env)}.`,
    'Set TOCSIN_SERVER and TOCSIN_TOKEN, make a profile with `tocsin profile add`, or set TOCSIN_DATA to the folder of a server on this machine.',
  )
}

function fromProfile(name: string, env: Record<string, string | undefined>): Found {
  const { profiles } = readProfiles(env)
  const known = Object.hasOwn(profiles, name) ? profiles[name] : undefined
  if (!known) {
    const names = Object.keys(profiles)
    throw new CommandError(
      EXIT.notFound,
      `There is no profile ‹${name}›${names.length > 0 ? `; there are: ${names.join(', ')}` : ''}.`,
      `tocsin profile add ${name} https://…`,
    )
  }
  const through = `the profile ${name}`
  return { url: address(known.server, through), token: known.token ?? null, through, tokenThrough: through }
}

function dataFolder(env: Record<string, string | undefined>): string {
  return resolve(filled(env['TOCSIN_DATA']) ?? './data')
}

function readLocal(env: Record<string, string | undefined>): { url: string; token: string } | undefined {
  try {
    const read = (name: string) => readFileSync(join(dataFolder(env), name), 'utf8').trim()
    return { url: read('server.url'), token: read('local.token') }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') return undefined
    throw new CommandError(
      EXIT.signIn,
      `${dataFolder(env)} belongs to somebody else.`,
      'Run this as the user the server runs as, or set TOCSIN_SERVER and TOCSIN_TOKEN.',
    )
  }
}

/** With the token that is set, or that of the data folder, which goes to its own server only. */
function at(url: string, env: Record<string, string | undefined>): Pick<Found, 'url' | 'token' | 'tokenThrough'> {
  const token = filled(env['TOCSIN_TOKEN'])
  if (token !== null) return { url, token, tokenThrough: 'TOCSIN_TOKEN' }
  const local = readLocalIfAllowed(env)
  const isOwn = local !== undefined && new URL(local.url).origin === new URL(url).origin
  return { url, token: isOwn ? local.token : null, tokenThrough: `the data folder ${dataFolder(env)}` }
}

function readLocalIfAllowed(env: Record<string, string | undefined>): { url: string; token: string } | undefined {
  try {
    return readLocal(env)
  } catch {
    return undefined
  }
}

function address(text: string, where: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new CommandError(EXIT.usage, `${where} is ‹${text}›; write the address of the server, such as https://tocsin.example.org.`)
  return url.href.replace(/\/+$/, '')
}

function filled(text: string | undefined): string | null {
  return text === undefined || text.trim() === '' ? null : text.trim()
}
