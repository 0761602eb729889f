import { isIP } from 'node:net'
import { resolve, sep } from 'node:path'
import { parseDuration } from '../kernel/duration.ts'
import { lettersOff } from '../kernel/letters.ts'
import { DAY } from '../kernel/time.ts'
import { readOwnFile } from './own-file.ts'

/** Everything an operator can set, read once at start. */
export interface Settings {
  dataFolder: string
  listen: { host: string; port: number }
  /** The public base address used in links, without a trailing slash; null: made from what is listened on. */
  url: string | null
  /** Null: the embedded server. */
  databaseUrl: string | null
  /** Whether it has a synchronous standby, as the operator says: then it is asked. */
  synchronousStandby: boolean
  config: string | null
  /** Null: on if empty and no configuration is given. */
  demo: boolean | null
  /** Whether a browser is opened once it is ready; null: where somebody sits at a screen. */
  browser: boolean | null
  /** True: holds every page back from the start. False: goes on whatever its data looks like. Null: pauses when it is a copy. */
  paused: boolean | null
  adminToken: string | null
  adminTokenFile: string | null
  secretKeyFile: string | null
  /** The one folder whose files a document may name as secrets. */
  secretsFolder: string
  smtpUrl: string | null
  mailFrom: string | null
  egressAllow: string[]
  logLevel: string
  keep: KeepSettings
  /** The variables of what was set, by flag or environment; all else is as it comes. */
  given: string[]
}

/** How long is kept what an operator may decide about, in milliseconds; null: for ever. */
export interface KeepSettings {
  incidentsMs: number | null
  alertsMs: number | null
  bodiesMs: number
  bodiesBytes: number
  /** Of one day, by each integration and by all. */
  bodiesOfDay: { each: number; all: number }
  /** New alerts of one day and what follows them, by each integration and by all. */
  alertsOfDay: { each: number; all: number }
  unparsedMs: number | null
  /** Files on incidents, all together. */
  attachmentsBytes: number
  messagesMs: number | null
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
  browser?: boolean
  paused?: boolean
}

/** Flags win over the environment. Throws SettingRefusal naming the setting and the mend. */
export function readSettings(flags: Flags, env: Record<string, string | undefined>): Settings {
  refuseUnknown(env)
  const dataFolder = resolve(flags.data ?? env['TOCSIN_DATA'] ?? './data')
  return {
    dataFolder,
    listen: readListen(flags.listen, env['TOCSIN_LISTEN']),
    url: readUrl(flags.url, env['TOCSIN_URL']),
    databaseUrl: readDatabase(flags.database, env['DATABASE_URL']),
    synchronousStandby: readSwitch('TOCSIN_SYNCHRONOUS_STANDBY', env) ?? false,
    config: flags.config ?? blank(env['TOCSIN_CONFIG']),
    demo: flags.demo ?? readSwitch('TOCSIN_DEMO', env),
    browser: flags.browser ?? readSwitch('TOCSIN_BROWSER', env),
    paused: flags.paused ?? readSwitch('TOCSIN_PAUSED', env),
    adminToken: readAdminToken(env),
    adminTokenFile: blank(env['TOCSIN_ADMIN_TOKEN_FILE']),
    secretKeyFile: blank(env['TOCSIN_SECRET_KEY_FILE']),
    secretsFolder: readSecretsFolder(env['TOCSIN_SECRETS'], dataFolder),
    smtpUrl: readSmtp(env['TOCSIN_SMTP_URL']),
    mailFrom: blank(env['TOCSIN_MAIL_FROM']),
    egressAllow: readNetworks(env['TOCSIN_EGRESS_ALLOW']),
    logLevel: env['TOCSIN_LOG_LEVEL'] ?? 'warn',
    keep: {
      incidentsMs: readKeep('TOCSIN_KEEP_INCIDENTS', env, null),
      alertsMs: readKeep('TOCSIN_KEEP_ALERTS', env, 400),
      bodiesMs: readKeep('TOCSIN_KEEP_BODIES', env, 30) ?? 3650 * DAY,
      bodiesBytes: readBytes('TOCSIN_KEEP_BODIES_SIZE', env, 20 * GB),
      bodiesOfDay: {
        each: readBytes('TOCSIN_KEEP_BODIES_DAY', env, 2 * GB),
        all: readBytes('TOCSIN_KEEP_BODIES_DAY_ALL', env, 8 * GB),
      },
      alertsOfDay: {
        each: readBytes('TOCSIN_KEEP_ALERTS_DAY', env, 2 * GB),
        all: readBytes('TOCSIN_KEEP_ALERTS_DAY_ALL', env, 8 * GB),
      },
      attachmentsBytes: readBytes('TOCSIN_KEEP_ATTACHMENTS_SIZE', env, 5 * GB),
      unparsedMs: readKeep('TOCSIN_KEEP_UNPARSED', env, 90),
      messagesMs: readKeep('TOCSIN_KEEP_MESSAGES', env, 30),
    },
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
  TOCSIN_BROWSER: 'browser',
  TOCSIN_PAUSED: 'paused',
}

const ALONE = [
  ...['TOCSIN_ADMIN_TOKEN', 'TOCSIN_ADMIN_TOKEN_FILE', 'TOCSIN_SECRET_KEY_FILE', 'TOCSIN_SECRETS', 'TOCSIN_SMTP_URL'],
  ...['TOCSIN_MAIL_FROM', 'TOCSIN_EGRESS_ALLOW', 'TOCSIN_LOG_LEVEL', 'TOCSIN_SYNCHRONOUS_STANDBY'],
  ...['TOCSIN_KEEP_INCIDENTS', 'TOCSIN_KEEP_ALERTS', 'TOCSIN_KEEP_BODIES', 'TOCSIN_KEEP_BODIES_SIZE'],
  ...[
    'TOCSIN_KEEP_BODIES_DAY',
    'TOCSIN_KEEP_BODIES_DAY_ALL',
    'TOCSIN_KEEP_ALERTS_DAY',
    'TOCSIN_KEEP_ALERTS_DAY_ALL',
    'TOCSIN_KEEP_ATTACHMENTS_SIZE',
    'TOCSIN_KEEP_UNPARSED',
    'TOCSIN_KEEP_MESSAGES',
  ],
]

const PREFIX = 'TOCSIN_'
const SETTINGS = [...Object.keys(FLAG_OF), ...ALONE].filter((one) => one.startsWith(PREFIX))

/** Of the command line, and of tests that start this program: they may stand in the same environment. */
const OF_OTHERS = ['TOCSIN_SERVER', 'TOCSIN_TOKEN', 'TOCSIN_PROFILE', 'TOCSIN_KEY', 'TOCSIN_CRASH_AT']
const OF_TESTS = ['TOCSIN_NO_SKIP', 'TOCSIN_ATTACK', 'TOCSIN_CRASH_SEED']

/** Every variable of ours that means something. */
export const VARIABLES = [...Object.keys(FLAG_OF), ...ALONE, ...OF_OTHERS, ...OF_TESTS]

/** A mistyped setting is a setting that does not hold: nobody finds out until it is needed. */
function refuseUnknown(env: Record<string, string | undefined>): void {
  for (const [variable, value] of Object.entries(env)) {
    if (!variable.startsWith(PREFIX) || VARIABLES.includes(variable)) continue
    if (/^TOCSIN_SECRET_[A-Z0-9_]+$/.test(variable) || isOfKubernetes(variable, value ?? '')) continue
    const meant = meantBy(variable)
    const mend = meant === undefined ? 'docs/running.md lists them.' : `did you mean ${meant}?`
    throw new SettingRefusal(
      `${variable.slice(0, 80)} is not a setting; ${mend} Secrets for documents begin with TOCSIN_SECRET_, in capitals.`,
    )
  }
}

/** The setting that begins alike, or of whose own letters at most a third are off. */
function meantBy(variable: string): string | undefined {
  const own = variable.slice(PREFIX.length).toUpperCase()
  const near = SETTINGS.map((one) => ({ one, off: lettersOff(own, one.slice(PREFIX.length)) }))
    .filter(({ one, off }) => off <= own.length / 3 || (own.length > 2 && one.startsWith(PREFIX + own)))
    .sort((a, b) => a.off - b.off)
  return near[0]?.one
}

/** Kubernetes tells every container where each Service is, one called tocsin or tocsin-… among them. */
function isOfKubernetes(variable: string, value: string): boolean {
  if (/_SERVICE_HOST$/.test(variable)) return isIP(value) !== 0
  if (variable.includes('_SERVICE_PORT')) return /^\d+$/.test(value)
  if (/_PORT_\d+_(TCP|UDP|SCTP)_(PROTO|PORT|ADDR)$/.test(variable)) return true
  return /_PORT(_\d+_(TCP|UDP|SCTP))?$/.test(variable) && /^(tcp|udp|sctp):\/\//.test(value)
}

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
  synchronousStandby: boolean
  config: string | null
  demo: boolean | null
  hasAdminToken: boolean
  /** Null: a generated one in the data folder. */
  secretKeyFile: string | null
  secretsFolder: string
  mail: { server: string; from: string | null } | null
  egressAllow: string[]
  logLevel: string
  keep: KeepSettings
  given: string[]
}

export function shownSettings(settings: Settings): ShownSettings {
  const { dataFolder, listen, url, databaseUrl, config, demo, adminToken, secretKeyFile, secretsFolder, smtpUrl, mailFrom, ...rest } =
    settings
  const { egressAllow, logLevel, keep, given, synchronousStandby } = rest
  const database = databaseUrl === null ? null : new URL(databaseUrl)
  return {
    ...{ dataFolder, config, demo, secretKeyFile, secretsFolder, egressAllow, logLevel, keep, given, synchronousStandby },
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
  const name = flag !== undefined ? '--url' : 'TOCSIN_URL'
  if (url.pathname !== '/')
    throw new SettingRefusal(
      `${name} has a path (${url.pathname}); Tocsin needs a host name of its own: write ${url.protocol}//${url.host}, and let the proxy pass all of it on.`,
    )
  if (url.username !== '' || url.password !== '')
    throw new SettingRefusal(`${name} holds a user or a password; it stands in every message, so write ${url.protocol}//${url.host}.`)
  return url.origin
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

/** The proxy that others would use and Tocsin does not, by the variable that names it. */
export function unusedProxy(env: Record<string, string | undefined>): string | null {
  const isSet = (variable: string) => blank(env[variable]) !== null
  if ([env['NO_PROXY'], env['no_proxy']].some((one) => one?.trim() === '*')) return null
  return ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'].find(isSet) ?? null
}

function readSwitch(name: string, env: Record<string, string | undefined>): boolean | null {
  const text = blank(env[name])
  if (text === null) return null
  if (text === '1' || text === 'true') return true
  if (text === '0' || text === 'false') return false
  throw new SettingRefusal(`${name} is ‹${text}›; write 1 or 0.`)
}

function readAdminToken(env: Record<string, string | undefined>): string | null {
  const file = blank(env['TOCSIN_ADMIN_TOKEN_FILE'])
  let token = blank(env['TOCSIN_ADMIN_TOKEN'])
  if (file !== null) {
    try {
      token = readOwnFile(file)
    } catch (error) {
      throw new SettingRefusal(`TOCSIN_ADMIN_TOKEN_FILE names ${file}, which ${(error as Error).message}.`)
    }
  }
  if (token !== null && token.length < 32)
    throw new SettingRefusal('TOCSIN_ADMIN_TOKEN is shorter than 32 characters; `openssl rand -hex 32` makes one.')
  return token
}

/** The data folder holds the server's own key and token: it is no folder of secrets for documents. */
function readSecretsFolder(text: string | undefined, dataFolder: string): string {
  const folder = resolve(blank(text) ?? `${dataFolder}${sep}secrets`)
  if (`${dataFolder}${sep}`.startsWith(folder === sep ? sep : `${folder}${sep}`))
    throw new SettingRefusal(`TOCSIN_SECRETS is ${folder}, which holds the data folder; name a folder that holds nothing but secrets.`)
  return folder
}

function readSmtp(text: string | undefined): string | null {
  const given = blank(text)
  if (given === null) return null
  if (!URL.canParse(given) || !/^smtps?:$/.test(new URL(given).protocol))
    throw new SettingRefusal('TOCSIN_SMTP_URL is not a mail server; write smtp://user:password@host:587 or smtps://….')
  return given
}

/** Whole days, so that what a screen says is what was written. */
function readKeep(variable: string, env: Record<string, string | undefined>, days: number | null): number | null {
  const text = blank(env[variable])
  if (text === null) return days === null ? null : days * DAY
  if (text === 'forever') return null
  const ms = parseDuration(text)
  if (ms === undefined || ms < DAY || ms % DAY !== 0 || ms > 36_500 * DAY)
    throw new SettingRefusal(`${variable} is ‹${text}›; write whole days such as 30d or 52w, or forever.`)
  return ms
}

const GB = 1024 ** 3

function readBytes(variable: string, env: Record<string, string | undefined>, bytes: number): number {
  const text = blank(env[variable])
  if (text === null) return bytes
  const found = /^(\d{1,6})(MB|GB|TB)$/.exec(text)
  const read = found ? Number(found[1]) * GB * { MB: 1 / 1024, GB: 1, TB: 1024 }[found[2] as 'MB' | 'GB' | 'TB'] : 0
  if (read < GB / 16) throw new SettingRefusal(`${variable} is ‹${text}›; write a size such as 500MB or 20GB, 64MB at least.`)
  return read
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
