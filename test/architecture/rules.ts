import { dirname, join, normalize } from 'node:path'

/** A source file: where it stands and what it says. */
export interface Source {
  path: string
  text: string
}

/** Floor of each place, longest prefix first. Files directly in src/ are listed by name. */
const FLOORS: [prefix: string, floor: number][] = [
  ['src/kernel/', 0],
  ['src/platform/', 1],
  ['src/modules/documents/', 2],
  ['src/modules/people/', 2],
  ['src/modules/timeline/', 2],
  ['src/modules/catalog/', 2],
  ['src/modules/access/', 2],
  ['src/modules/oncall/', 3],
  ['src/modules/paging/', 3],
  ['src/modules/escalation/', 4],
  ['src/modules/incidents/', 5],
  ['src/modules/alerts/', 6],
  ['src/modules/configuration/', 6],
  ['src/modules/demo/', 6],
  ['src/plugs/', 7],
  ['src/reads/', 8],
  ['src/pages/', 8],
  ['src/contract.ts', 8],
  ['src/cli/', 9],
  ['src/web/', 9],
  ['src/', 9],
]

/** Rooms of one floor that may use each other, in this direction only. Written in ARCHITECTURE.md too. */
const BESIDE: Record<string, string[]> = {
  'src/modules/people/': ['src/modules/documents/'],
  'src/modules/catalog/': ['src/modules/documents/', 'src/modules/people/'],
  'src/modules/access/': ['src/modules/documents/', 'src/modules/people/'],
  'src/modules/configuration/': ['src/modules/alerts/'],
  'src/modules/demo/': ['src/modules/alerts/', 'src/modules/configuration/'],
  'src/pages/': ['src/reads/'],
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
  const here = roomOf(from)
  const there = roomOf(to)
  if (here === there || from.includes('.test.') || !to.startsWith('src/')) return undefined
  if (to.startsWith('src/web/')) return 'the browser is nobody’s library'
  if (from.startsWith('src/web/') && !isOpenToTheBrowser(to)) return 'the browser opens contracts, words and pure rules only'
  if (floorOf(to) > floorOf(from)) return `up, from floor ${floorOf(from)} to ${floorOf(to)}`
  if (floorOf(to) === floorOf(from) && floorOf(from) < 9 && !BESIDE[here]?.includes(there)) return 'sideways'
  if (isRoom(there) && !to.endsWith('/index.ts') && !to.endsWith('/contract.ts') && !from.startsWith('src/web/') && !isSocket(from, to))
    return 'by a side door'
  return undefined
}

/** Plugs import the socket they fit, and nothing of the room behind it. */
function isSocket(from: string, to: string): boolean {
  return from.startsWith('src/plugs/') && (to.endsWith('/source.ts') || to.endsWith('/channel.ts'))
}

const PURE =
  /\/(contract|words|verbs|decide|policy|targets|schedule|rota|rotation|zone|person|team|service|incident|events|document|time|duration|result|permission|text|actor|client)\.ts$/

function isOpenToTheBrowser(to: string): boolean {
  return to === 'src/contract.ts' || to.startsWith('src/kernel/') || PURE.test(to)
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

function floorOf(path: string): number {
  return FLOORS.find(([prefix]) => path.startsWith(prefix))![1]
}

function roomOf(path: string): string {
  const room = /^src\/(modules\/[^/]+|platform\/[^/]+(?=\/)|plugs\/[^/]+|[^/]+)\//.exec(path)
  return room ? `src/${room[1]}/` : path
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

/** Tables written outside the room whose name they carry. */
export function tableFaults(sources: Source[]): string[] {
  return sources
    .filter(({ path }) => path.startsWith('src/') && !path.includes('.test.'))
    .flatMap(({ path, text }) =>
      [...sqlIn(text).matchAll(/\b(?:insert\s+into|update|delete\s+from|truncate)\s+([a-z]+)_[a-z_]+/gi)]
        .filter(
          ([, room]) =>
            ROOMS.has(room!) && !path.startsWith(`src/modules/${room}/`) && !(room === 'platform' && path.startsWith('src/platform/')),
        )
        .map(([statement]) => `${path} writes a table of another room: ${statement}`),
    )
}

const ROOMS = new Set([
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

/** Named as what one would add. */
const EXAMPLES = new Set(['src/plugs/alert-sources/zabbix.ts', 'src/plugs/channels/telegram.ts'])

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:])\/\/[^\n]*/g, '$1')
}

function sqlIn(text: string): string {
  return [...text.matchAll(/\bsql(?:<[^`]*?>)?`([\s\S]*?)`/g)].map(([, statement]) => statement).join('\n;\n')
}
