import { Command, Option as CommanderOption, InvalidArgumentError } from 'commander'
import { CommandError } from './errors.ts'
import { EXIT } from './exits.ts'
import { argumentUsage, helpFor, helpForNoun, isShown, optionUsage, overview } from './help.ts'
import { nearestName, suggestOption, suggestVerb, verbOf } from './suggest.ts'
import { reaching } from './verbs/shared.ts'
import type { Option, Verb } from './verbs/verb.ts'
import { nouns, verbs } from './verbs.ts'

/** What a command line asks for. */
export interface Asked {
  verb: Verb
  input: Record<string, unknown>
  server: string | undefined
  profile: string | undefined
}

/**
 * Reads a command line by the table of verbs: what is asked for, or text to print (help, version). Throws a
 * CommandError that suggests the right words.
 */
export function readCommandLine(argv: readonly string[], version: string): Asked | { text: string } {
  let asked: Asked | undefined
  let text = ''
  const program = shaped(new Command('tocsin').version(version), overview, (written) => {
    text += written
  })
  for (const [name, option] of Object.entries(reaching)) program.addOption(new CommanderOption(optionUsage(name, option)))
  const parents = new Map<string, Command>()
  for (const verb of verbs as readonly Verb[]) {
    for (const words of [verb.words, ...(verb.sameAs ?? [])]) {
      const command = add(program, parents, { ...verb, words }, (written) => {
        text += written
      })
      command.action((...given: unknown[]) => {
        const found = given.at(-1) as Command
        const { server, profile, ...options } = found.optsWithGlobals<Record<string, string | undefined>>()
        asked = { verb, input: { ...options, ...argumentsOf(verb, given.slice(0, -2)) }, server, profile }
      })
    }
  }
  const words = argv[0] === 'help' ? [...argv.slice(1), '--help'] : [...argv]
  if (words.length === 0) return { text: overview() }
  try {
    program.parse(words, { from: 'user' })
  } catch (error) {
    const { code, message, exitCode } = error as { code?: string; message: string; exitCode?: number }
    if (!code?.startsWith('commander.')) throw error
    if (exitCode !== 0) throw wrongly(words, code, message)
  }
  return asked ?? { text }
}

function add(program: Command, parents: Map<string, Command>, verb: Verb, write: (text: string) => void): Command {
  const [first = '', second] = verb.words.split(' ')
  const name = second ?? first
  const command = shaped(
    parentOf(program, parents, second === undefined ? undefined : first, write).command(name, {
      isDefault: verb.isDefault === true,
      hidden: !isShown(verb),
    }),
    () => helpFor(verb),
    write,
  )
  for (const { name: argument, summary, optional, many, choices } of verb.arguments ?? []) {
    const usage = argumentUsage({ name: argument, summary, ...(optional && { optional }), ...(many && { many }) })
    if (choices) command.argument(usage, summary, (value: string) => oneOf(choices, value))
    else command.argument(usage, summary)
  }
  for (const [key, option] of Object.entries(verb.options ?? {})) for (const one of optionsOf(key, option)) command.addOption(one)
  return command
}

function parentOf(program: Command, parents: Map<string, Command>, noun: string | undefined, write: (text: string) => void): Command {
  if (noun === undefined) return program
  let parent = parents.get(noun)
  if (!parent) {
    parent = shaped(program.command(noun), () => helpForNoun(noun), write)
    parents.set(noun, parent)
  }
  return parent
}

/** Help is ours, and nothing is printed before it is known what the whole line means. */
function shaped(command: Command, help: () => string, write: (text: string) => void): Command {
  command.helpInformation = help
  return command
    .exitOverride()
    .helpCommand(false)
    .configureOutput({ writeOut: write, writeErr: () => {}, outputError: () => {} })
}

function optionsOf(name: string, option: Option): CommanderOption[] {
  const { value, many, choices, negatable } = option
  if (negatable) return [new CommanderOption(`--${name}`), new CommanderOption(`--no-${name}`)]
  const made = new CommanderOption(optionUsage(name, option), option.summary)
  if (value === undefined) return [made]
  const checked = (text: string) => (choices ? oneOf(choices, text) : text)
  if (many) made.argParser((text: string, before: string[] | undefined) => [...(before ?? []), checked(text)])
  else made.argParser(checked)
  return [made]
}

function oneOf(choices: readonly string[], value: string): string {
  const known = choices.find((choice) => choice.toLowerCase() === value.toLowerCase())
  if (known === undefined) {
    const meant = nearestName(value, choices)
    throw new InvalidArgumentError(`${meant === undefined ? '' : `Did you mean ‹${meant}›? `}It is one of: ${choices.join(', ')}.`)
  }
  return known
}

function argumentsOf(verb: Verb, given: unknown[]): Record<string, unknown> {
  return Object.fromEntries((verb.arguments ?? []).map(({ name, many }, i) => [name, given[i] ?? (many ? [] : undefined)]))
}

/** What is wrong with a command line, and what to type instead. */
function wrongly(argv: readonly string[], code: string, message: string): CommandError {
  const words = argv.filter((word) => !word.startsWith('-') || word === '-')
  const verb = verbOf(words)
  if (!verb && (code === 'commander.unknownCommand' || code === 'commander.help' || code === 'commander.excessArguments'))
    return unknown(words)
  const [sentence = '', hint] = message.replace(/^error: /, '').split('\n')
  const option = code === 'commander.unknownOption' ? /'(--[^']+)'/.exec(sentence)?.[1] : undefined
  const meant = option === undefined ? /\(Did you mean (.*)\?\)/.exec(hint ?? '')?.[1] : verb && suggestOption(option, verb)
  const said = `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`.replace(/\.?$/, '.')
  return new CommandError(
    EXIT.usage,
    `${said}${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
    verb ? `Such as: ${verb.examples[0]}` : '`tocsin --help` lists the commands.',
  )
}

function unknown(words: readonly string[]): CommandError {
  const [noun = ''] = words
  if (words.length === 1 && noun in nouns) {
    const list = verbs.filter((verb) => verb.words.startsWith(`${noun} `)).map((verb) => verb.words.slice(noun.length + 1))
    return new CommandError(EXIT.usage, `Say what about ${nouns[noun]?.split(':')[0]}: tocsin ${noun} ${list.join('|')}.`)
  }
  const meant = suggestVerb(words)
  const typed = words.slice(0, noun in nouns ? 2 : 1).join(' ')
  return new CommandError(
    EXIT.usage,
    `There is no command ‹${typed}›.${meant ? ` Did you mean \`tocsin ${meant.words}\`?` : ''}`,
    meant ? `Such as: ${meant.examples[0]}` : '`tocsin --help` lists the commands.',
  )
}
