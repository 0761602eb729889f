import type { contract } from '../../contract.ts'
import type { Client } from '../../platform/client.ts'

type Api = Client<typeof contract>
type Reply<Name extends keyof Api> = Awaited<ReturnType<Api[Name]>>
type Item<R> = R extends { items: (infer One)[] } ? One : never

/** What the API answers, by the names commands use. */
export type IncidentView = Reply<'acknowledgeIncident'>
/** One incident, with what people have made of it. */
export type CommandView = Reply<'getIncident'>
export type ListedIncidentView = Item<Reply<'listIncidents'>>
export type EscalationView = Reply<'getEscalation'>
export type AlertView = Reply<'getAlert'>
export type WhyView = Reply<'getAlertWhy'>
export type OnCallView = Item<Reply<'listOnCall'>>
export type ScheduleView = Item<Reply<'listSchedules'>>
export type ShiftView = Item<Reply<'listShifts'>>
export type ServiceView = Item<Reply<'listServices'>>
export type WholeServiceView = Reply<'getService'>
export type SimulationView = Reply<'simulatePolicy'>
export type PlanView = Reply<'diffConfiguration'>
export type OverrideView = Item<Reply<'listOverrides'>>
export type ObjectView = Item<Reply<'listObjects'>>
export type IntegrationView = Item<Reply<'listIntegrations'>>
export type WholeIntegrationView = Reply<'getIntegration'>
export type HookView = Item<Reply<'listHooks'>>
export type DeliveryView = Item<Reply<'listDeliveries'>>
export type EventView = Item<Reply<'listIntegrationEvents'>>
export type TokenView = Item<Reply<'listTokens'>>
export type DemoView = Reply<'getDemo'>
export type ChannelView = Awaited<ReturnType<Api['listChannels']>>['items'][number]
