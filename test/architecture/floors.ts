/** How high something stands, and in which room: of rooms on one floor none may use another. */
export interface Floor {
  floor: number
  /** As ARCHITECTURE.md calls it. */
  name: string
  room: string
}

export interface Place extends Floor {
  /** Where it stands inside a place that has floors of its own. */
  inner?: Floor
}

export const TOP = 10

/** The rooms of each floor, from the ground up. What stands in none of them is a fault: there is no floor for the rest. */
export const HOUSE: [floor: number, rooms: string[]][] = [
  [0, ['src/kernel/']],
  [1, ['src/platform/', 'src/platform/egress/', 'src/platform/embedded-postgres/']],
  [2, ['src/modules/documents/', 'src/modules/people/', 'src/modules/timeline/', 'src/modules/catalog/', 'src/modules/access/']],
  [3, ['src/modules/oncall/', 'src/modules/paging/', 'src/modules/severity/']],
  [4, ['src/modules/escalation/']],
  [5, ['src/modules/incidents/']],
  [6, ['src/modules/command/', 'src/modules/attachments/']],
  [
    7,
    [
      'src/modules/alerts/',
      'src/modules/intake/',
      'src/modules/configuration/',
      'src/modules/demo/',
      'src/modules/hooks/',
      'src/modules/installation/',
    ],
  ],
  [8, ['src/plugs/alert-sources/', 'src/plugs/channels/', 'src/plugs/declaring/']],
  [9, ['src/reads/', 'src/pages/', 'src/contract.ts']],
  [TOP, ['src/cli/', 'src/web/']],
  [TOP, ['main', 'serve', 'first-start', 'app', 'contract-routes', 'channels-told.d', 'kinds-told.d'].map((name) => `src/${name}.ts`)],
  [TOP, ['src/channels-told.js', 'src/kinds-told.js']],
]

/** Rooms of one floor that may use each other, in this direction only. Written in ARCHITECTURE.md too. */
export const BESIDE: Record<string, string[]> = {
  'src/platform/': ['src/platform/egress/', 'src/platform/embedded-postgres/'],
  'src/platform/egress/': ['src/platform/'],
  'src/platform/embedded-postgres/': ['src/platform/'],
  'src/modules/people/': ['src/modules/documents/'],
  'src/modules/catalog/': ['src/modules/documents/', 'src/modules/people/'],
  'src/modules/access/': ['src/modules/documents/', 'src/modules/people/'],
  'src/modules/intake/': ['src/modules/alerts/'],
  'src/modules/configuration/': ['src/modules/hooks/'],
  'src/modules/installation/': ['src/modules/intake/'],
  'src/modules/demo/': ['src/modules/intake/', 'src/modules/alerts/', 'src/modules/configuration/'],
  'src/pages/': ['src/reads/'],
}

/** Floors inside a place, from the ground up. A group in brackets names rooms apart; without one the floor is one room. */
const INSIDE: Record<string, [name: string, files: RegExp][]> = {
  'src/web/': [
    ['browser', /^(?:(?:browser|install|key-map|keys|language|stored-choice|theme|zone)\.ts|[a-z]+\.css|icons\.svg\?raw)$/],
    ['parts', /^parts\/[^/]+$/],
    ['product', /^(?:links\.ts|product\/)/],
    // Screens are fed by props: neither asks the other.
    ['screens and data', /^(data|screens\/(?!parts\/)[^/]+)\//],
    ['frame', /^frame\//],
    ['pages', /^(?:pages|screens\/parts)\//],
    ['shell', /^(?:main\.tsx|routes\.tsx|vite\.config\.ts)$/],
  ],
  'src/cli/': [
    ['verbs', /^(?:exits\.ts|verbs\.ts|verbs\/)/],
    ['text', /^(?:text\/|(?:errors|suggest|terminal|help)\.ts$)/],
    ['session', /^(?:server\/|(?:session|printing|watch)\.ts$)/],
    ['product', /^product\//],
    ['commands', /^commands\/([^/]+)\//],
    ['program', /^(?:completion\/|(?:completion|handlers|program|reference|run)\.ts$)/],
  ],
  'src/reads/': [
    ['pieces', /^pieces\//],
    // The words of a read stand beside it.
    ['reads', /^(?!room\.)([^/]+?)(?:-words)?\.ts$/],
    ['room', /^room\.ts$/],
  ],
}

/** Undefined where nothing is known to stand. */
export function placeOf(path: string): Place | undefined {
  const found = HOUSE.flatMap(([floor, rooms]) => rooms.map((room) => ({ floor, name: String(floor), room })))
    .filter(({ room }) => path === room || (room.endsWith('/') && path.startsWith(room)))
    .sort((a, b) => b.room.length - a.room.length)[0]
  if (found === undefined) return undefined
  const floors = INSIDE[found.room]
  // A room without floors of its own is one folder.
  if (!floors) return path.slice(found.room.length).includes('/') ? undefined : found
  const below = path.slice(found.room.length)
  const floor = floors.findIndex(([, files]) => files.test(below))
  if (floor < 0) return undefined
  const [name, files] = floors[floor]!
  return { ...found, inner: { floor, name, room: files.exec(below)![1] ?? name } }
}
