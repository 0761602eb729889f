import { EVENT_TYPES, type EventType, looks } from './events.ts'

/** What one may ask to see of a timeline; several are seen together. */
export const SHOWS = ['key', 'people', 'alerts', 'chat', 'changes', 'pages'] as const
export type Show = (typeof SHOWS)[number]

type Noun = NounOf<EventType>
type NounOf<Type> = Type extends `${infer First}.${string}` ? First : never

/** Under what events are seen, by what they are about: one about something new stands here, or nothing compiles. */
const shownAs: Record<Noun, Exclude<Show, 'key'>> = {
  incident: 'changes',
  severity: 'changes',
  alert: 'alerts',
  escalation: 'pages',
  page: 'pages',
  reminder: 'pages',
  room: 'chat',
  chat: 'chat',
  note: 'people',
  update: 'people',
  role: 'people',
  responder: 'people',
  task: 'people',
  'follow-up': 'people',
  poll: 'people',
  check: 'people',
  resolve: 'people',
  imported: 'people',
  attachment: 'people',
  entry: 'people',
}

/** The events that are seen where these are asked for; those that are key moments by what they say come beside. */
export function typesShown(shows: readonly Show[]): EventType[] {
  return EVENT_TYPES.filter((type) => shows.some((show) => isShown(type, show)))
}

/** Under what an event is seen; undefined for one that is not known here. */
export function showOf(type: string): Exclude<Show, 'key'> | undefined {
  const noun = type.slice(0, type.indexOf('.'))
  return Object.hasOwn(shownAs, noun) ? shownAs[noun as Noun] : undefined
}

function isShown(type: EventType, show: Show): boolean {
  return show === 'key' ? looks[type].weight === 'key' : showOf(type) === show
}
