import { dirname, join, normalize } from 'node:path'
import { BESIDE, type Floor, HOUSE, placeOf, TOP } from './floors.ts'

/** A source file: where it stands and what it says. */
export interface Source {
  path: string
  text: string
}

/** Sources that stand where no floor is known: in a folder or a file that nobody has given a place. */
export function placeFaults(sources: Source[]): string[] {
  return sources
    .filter(({ path }) => !path.includes('.test.') && placeOf(path) === undefined)
    .map(({ path }) => `${path} has no floor: give its folder one in test/architecture/floors.ts and in ARCHITECTURE.md`)
}

/** Imports that go up, sideways, or into a room by another way than its front door. */
export function importFaults(sources: Source[]): string[] {
  return sources.flatMap(({ path, text }) =>
    importsOf(text).flatMap((specifier) => {
      if (!specifier.startsWith('.')) return importOfPackage(path, specifier)
      const target = normalize(join(dirname(path), specifier))
      const fault = importFault(path, target)
      return fault === undefined ? [] : [`${path} imports ${target}: ${fault}`]
    }),
  )
}

function importFault(from: string, to: string): string | undefined {
  if (from.includes('.test.') || !to.startsWith('src/')) return undefined
  const here = placeOf(from)
  const there = placeOf(to)
  if (!here || !there) return `${here ? to : from} has no floor`
  if (here.room === there.room) return here.inner === undefined ? undefined : climbFault(here.inner, there.inner!)
  if (to.startsWith('src/web/')) return 'the browser is nobody’s library'
  if (from.startsWith('src/web/') && !isOpenToTheBrowser(to)) return 'the browser opens contracts, words and pure rules only'
  if (!(here.floor === TOP && there.floor === TOP) && !BESIDE[here.room]?.includes(there.room)) {
    const fault = climbFault(here, there)
    if (fault !== undefined) return fault
  }
  const isOpen = to.endsWith('/index.ts') || to.endsWith('/contract.ts') || isRuleFor(from, to)
  if (isRoom(there.room) && !isOpen && !from.startsWith('src/web/') && !isSocket(from, to)) return 'by a side door'
  return undefined
}

/** The command line asks the rules of what may be done, and of what is said, without the room behind them. */
function isRuleFor(from: string, to: string): boolean {
  return from.startsWith('src/cli/') && /\/(may|said|entries|words)\.ts$/.test(to)
}

function climbFault(from: Floor, to: Floor): string | undefined {
  if (to.floor > from.floor) return `up, from floor ${from.name} to ${to.name}`
  return to.floor === from.floor && to.room !== from.room ? `sideways, from ${from.room} to ${to.room}` : undefined
}

/** Files that lead back to themselves, by imports of whatever kind: whoever reads one has to read them all. */
export function circleFaults(sources: Source[]): string[] {
  const leadsTo = new Map(
    sources.map(({ path, text }) => [
      path,
      importsOf(text)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => normalize(join(dirname(path), specifier))),
    ]),
  )
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (path: string, way: string[]): void => {
    const at = way.indexOf(path)
    if (at >= 0) circles.push(`${[...way.slice(at), path].join(' → ')} is a circle: what both need goes into a file of its own`)
    if (at >= 0 || done.has(path)) return
    for (const next of leadsTo.get(path) ?? []) visit(next, [...way, path])
    done.add(path)
  }
  for (const { path } of sources) visit(path, [])
  return circles
}

/** Plugs import the socket they fit, and nothing of the room behind it. */
function isSocket(from: string, to: string): boolean {
  return from.startsWith('src/plugs/') && /\/(source|signal|reader|channel)\.ts$/.test(to)
}

const PURE =
  /\/(contract|words|command-words|sentence|entries|gaps|show|lifecycle|moments|checks|said|facts|users|questions|propose|holds|reminders|roles|verbs|decide|policy|targets|schedule|rota|rotation|zone|person|team|service|incident|may|status|events|document|time|duration|result|permission|text|actor|client)\.ts$/

function isOpenToTheBrowser(to: string): boolean {
  return (
    to === 'src/contract-routes.ts' ||
    to === 'src/channels-told.js' ||
    to === 'src/kinds-told.js' ||
    to.startsWith('src/kernel/') ||
    PURE.test(to)
  )
}

function importOfPackage(path: string, specifier: string): string[] {
  if (path.startsWith('src/kernel/') && !specifier.startsWith('node:') && !path.includes('.test.'))
    return [`${path} imports ${specifier}: the kernel imports nothing`]
  return []
}

function importsOf(text: string): string[] {
  return [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)\s[^'"\n]*?(?:\n[^'"]*?)?from\s+'([^']+)'|import\('([^']+)'\)|(?:^|\n)import '([^']+)'/g),
  ].map((found) => (found[1] ?? found[2] ?? found[3])!)
}

function isRoom(room: string): boolean {
  return room.startsWith('src/modules/') || /^src\/platform\/[^/]+\/$/.test(room) || room.startsWith('src/plugs/')
}

/** Front doors that do something. */
export function doorFaults(sources: Source[]): string[] {
  return sources
    .filter(({ path }) => /^src\/(modules|platform)\/[^/]+\/index\.ts$/.test(path))
    .filter(
      ({ text }) =>
        text
          .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')
          .replace(/export\s+(type\s+)?\{[^}]*\}\s+from\s+'[^']+'/g, '')
          .trim() !== '',
    )
    .map(({ path }) => `${path} holds code: a front door only opens`)
}

/** Where the world may be asked for the time or for chance. */
const CLOCK_HOLDERS =
  /^src\/(serve|main|first-start)\.ts$|^src\/web\/|^src\/cli\/|^src\/kernel\/ids\.ts$|\.test\.|^src\/platform\/(embedded-postgres|egress)\/|test-/

/** The wall clock read outside main; SQL that asks the database for the time. */
export function clockFaults(sources: Source[]): string[] {
  return sources
    .filter(({ path }) => path.startsWith('src/') && !CLOCK_HOLDERS.test(path))
    .flatMap(({ path, text }) => {
      const code = withoutComments(text)
      const faults: string[] = []
      if (/\bDate\.now\(|new Date\(\)|Math\.random\(|Temporal\.Now\b/.test(code))
        faults.push(`${path} reads the clock or rolls dice: pass \`now\` down`)
      if (/\bnow\(\)/.test(sqlIn(code))) faults.push(`${path} asks the database for the time: pass \`now\` as a value`)
      return faults
    })
}

/** Asked for in one file, because browsers leave them out over plain HTTP or refuse them in private windows. */
const LACKING =
  /\b(crypto|navigator|localStorage|sessionStorage|indexedDB|caches|BroadcastChannel|SharedWorker|Worker|Notification|isSecureContext|execCommand|cookieStore)\b(?!:)/g

/** What a browser may lack, used elsewhere than where its lack is dealt with. */
export function browserFaults(sources: Source[]): string[] {
  return sources
    .filter(({ path }) => path.startsWith('src/web/') && path !== 'src/web/browser.ts' && !/\.test\.|vite\.config/.test(path))
    .flatMap(({ path, text }) =>
      [...withoutWords(withoutComments(text)).matchAll(LACKING)].map(
        ([name]) => `${path} uses ${name}, which browsers may lack: ask src/web/browser.ts`,
      ),
    )
}

/** Tables written outside the room whose name they carry. */
export function tableFaults(sources: Source[]): string[] {
  return sources
    .filter(({ path }) => path.startsWith('src/') && !path.includes('.test.'))
    .flatMap(({ path, text }) =>
      [...sqlIn(text).matchAll(/\b(?:insert\s+into|update|delete\s+from|truncate)\s+(([a-z]+)_[a-z_]+)/gi)]
        .map(([statement, table, room]) => [statement, INTAKE.test(table!) ? 'intake' : room])
        .filter(
          ([, room]) =>
            ROOMS.has(room!) && !path.startsWith(`src/modules/${room}/`) && !(room === 'platform' && path.startsWith('src/platform/')),
        )
        .map(([statement]) => `${path} writes a table of another room: ${statement}`),
    )
}

/** Named when intake and alerts were one room, and kept: an older version beside a newer one has to find them. */
const INTAKE = /^alerts_(inbox|hours|unparsed)/

/** Incidents read past `incidentsVisibleTo`, which knows who may see which. */
export function visibilityFaults(sources: Source[]): string[] {
  return sources
    .filter(({ path }) => path.startsWith('src/') && !path.startsWith('src/modules/incidents/') && !path.includes('.test.'))
    .flatMap(({ path, text }) =>
      [...withoutComments(text).matchAll(/\b(?:from|join|using|only|table)\s+(?:only\s+)?(?:public\.)?"?incidents_incidents\b/gi)].map(
        ([way]) => `${path} reads incidents past what may be seen: ${way}; ask incidentsVisibleTo`,
      ),
    )
}

const ROOMS = new Set([
  'intake',
  'platform',
  'documents',
  'access',
  'timeline',
  'paging',
  'escalation',
  'incidents',
  'alerts',
  'oncall',
  'people',
  'catalog',
  'severity',
  'command',
  'demo',
  'configuration',
])

/** Every path that a document names in back-quotes and that does not exist. */
export function pathFaults(document: Source, exists: (path: string) => boolean): string[] {
  return [...document.text.matchAll(/`((?:src|test|docs|migrations|bin|bench|examples|tools)\/[^`\s]*)`/g)]
    .map(([, path]) => path!)
    .filter((path) => !EXAMPLES.has(path) && !exists(path))
    .map((path) => `${document.path} names ${path}, which does not exist`)
}

/** Rooms that the map does not name. */
export function mapFaults(map: string, rooms = HOUSE.flatMap(([, names]) => names)): string[] {
  return rooms.filter((room) => !map.includes(`\`${room}\``)).map((room) => `ARCHITECTURE.md says nothing of ${room}`)
}

/** Named as what one would add. */
const EXAMPLES = new Set(['src/plugs/alert-sources/zabbix.ts', 'src/plugs/channels/telegram.ts'])

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:])\/\/[^\n]*/g, '$1')
}

/** Ways to wait without an end, each with the files in which it is given one. */
const ENDLESS: [RegExp, string, string[]][] = [
  [/new pg\.(Client|Pool)\b/, 'db.ts', ['src/platform/db.ts', 'src/platform/embedded-postgres/connection.ts']],
  [/statementTimeoutMs: \d/, 'deadlines.ts, where long work is listed', []],
  // A pipe or a device, opened as a file, holds up everything, the way out too. The first two look before; the others read our own files.
  [
    /\breadFileSync\(/,
    'own-file.ts',
    [
      ...[
        'src/modules/configuration/start-up.ts',
        'src/platform/own-file.ts',
        'src/platform/migrations.ts',
        'src/platform/static-files.ts',
      ],
      ...['src/platform/embedded-postgres/last-resort.ts', 'src/serve.ts'],
    ],
  ],
]

/** The server waits for nothing without an end. */
export function waitFaults(sources: Source[]): string[] {
  return sources
    .filter(({ path }) => !/^src\/(web|cli)\/|\.test\./.test(path))
    .flatMap(({ path, text }) =>
      ENDLESS.filter(([way, , files]) => !files.includes(path) && way.test(withoutComments(text))).map(
        ([way, where]) => `${path} has ${way}, which may wait for ever: ask ${where}`,
      ),
    )
}

/** Sentences and imports may name anything. */
function withoutWords(text: string): string {
  return text
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
    .replace(/`[^`]*`/g, (quoted) => (quoted.match(/\$\{[^}]*\}/g) ?? []).join(' '))
}

function sqlIn(text: string): string {
  return [...text.matchAll(/\bsql(?:<[^`]*?>)?`([\s\S]*?)`/g)].map(([, statement]) => statement).join('\n;\n')
}
