import type { Issue } from '../kernel/result.ts'
import { ApiError } from '../platform/client.ts'
import { EXIT, type ExitCode } from './exits.ts'

/** Ends a command with a sentence for whoever typed it, the line that mends it, and an exit code. */
export class CommandError extends Error {
  readonly exit: ExitCode
  readonly mend: string | undefined
  constructor(exit: ExitCode, message: string, mend?: string) {
    super(message)
    this.exit = exit
    this.mend = mend
  }
}

/** One or two lines, then the issues as an editor understands them. Undefined for bugs, which are thrown on. */
export function wordsFor(error: unknown): { exit: ExitCode; lines: string[] } | undefined {
  if (error instanceof CommandError) return { exit: error.exit, lines: [error.message, ...(error.mend === undefined ? [] : [error.mend])] }
  if (!(error instanceof ApiError)) return undefined
  const mend = mendOf(error)
  const issues = error.issues.map(issueLine)
  // The sentence of a broken configuration repeats its first issue.
  const sentence = issues.length > 0 && error.refusal === 'invalid-configuration' ? 'Nothing was changed.' : error.message
  return { exit: exitOf(error), lines: [sentence, ...(mend === undefined ? [] : [mend]), ...issues] }
}

/** `oncall/payments.yaml:12: spec.levels.0 is wrong`, which editors and CI turn into links. */
export function issueLine({ file, line, path, message }: Issue): string {
  const place = file === undefined ? '' : line === undefined ? `${file}: ` : `${file}:${line}: `
  return `${place}${path === '' ? '' : `${path} `}${message}`
}

export function exitOf({ status, refusal }: Pick<ApiError, 'status' | 'refusal'>): ExitCode {
  if (status === 401 || status === 403) return EXIT.signIn
  if (status === 404 || status === 410 || refusal.startsWith('no-such-')) return EXIT.notFound
  if (status === 409 || status === 412) return EXIT.conflict
  if (refusal === 'invalid-configuration') return EXIT.failed
  return status === 400 || status === 413 || status === 422 ? EXIT.usage : EXIT.failed
}

function mendOf({ status }: ApiError): string | undefined {
  if (status === 401)
    return 'Set TOCSIN_TOKEN, or name a profile with --profile. `tocsin token create` on the server’s machine makes a token.'
  if (status === 503) return '`tocsin doctor` says what is wrong.'
  return undefined
}
