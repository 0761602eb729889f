import { reaching } from './verbs/shared.ts'
import type { Argument, Option, Verb } from './verbs/verb.ts'
import { chapters, flagOf, type KnownVerb, nouns, verbs } from './verbs.ts'

const WIDTH = 90

/** What `tocsin incident list --help` prints. */
export function helpFor(verb: Verb): string {
  const { arguments: taken = [], options = {}, exits, examples, sameAs = [] } = verb
  return joined([
    [`tocsin ${usageOf(verb)}`],
    paragraph(`${sentence(verb.summary)}${verb.details === undefined ? '' : ` ${verb.details}`}`),
    sameAs.length === 0 ? [] : [`The same as ${sameAs.map((one) => `tocsin ${one}`).join(', ')}.`],
    section(
      'Arguments',
      taken.map((one) => [one.name, one.summary]),
    ),
    section(
      'Options',
      Object.entries(options).map(([name, option]) => [optionUsage(name, option), optionSummary(option)]),
    ),
    verb.offline
      ? []
      : section(
          'Server',
          Object.entries(reaching).map(([name, option]) => [optionUsage(name, option), option.summary]),
        ),
    exits
      ? section(
          'Exit codes',
          Object.entries(exits).map(([code, meaning]) => [code, meaning ?? '']),
        )
      : [],
    ['Examples:', ...examples.map((example) => `  ${example}`)],
  ])
}

/** What `tocsin incident --help` prints. */
export function helpForNoun(noun: string): string {
  const list = verbs.filter(({ words }) => words.startsWith(`${noun} `))
  return joined([
    [`tocsin ${noun} <command>`],
    [sentence(nouns[noun] ?? noun)],
    section(
      'Commands',
      list.map((verb) => [`tocsin ${verb.words}`, verb.summary]),
    ),
    [`\`tocsin ${noun} <command> --help\` tells more.`],
  ])
}

/** What `tocsin` alone prints. */
export function overview(): string {
  return joined([
    ['tocsin <command>', '', 'Incident management you host yourself: on-call, paging, incidents.'],
    ...chapters.map(({ title, verbs: list }) =>
      section(
        title,
        (list as readonly KnownVerb[]).filter(isShown).map((verb) => [`tocsin ${verb.words}`, verb.summary]),
        26,
      ),
    ),
    ['`tocsin <command> --help` tells more. Tables on a terminal, JSON when piped; -o chooses.'],
  ])
}

export function isShown(verb: Verb): boolean {
  return !verb.hidden
}

/** `incident show <id> [options]` */
export function usageOf({ words, arguments: taken = [], options = {} }: Verb): string {
  return [words, ...taken.map(argumentUsage), ...(Object.keys(options).length > 0 ? ['[options]'] : [])].join(' ')
}

export function argumentUsage({ name, optional, many }: Argument): string {
  const text = `${name}${many ? '...' : ''}`
  return optional ? `[${text}]` : `<${text}>`
}

/** `-s, --service <name>` */
export function optionUsage(name: string, { short, value, negatable }: Option): string {
  const long = negatable ? `${flagOf(name)}, --no-${flagOf(name).slice(2)}` : flagOf(name)
  return `${short ? `-${short}, ` : ''}${long}${value === undefined ? '' : ` <${value}>`}`
}

export function optionSummary({ summary, choices }: Option): string {
  return choices ? `${summary} (${choices.join(', ')})` : summary
}

export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

function section(title: string, rows: (readonly [string, string])[], leftMin = 0): string[] {
  if (rows.length === 0) return []
  const left = Math.max(leftMin, ...rows.map(([name]) => name.length))
  return [
    `${title}:`,
    ...rows.flatMap(([name, text]) => folded(text, WIDTH - left - 4).map((line, i) => `  ${(i === 0 ? name : '').padEnd(left)}  ${line}`)),
  ]
}

function paragraph(text: string): string[] {
  return folded(text, WIDTH)
}

function folded(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    if (line === undefined || line.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${line} ${word}`
  }
  return lines
}

function joined(sections: string[][]): string {
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}
