import type { ExitCode } from '../exits.ts'

/** Names that are looked up on the server while a command line is being completed. */
export type LiveNames =
  | 'incident'
  | 'alert'
  | 'service'
  | 'schedule'
  | 'policy'
  | 'person'
  | 'team'
  | 'integration'
  | 'hook'
  | 'override'
  | 'profile'

export interface Argument {
  name: string
  summary: string
  optional?: true
  /** Takes all that follow. */
  many?: true
  choices?: readonly string[]
  names?: LiveNames
}

/** An option; `--dry-run` is kept under `dryRun`. Without `value` it is a switch. */
export interface Option {
  short?: string
  /** What stands for the value in help: `--limit <n>`. */
  value?: string
  /** May be given several times. */
  many?: true
  /** Has a `--no-…` form as well; absent means neither was given. */
  negatable?: true
  choices?: readonly string[]
  names?: LiveNames
  summary: string
}

/**
 * One command, described once: the command line, its help, the reference, completions and the palette of the web are
 * made from it. Plain data, so that the browser may read it.
 */
export interface Verb {
  /** `incident list`, or one word for what is needed at night. */
  words: string
  summary: string
  /** Further sentences, for help and reference. */
  details?: string
  arguments?: readonly Argument[]
  options?: Readonly<Record<string, Option>>
  examples: readonly [string, ...string[]]
  /** Exit codes that mean something of their own here. */
  exits?: Readonly<Partial<Record<ExitCode, string>>>
  /** Other words that run it as well: those of the noun it belongs to. */
  sameAs?: readonly string[]
  /** What people may call it; typed by mistake, they are told the right words. */
  alsoCalled?: readonly string[]
  /** Works without a server. */
  offline?: true
  /** What its noun does when no second word is given. */
  isDefault?: true
  /** For programs: left out of help and reference. */
  hidden?: true
}

/** Keeps the literal types, from which a command's input is typed. */
export function verb<const V extends Verb>(described: V): V {
  return described
}

type ArgumentInput<A> = A extends { many: true } ? string[] : A extends { optional: true } ? string | undefined : string
type OptionInput<O> = O extends { value: string }
  ? O extends { many: true }
    ? string[] | undefined
    : O extends { choices: readonly (infer Choice)[] }
      ? Choice | undefined
      : string | undefined
  : boolean | undefined

/** What a command is handed: its arguments and options by name. */
export type InputOf<V> = (V extends { arguments: readonly (infer A extends Argument)[] }
  ? { [One in A as One['name']]: ArgumentInput<One> }
  : unknown) &
  (V extends { options: infer O } ? { [Key in keyof O]: OptionInput<O[Key]> } : unknown)
