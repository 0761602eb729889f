import { expect, test } from 'vitest'
import { reference } from '../../tools/cli-reference.ts'
import { helpFor, helpForNoun, overview } from './help.ts'
import type { Verb } from './verbs/verb.ts'
import { nouns, verbs } from './verbs.ts'

const all = verbs as readonly Verb[]

test('docs/cli.md is current', async () => {
  // After a change of the table: `npx vitest run --project unit src/cli/reference.test.ts -u`
  await expect(reference()).toMatchFileSnapshot('../../docs/cli.md')
})

test('every command is in the reference with its options and an example; those for programs are not', () => {
  const text = reference()
  for (const verb of all) {
    expect(text.includes(`### tocsin ${verb.words}\n`), verb.words).toBe(verb.hidden !== true)
    if (!verb.hidden) for (const example of verb.examples) expect(text).toContain(example)
  }
})

test('help fits on a terminal of 100 columns and says how to go on', () => {
  for (const verb of all) {
    // Examples are whole lines to copy.
    const [told = ''] = helpFor(verb).split('Examples:')
    for (const line of told.split('\n')) expect(line.length, line).toBeLessThanOrEqual(100)
    expect(helpFor(verb)).toContain('Examples:')
  }
  for (const line of overview().split('\n')) expect(line.length, line).toBeLessThanOrEqual(110)
})

test('every noun has its words, and every word stands once', () => {
  for (const { words } of all) if (words.includes(' ')) expect(Object.keys(nouns)).toContain(words.split(' ')[0])
  for (const noun of Object.keys(nouns)) expect(helpForNoun(noun)).toContain(`tocsin ${noun} `)
  expect(new Set(all.map(({ words }) => words)).size).toBe(all.length)
})

test('one letter means one thing in a command', () => {
  for (const { words, options = {} } of all) {
    const letters = Object.values(options).flatMap(({ short }) => (short ? [short] : []))
    expect([words, new Set(letters).size]).toEqual([words, letters.length])
  }
})

/** Everything else can be tried with --dry-run. */
const READS =
  /(^| )(list|show|watch|why|now|next|me|gaps|simulate|propose|events|deliveries|status|timeline|verify)$|^(incident export|incident plan|validate|diff|whoami|doctor|open|completion|serve|__names)$/

test('whatever writes can be tried without writing', () => {
  for (const verb of verbs as readonly Verb[])
    expect('dryRun' in (verb.options ?? {}), `${verb.words} --dry-run`).toBe(!READS.test(verb.words))
})
