import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'

/** Everything an operator can set, read once at start. */
export interface Settings {
  dataFolder: string
  listen: { host: string; port: number }
  /** The public base address used in links, without a trailing slash; null: made from what is listened on. */
  url: string | null
  /** Null: the embedded server. */
  databaseUrl: string | null
  config: string | null
  /** Null: on if empty and no configuration is given. */
  demo: boolean | null
  adminToken: string | null
  secretKeyFile: string | null
  smtpUrl: string | null
  mailFrom: string | null
  egressAllow: string[]
  logLevel: string
  /** The variables of what was set, by flag or environment; all else is as it comes. */
  given: string[]
}

/** The start must stop with this one line; exit 2. */
export class SettingRefusal extends Error {}

export interface Flags {
  data?: string
  listen?: string
  url?: string
  database?: string
  config?: string
  demo?: boolean
}

/** Flags win over the environment. Throws SettingRefusal naming the setting and the mend. */
export function readSettings(flags: Flags, env: Record<string, string | undefined>): Settings {
  return {
    dataFolder: resolve(flags.data ?? env['TOCSIN_DATA'] ?? './data'),
    listen: readListen(flags.listen, env['TOCSIN_LISTEN']),
    url: readUrl(flags.url, env['TOCSIN_URL']),
    databaseUrl: readDatabase(flags.database, env['DATABASE_URL']),
    config: flags.config ?? blank(env['TOCSIN_CONFIG']),
    demo: flags.demo ?? readSwitch(env['TOCSIN_DEMO']),
    adminToken: readAdminToken(env),
    secretKeyFile: blank(env['TOCSIN_SECRET_KEY_FILE']),
    smtpUrl: readSmtp(env['TOCSIN_SMTP_URL']),
    mailFrom: blank(env['TOCSIN_MAIL_FROM']),
    egressAllow: readNetworks(env['TOCSIN_EGRESS_ALLOW']),
    logLevel: env['TOCSIN_LOG_LEVEL'] ?? 'warn',
    given: givenIn(flags, env),
  }
}

const FLAG_OF: Record<string, keyof Flags> = {
  TOCSIN_DATA: 'data',
  TOCSIN_LISTEN: 'listen',
  TOCSIN_URL: 'url',
  DATABASE_URL: 'database',
  TOCSIN_CONFIG: 'config',
  TOCSIN_DEMO: 'demo',
}

const ALONE = [
  ...['TOCSIN_ADMIN_TOKEN', 'TOCSIN_ADMIN_TOKEN_FILE', 'TOCSIN_SECRET_KEY_FILE', 'TOCSIN_SMTP_URL', 'TOCSIN_MAIL_FROM'],
  ...['TOCSIN_EGRESS_ALLOW', 'TOCSIN_LOG_LEVEL'],
]

function givenIn(flags: Flags, env: Record<string, string | undefined>): string[] {
  const isSet = (variable: string) => blank(env[variable]) !== null
  const byFlag = Object.entries(FLAG_OF).filter(([variable, flag]) => flags[flag] !== undefined || isSet(variable))
  return [...byFlag.map(([variable]) => variable), ...ALONE.filter(isSet)]
}

/** What may be shown of the settings: never a password, a token or a key. */
export interface ShownSettings {
  dataFolder: string
  listen: string
  isUrlSet: boolean
  /** Null: the embedded server. */
  database: { host: string; name: string } | null
  config: string | null
  demo: boolean | null
  hasAdminToken: boolean
  /** Null: a generated one in the data folder. */
  secretKeyFile: string | null
  mail: { server: string; from: string | null } | null
  egressAllow: string[]
  logLevel: string
  given: string[]
}

export function shownSettings(settings: Settings): ShownSettings {
  const { dataFolder, listen, url, databaseUrl, config, demo, adminToken, secretKeyFile, smtpUrl, mailFrom, egressAllow, logLevel, given } =
    settings
  const database = databaseUrl === null ? null : new URL(databaseUrl)
  return {
    ...{ dataFolder, config, demo, secretKeyFile, egressAllow, logLevel, given },
    listen: `${listen.host.includes(':') ? `[${listen.host}]` : listen.host}:${listen.port}`,
    isUrlSet: url !== null,
    database: database && { host: database.host, name: decodeURIComponent(database.pathname.slice(1)) },
    hasAdminToken: adminToken !== null,
    mail: smtpUrl === null ? null : { server: serverOf(smtpUrl), from: mailFrom },
  }
}

/** Protocol, host and port: a user and a password stand before them. */
function serverOf(address: string): string {
  const { protocol, host } = new URL(address)
  return `${protocol}//${host}`
}

function blank(text: string | undefined): string | null {
  return text === undefined || text.trim() === '' ? null : text.trim()
}

function readListen(flag: string | undefined, variable: string | undefined): { host: string; port: number } {
  const text = flag ?? blank(variable) ?? '127.0.0.1:4400'
  const found = /^(?:(\[[0-9a-f:.]+\]|[^:]*):)?(\d{1,5})$/i.exec(text)
  const port = Number(found?.[2])
  if (!found || port > 65535)
    throw new SettingRefusal(
      `${flag !== undefined ? '--listen' : 'TOCSIN_LISTEN'} is ‹${text}›; write address:port such as 127.0.0.1:4400, or 0.0.0.0:4400 for every address.`,
    )
  return { host: (found[1] ?? '127.0.0.1').replace(/^\[|\]$/g, '') || '0.0.0.0', port }
}

function readUrl(flag: string | undefined, variable: string | undefined): string | null {
  const text = flag ?? blank(variable)
  if (text === null || text === undefined) return null
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.search !== '' || url.hash !== '')
    throw new SettingRefusal(
      `${flag !== undefined ? '--url' : 'TOCSIN_URL'} is ‹${text}›; write the address people reach, such as https://tocsin.example.org.`,
    )
  return url.href.replace(/\/+$/, '')
}

function readDatabase(flag: string | undefined, variable: string | undefined): string | null {
  const text = flag ?? blank(variable)
  if (text === null || text === undefined) return null
  const url = URL.canParse(text) ? new URL(text) : undefined
  const name = flag !== undefined ? '--database' : 'DATABASE_URL'
  if (!url || !/^postgres(ql)?:$/.test(url.protocol))
    throw new SettingRefusal(`${name} is not a PostgreSQL address; write postgres://user@host:5432/database.`)
  if (flag !== undefined && url.password !== '')
    throw new SettingRefusal(
      '--database holds a password, which every process on this machine could read; put the address into DATABASE_URL instead.',
    )
  return text
}

function readSwitch(text: string | undefined): boolean | null {
  if (blank(text) === null) return null
  if (text === '1' || text === 'true') return true
  if (text === '0' || text === 'false') return false
  throw new SettingRefusal(`TOCSIN_DEMO is ‹${text}›; write 1 or 0.`)
}

function readAdminToken(env: Record<string, string | undefined>): string | null {
  const file = blank(env['TOCSIN_ADMIN_TOKEN_FILE'])
  let token = blank(env['TOCSIN_ADMIN_TOKEN'])
  if (file !== null) {
    try {
      token = readFileSync(file, 'utf8').trim()
    } catch {
      throw new SettingRefusal(`TOCSIN_ADMIN_TOKEN_FILE names ${file}, which cannot be read.`)
    }
  }
  if (token !== null && token.length < 32)
    throw new SettingRefusal('TOCSIN_ADMIN_TOKEN is shorter than 32 characters; `openssl rand -hex 32` makes one.')
  return token
}

function readSmtp(text: string | undefined): string | null {
  const given = blank(text)
  if (given === null) return null
  if (!URL.canParse(given) || !/^smtps?:$/.test(new URL(given).protocol))
    throw new SettingRefusal('TOCSIN_SMTP_URL is not a mail server; write smtp://user:password@host:587 or smtps://….')
  return given
}

function readNetworks(text: string | undefined): string[] {
  const parts = (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  for (const part of parts) {
    const [address, bits] = part.split('/')
    const family = isIP(address ?? '')
    if (family === 0 || (bits !== undefined && !(Number(bits) >= 0 && Number(bits) <= (family === 4 ? 32 : 128))))
      throw new SettingRefusal(`TOCSIN_EGRESS_ALLOW holds ‹${part}›; write networks such as 10.0.0.0/8,127.0.0.0/8.`)
  }
  return parts
}
