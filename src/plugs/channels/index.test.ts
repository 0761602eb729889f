import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { toldOf } from '../../modules/paging/index.ts'
import { channels } from './index.ts'

test('every channel has its own name, and says whether an address makes us call somebody', () => {
  expect(channels.map((channel) => [channel.name, channel.leadsTo?.('https://example.org/x', {})])).toEqual([
    ['email', undefined],
    ['ntfy', 'https://example.org/x'],
    ['screen', undefined],
    // Its address is a name; where it leads is a secret, which is looked at when it is called.
    ['slack', undefined],
    ['telegram', 'https://api.telegram.org'],
    ['webhook', 'https://example.org/x'],
  ])
})

test('every channel takes its own example for an address, and says the same things in both languages', () => {
  for (const channel of channels) {
    const { address, settings } = channel
    expect(address.schema.safeParse(address.example).success, channel.name).toBe(true)
    expect(Object.keys(settings?.labels ?? {}), channel.name).toEqual(Object.keys(settings?.schema.shape ?? {}))
    for (const words of [address.hint, channel.secret?.hint]) if (words) expect(words.en, channel.name).not.toBe(words.de)
  }
  expect(() => JSON.stringify(channels.map(toldOf))).not.toThrow()
})

const MARK = '<!-- Made from the channels. `UPDATE=1 npx vitest run --project unit src/plugs/channels/index.test.ts` makes it anew. -->'

test('docs/paging.md tells every channel', () => {
  const rows = channels.map(
    ({ name, title, choice = title, address, secret, can, about }) =>
      `| \`${name}\` | ${choice.en} | ${address.hint.en.replace(/\.$/, '')} | ${secret ? `${secret.required ? '' : 'optional: '}${secret.hint.en.replace(/\.$/, '')}` : '–'} | ${can.acknowledge}${can.perMinute === undefined ? '' : `; ${can.perMinute} a minute`} | ${about} |`,
  )
  const table = [
    MARK,
    '',
    '| channel | called | address | secret | acknowledging | what to know |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
  const [before = '', after = ''] = readFileSync('docs/paging.md', 'utf8').split(/<!-- Made from the channels[\s\S]*?\n(?=\n[^|\n])/)
  const text = `${before}${table}${after}`
  if (process.env['UPDATE'] === '1') writeFileSync('docs/paging.md', text)
  expect(
    readFileSync('docs/paging.md', 'utf8') === text,
    'docs/paging.md is stale: run this test with UPDATE=1 and review the change',
  ).toBe(true)
})
