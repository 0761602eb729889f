import { EXIT_WORDS } from '../src/cli/exits.ts'
import { argumentUsage, isShown, optionSummary, optionUsage, sentence, usageOf } from '../src/cli/help.ts'
import { reaching } from '../src/cli/verbs/shared.ts'
import type { Verb } from '../src/cli/verbs/verb.ts'
import { chapters, verbs } from '../src/cli/verbs.ts'

/** docs/cli.md, made from the table of verbs. */
export function reference(): string {
  return [
    '# The command line',
    '',
    '<!-- Made from the table of verbs in src/cli/verbs.ts. `npx vitest run --project unit src/cli/reference.test.ts -u` makes it anew. -->',
    '',
    ...INTRODUCTION,
    '',
    '## Exit codes',
    '',
    table(
      ['code', 'meaning'],
      Object.entries(EXIT_WORDS).map(([code, words]) => [code, words]),
    ),
    '',
    '## Commands',
    '',
    ...chapters.flatMap(({ title, verbs: list }) => [
      `**${title}:** ${(list as readonly Verb[]).filter(isShown).map(linkTo).join(' · ')}`,
      '',
    ]),
    ...(verbs as readonly Verb[]).filter(isShown).flatMap(chapterOf),
  ]
    .join('\n')
    .replace(/\n+$/, '\n')
}

const INTRODUCTION = [
  'Data goes to standard output, talk to standard error. On a terminal lists are tables, elsewhere JSON; `-o` chooses: `wide` cuts',
  'nothing off and has more columns, `md` is a table for a ticket, `name` what other commands take. `--json` is short for `-o json`; `--field number` prints that',
  'alone, one line each, several with a tab between (`--field number,next.people.0.person`); for more there is `| jq`. A list is a JSON array of what the API answers, times in ISO 8601 UTC; tables show times in your zone, and its name.',
  'Colour repeats what the text says, and is left out when piped or with `NO_COLOR`. `<1>` is the worst severity, then `/2\\`, `(3)`, `[4]`, `{5}`; a missing',
  'person is the one bold red.',
  '',
  'Incidents, people, services and files in the examples stand for yours.',
  '',
  '`-` in place of ids reads them from standard input: `tocsin incident list -s checkout | tocsin ack -`. `--dry-run` says what would be done.',
  'Questions are asked on a terminal only; `--yes` answers them.',
  '',
  '## Which server',
  '',
  '1. `--server`, or `--profile` (a name in `$XDG_CONFIG_HOME/tocsin/profiles.yaml`, mode 0600; `tocsin profile add` writes it)',
  '2. `TOCSIN_SERVER` and `TOCSIN_TOKEN`',
  '3. `TOCSIN_PROFILE`, or the profile in use',
  '4. on the machine of the server: `server.url` and `local.token` in its data folder (`TOCSIN_DATA`, else `./data`)',
  '',
  'A token is sent to the server it belongs to, and never taken from a flag: other processes could read it.',
  '',
  table(
    ['option', 'meaning'],
    Object.entries(reaching).map(([name, option]) => [code(optionUsage(name, option)), optionSummary(option)]),
  ),
]

function chapterOf(verb: Verb): string[] {
  const { words, summary, details, arguments: taken = [], options = {}, examples, exits, sameAs = [] } = verb
  return [
    `### tocsin ${words}`,
    '',
    `${sentence(summary)}${details === undefined ? '' : ` ${details}`}${sameAs.length === 0 ? '' : ` The same as ${sameAs.map((one) => code(`tocsin ${one}`)).join(', ')}.`}`,
    '',
    '```text',
    `tocsin ${usageOf(verb)}`,
    '```',
    '',
    ...block(
      taken.map((one) => [code(argumentUsage(one)), one.summary]),
      ['argument', 'meaning'],
    ),
    ...block(
      Object.entries(options).map(([name, option]) => [code(optionUsage(name, option)), optionSummary(option)]),
      ['option', 'meaning'],
    ),
    ...(exits
      ? [
          `Exit ${Object.entries(exits)
            .map(([exit, meaning]) => `${exit}: ${meaning}`)
            .join('; ')}.`,
          '',
        ]
      : []),
    '```sh',
    ...examples,
    '```',
    '',
  ]
}

function block(rows: string[][], heads: string[]): string[] {
  return rows.length === 0 ? [] : [table(heads, rows), '']
}

function table(heads: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}

function code(text: string): string {
  return `\`${text}\``
}

function linkTo({ words }: Verb): string {
  return `[${words}](#tocsin-${words.replaceAll(' ', '-')})`
}
