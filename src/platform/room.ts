import type { Loop } from './engine.ts'
import type { RawRoute } from './http.ts'
import type { Kept } from './retention.ts'

/** For /metrics, by name. */
export type Figures = Record<string, { help: string; value: number }>

/** What a room brings into the house, as far as it has any of it. */
export interface Room {
  /** Of its contract. */
  handlers?: object
  /** Outside the JSON API. */
  routes?: RawRoute[]
  loops?: Loop[]
  figures?(): Figures | Promise<Figures>
  /** Why this node is not ready although it answers, worded. */
  reasons?(): Promise<string[]>
  /** What is wrong although this node works. */
  warnings?(): string[]
  /** Every table of it, and for how long what is in it is kept. */
  kept?: Kept[]
}

/** A room, with whatever else it is to the rooms above it. */
export function room<One extends Room>(one: One): One {
  return one
}

type HandlersOf<Rooms> = Rooms extends { handlers: infer Handlers } ? (handlers: Handlers) => void : never

/** What all of them handle, together. */
export function handlersOf<One extends Room>(rooms: readonly One[]): HandlersOf<One> extends (all: infer All) => void ? All : never {
  return Object.assign({}, ...rooms.map(({ handlers }) => handlers))
}
