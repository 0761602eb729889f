import { CommandError } from '../errors.ts'
import { EXIT } from '../exits.ts'
import type { Session } from '../session.ts'
import { tone } from '../text/spans.ts'
import { looksLikeIncident } from './incident-ids.ts'
import type { AlertView } from './kinds.ts'

/** An alert by its id, by a dedup key, or the newest one of an incident. */
export async function findAlert(session: Session, typed: string): Promise<AlertView> {
  const { api } = session.server()
  if (/^alr_\w+$/.test(typed)) return api.getAlert({ params: { id: typed } })
  const byKey = await api.listAlerts({ query: { limit: 2, dedupKey: typed } })
  const found =
    byKey.items.length > 0 || !looksLikeIncident(typed)
      ? byKey.items
      : (await api.listAlerts({ query: { limit: 2, incident: typed } })).items
  const [newest] = found
  if (!newest)
    throw new CommandError(
      EXIT.notFound,
      `There is no alert ‹${typed}›: no id, dedup key or incident of that name has one.`,
      '`tocsin alert list --status all` shows them.',
    )
  if (found.length > 1) session.hint(tone('dim', `The newest of several: ${newest.id}`))
  return newest
}

/** The ids of several. */
export async function idsOf(session: Session, typed: readonly string[]): Promise<string[]> {
  return (await Promise.all(typed.map((one) => findAlert(session, one)))).map(({ id }) => id)
}
