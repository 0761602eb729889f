import type { contract } from '../../contract-routes.ts'
import type { Client } from '../../platform/client.ts'

type Api = Client<typeof contract>
type ItemOf<List extends keyof Api> = Awaited<ReturnType<Api[List]>> extends { items: (infer Item)[] } ? Item : never

/** What the API answers about incidents. */
export type IncidentView = Awaited<ReturnType<Api['acknowledgeIncident']>>
/** One incident, with what people have made of it. */
export type CommandView = Awaited<ReturnType<Api['getIncident']>>
/** The same as far as it is known: of what comes from a list, the row. */
export type KnownIncident = IncidentView & Partial<CommandView>
export type ListedIncidentView = ItemOf<'listIncidents'>
export type EventView = ItemOf<'getTimeline'>
