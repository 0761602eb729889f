interface OfRoom {
  number: string
  mayAct: boolean
}

/** What waits for somebody, three at most, the longest overdue first. */
export function Needs(_: OfRoom) {
  return null
}

/** In the head: people are told how it stands. */
export function UpdateActs(_: OfRoom) {
  return null
}

/** What falls due, and what is to be done. */
export function Clocks(_: OfRoom) {
  return null
}

export function UpdatesTab(_: OfRoom) {
  return null
}

export function TasksTab(_: OfRoom) {
  return null
}
