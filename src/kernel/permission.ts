/** What a role may grant, from reading on. */
export const GRANTABLE = [
  'incident:read',
  'incident:declare',
  'incident:act',
  'comms:publish',
  'status:write',
  'config:read',
  'config:write',
  'admin',
] as const

/**
 * What a route, or a filter, demands of its caller. `public`: nothing; `link`: the signed link itself; `key`: an integration's key;
 * `own`: to be a person, about whom alone it is, or to act in their name; `address:read`: to see where somebody's pages go; the
 * others: a signed-in person or a token whose role grants it.
 */
export type Permission = 'public' | 'link' | 'key' | 'own' | 'address:read' | (typeof GRANTABLE)[number]

export const ROLES = ['owner', 'admin', 'manager', 'responder', 'viewer'] as const
export type Role = (typeof ROLES)[number]

const VIEWER: readonly Permission[] = ['incident:read', 'incident:declare', 'config:read']
const RESPONDER: readonly Permission[] = [...VIEWER, 'incident:act', 'comms:publish']
const MANAGER: readonly Permission[] = [...RESPONDER, 'status:write']
const ADMIN: readonly Permission[] = [...GRANTABLE, 'address:read']
const GRANTS: Record<Role, readonly Permission[]> = { owner: ADMIN, admin: ADMIN, manager: MANAGER, responder: RESPONDER, viewer: VIEWER }

/** Who asks: a role, and whose it is. */
export interface Holder {
  role: Role
  /** The person, or whose name a token acts in. */
  person?: string | undefined
  /** Teams this person leads. */
  leads?: readonly string[]
  /** A token in a person's name has what is theirs to change only if it may act at all: one for reading does not. */
  isToken: boolean
}

/** What is asked about: a person, or something of a team. */
export interface Thing {
  person?: string | undefined
  team?: string | undefined
  /** Of any team at all: whether it is worth looking whose it is. */
  anyTeam?: true
}

/**
 * Whether a permission is held, of a thing where it has an owner: roles grant it of everything, what is one's own is one's own
 * to read and to change, and who leads a team may for it what a manager may for all. Routes open to all never ask.
 */
export function permits({ role, person, leads = [], isToken }: Holder, permission: Permission, thing: Thing = {}): boolean {
  if (GRANTS[role].includes(permission)) return true
  if (person === undefined) return false
  const acts = !isToken || GRANTS[role].includes('incident:act')
  const isOwn = thing.person === person
  switch (permission) {
    case 'own':
      return acts && (isOwn || thing.person === undefined)
    case 'config:write':
      return acts && isOwn
    case 'config:read':
    case 'address:read':
      return isOwn
    default:
      if (!acts || !MANAGER.includes(permission)) return false
      return thing.anyTeam ? leads.length > 0 : thing.team !== undefined && leads.includes(thing.team)
  }
}
