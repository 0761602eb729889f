import { room } from '../platform/room.ts'
import { type IncidentStartParts, incidentStartRoute } from './incident-start.ts'
import { type LinkParts, linkRoutes } from './link.ts'
import { type SignInParts, signInRoutes } from './sign-in.ts'

/** Pages that are made on the server. */
export function pagesRoom(parts: LinkParts & SignInParts & IncidentStartParts) {
  return room({ routes: [...linkRoutes(parts), ...signInRoutes(parts), incidentStartRoute(parts)] })
}
