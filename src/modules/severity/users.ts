/** How many are touched, the worst word first. */
export const USERS = ['most', 'many', 'some', 'few', 'one', 'none'] as const
export type Users = (typeof USERS)[number]

interface UsersSaid {
  percent?: number | undefined
  count?: number | undefined
  words?: Users | undefined
}

/** The word for how many are touched: of share, count and word the worst. A count over one says nothing of a share. */
export function usersOf({ percent, count, words }: UsersSaid): Users | undefined {
  const said = [words, percent === undefined ? undefined : usersByShare(percent), count === 0 ? 'none' : count === 1 ? 'one' : undefined]
  return USERS.find((word) => said.includes(word))
}

function usersByShare(percent: number): Users {
  if (percent >= 50) return 'most'
  if (percent >= 5) return 'many'
  if (percent >= 1) return 'some'
  return percent > 0 ? 'few' : 'none'
}
