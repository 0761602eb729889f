import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCommandLine } from '../../src/cli/program.ts'
import { type DemoProgram, startDemo } from '../browser/program.ts'

/** What a newcomer copies is run as it is written, in the order of reading, against a default install. */
const RUN = ['README.md', 'docs/first-steps.md', 'docs/connect.md']
const PAGES = ['README.md', 'CONTRIBUTING.md', ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : []))]

interface Block {
  page: string
  language: string
  text: string
}

const blocks = PAGES.flatMap(blocksOf)
const inline = PAGES.flatMap((page) =>
  [
    ...readFileSync(page, 'utf8')
      .replace(/^```.*?^```$/gms, '')
      .matchAll(/`((?:npx )?(?:tocsin|npm) [^`]+)`/g),
  ].map(([, text]) => ({ page, text: text! })),
)

test('a block says what it is: sh is a command, everything else is not', () => {
  for (const { page, language, text } of blocks) {
    // Programs are run by the tests of what they are about.
    expect(['sh', 'text', 'yaml', 'json', 'js'], `${page}: ${text}`).toContain(language)
    if (language !== 'sh') expect(text, page).not.toMatch(/^(curl|npm|npx) /m)
    else if (![...RUN, 'docs/cli.md'].includes(page))
      expect(text, `${page} has commands, and is not among those that are run`).toMatch(/^(npm .*\n?)+$/)
  }
})

test('commands that stand alone, in a sentence or as an example, are commands there are', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  const examples = blocks.filter(({ page, language }) => page === 'docs/cli.md' && language === 'sh')
  for (const { page, text } of [...inline, ...examples.flatMap(({ page, text }) => text.split('\n').map((line) => ({ page, text: line })))])
    for (const command of text.split(/ (?:&&|\|\|?) |; /)) {
      const [program, ...words] = wordsOf(command.replace(/^npx /, '').replace(/ > .*$/, ''))
      if (program === 'tocsin' && words.length > 0 && !/[…<[]/.test(command))
        expect(() => readLine(words), `${page}: ${command}`).not.toThrow()
      if (program === 'npm' && words[0] !== 'ci')
        expect(Object.keys(scripts), `${page}: ${command}`).toContain(words[0] === 'run' ? words[1] : words[0])
    }
})

describe('on a default install', () => {
  let program: DemoProgram
  beforeAll(async () => {
    program = await startDemo()
  })
  afterAll(() => program?.stop())

  test.each(RUN)('%s: every command does what it says', async (page) => {
    const commands = blocks.filter((block) => block.page === page && block.language === 'sh').map(({ text }) => text)
    const spoken = inline.filter((one) => one.page === page && one.text.startsWith('npx ')).map(({ text }) => text)
    expect(commands.length).toBeGreaterThan(0)
    for (const command of [...commands, ...spoken]) {
      // npm's own are what runs this test, and what started the program.
      const own = command.split('\n').filter((line) => !line.startsWith('npm '))
      if (own.length > 0) expect(await shell(own.join('\n')), `${page}: ${command}`).toMatchObject({ code: 0 })
    }
  })

  test('afterwards the person who signed in is on call, and is woken', async () => {
    const { out } = await shell('npx tocsin oncall now --service payments-api --json')
    expect(JSON.parse(out)).toMatchObject([
      { level: 1, person: 'owner' },
      { level: 2, person: 'lin' },
      { catchAll: true },
      { catchAll: true },
    ])
    const incidents = JSON.parse((await shell('npx tocsin incident list --status all --json')).out) as { title: string; status: string }[]
    expect(incidents).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ title: expect.stringContaining('Disk is full') }),
        expect.objectContaining({ title: expect.stringContaining('Checkout is slow') }),
        expect.objectContaining({ title: expect.stringContaining('Backup failed'), status: 'resolved' }),
      ]),
    )
  })

  function shell(text: string): Promise<{ code: number; out: string; err: string }> {
    const script = text.replaceAll('http://127.0.0.1:4400', program.url).replaceAll('curl ', 'curl --fail --silent --show-error ')
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], TOCSIN_DATA: program.data }
    return new Promise((resolve) => {
      execFile('bash', ['-euo', 'pipefail', '-c', script], { env }, (error, out, err) =>
        resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err }),
      )
    })
  }
})

function blocksOf(page: string): Block[] {
  return [...readFileSync(page, 'utf8').matchAll(/^```([^\n]*)\n(.*?)^```$/gms)].map(([, language, text]) => ({
    page,
    language: language!.trim(),
    text: text!.replace(/\n$/, ''),
  }))
}

/** A sentence may name a command without what it takes. */
function readLine(words: string[]): void {
  try {
    readCommandLine(words, '0')
  } catch (error) {
    if (!/^Missing required argument/.test((error as Error).message)) throw error
  }
}

/** As a shell takes a line apart, where nothing is put in for variables. */
function wordsOf(line: string): string[] {
  return (line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []).map((word) => word.replaceAll(/["']/g, ''))
}
