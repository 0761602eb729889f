/**
 * What a route demands of its caller. `public`: nothing; `link`: the signed link itself; `key`: an integration's key;
 * the others: a signed-in person or a token whose role grants it.
 */
export type Permission = 'public' | 'link' | 'key' | 'incident:read' | 'incident:act' | 'config:read' | 'config:write' | 'admin'

export const ROLES = ['owner', 'admin', 'responder', 'viewer'] as const
export type Role = (typeof ROLES)[number]

const GRANTS: Record<Role, readonly Permission[]> = {
  owner: ['incident:read', 'incident:act', 'config:read', 'config:write', 'admin'],
  admin: ['incident:read', 'incident:act', 'config:read', 'config:write', 'admin'],
  responder: ['incident:read', 'incident:act', 'config:read'],
  viewer: ['incident:read', 'config:read'],
}

/** Whether a role may call a route that demands `permission`. Routes open to all never ask. */
export function grants(role: Role, permission: Permission): boolean {
  return GRANTS[role].includes(permission)
}
