import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAst } from 'vite'
import { expect, test } from 'vitest'

/** Where texts of users come in. The command line and the browser read what their own user writes. */
const ROOMS = ['kernel', 'platform', 'modules', 'plugs', 'reads', 'pages']

/** Never given a text of any length. */
const BOUNDED: Record<string, string> = {
  '\\/+$': 'the public address, which the operator sets',
}

const LENGTH = 24_000
/** A search that looks at each letter once takes a millisecond; one that starts anew at each takes half a second. */
const LIMIT_MS = 60

interface Found {
  at: string
  source: string
  flags: string
}

function regexesIn(node: unknown, at: string): Found[] {
  if (typeof node !== 'object' || node === null) return []
  if (Array.isArray(node)) return node.flatMap((one) => regexesIn(one, at))
  const { type, regex, callee } = node as { type?: string; regex?: { pattern: string; flags: string }; callee?: { name?: string } }
  if (type === 'Literal' && regex) return [{ at, source: regex.pattern, flags: regex.flags }]
  const made = (type === 'NewExpression' || type === 'CallExpression') && callee?.name === 'RegExp'
  return [...(made ? [{ at, source: '', flags: 'made' }] : []), ...Object.values(node).flatMap((one) => regexesIn(one, at))]
}

const found = ROOMS.flatMap((room) =>
  readdirSync(join('src', room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap((name) => regexesIn(parseAst(readFileSync(join('src', room, name), 'utf8'), { lang: 'ts' }), join(room, name))),
)

/** Letters and words that lead far into this expression, and out of it again at the end. */
function attacksOn(source: string): string[] {
  const plain = source.replace(/\\u[\da-f]{4}|\\p\{\w+\}|\\[a-z]/gi, ' ').replace(/\\(.)/g, '$1')
  const words = [...new Set([...plain.matchAll(/[\w":/@-]{2,}/g)].map(([word]) => word))]
  const written = [...new Set(plain)].filter((letter) => /[^\w\s]/.test(letter))
  const pairs = written.slice(0, 9).flatMap((one) => written.slice(0, 9).map((other) => one + other))
  const pumps = [...written, ' ', 'a', 'Z', '0', '0a', ' a', '\n', '\0', '\uFFFD', '\u202e', ...words, ...pairs]
  const starts = new Set(['', 'https://', '"routing_key"', ...words.slice(0, 3)])
  return pumps.flatMap((pump) =>
    [...starts].flatMap((start) => ['', '\0', ' '].map((end) => start + pump.repeat(LENGTH / pump.length) + end)),
  )
}

function cpuMs(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** The attack that makes this expression look at letters again and again, if there is one. */
function broken({ source, flags }: Found): string | undefined {
  const regex = new RegExp(source, flags)
  const search = (text: string) => void (regex.global ? text.replace(regex, '') : regex.test(text))
  const isSlow = (text: string) => cpuMs(() => search(text)) > LIMIT_MS
  const seemsSlow = (text: string) => {
    const began = performance.now()
    search(text)
    return performance.now() - began > LIMIT_MS
  }
  // On the clock it may be the machine's fault; in time of the processor, twice, it is the expression's.
  return attacksOn(source).find((text) => seemsSlow(text) && isSlow(text) && isSlow(text))
}

test('this test sees an expression that is slow', () => {
  const slow = (source: string, flags = '') => broken({ at: '', source, flags })
  expect(slow('"(?:[^"\\\\]|\\\\.)*"', 'gs')).toBeDefined()
  expect(slow('\\/+$')).toBeDefined()
  expect(slow('^\\S+@\\S+$')).toBeDefined()
})

test('no regular expression holds up the others, whatever text it is given', { timeout: 120_000 }, () => {
  expect(found.length).toBeGreaterThan(60)
  expect(found.filter(({ flags }) => flags === 'made')).toEqual([])
  const slow = found.filter((one) => BOUNDED[one.source] === undefined && broken(one) !== undefined)
  expect(slow.map(({ at, source }) => `${at}: /${source}/`)).toEqual([])
})
