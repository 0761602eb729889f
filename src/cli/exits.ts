/** What a command's exit code means, for every command. */
export const EXIT = { ok: 0, failed: 1, usage: 2, notFound: 3, signIn: 4, conflict: 5, partly: 6 } as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** In words, for the reference. */
export const EXIT_WORDS: Record<ExitCode, string> = {
  0: 'done',
  1: 'failed',
  2: 'the command line, or a setting, is wrong',
  3: 'there is no such thing',
  4: 'not signed in, or not allowed',
  5: 'the state of things does not allow it',
  6: 'done for some, not for others',
}
