import { expect, test, vi } from 'vitest'

/** Names, and words that German engineers use as they are. */
const SAME_IN_GERMAN = new Set([
  'Tocsin',
  'tocsin login-link',
  'Live',
  'Incidents',
  'Services',
  'Service',
  'Alerts',
  'Updates',
  'Webhooks',
  'Status',
  'Person',
  'Name',
  'System',
  'Browser',
  'English',
  'Deutsch',
  'Responder',
  'Manager',
  'Admin',
  'Team',
  'Labels',
  'Teams',
  'UTC',
  'Admins',
  'Mail',
  'Webhook',
  'Push',
  'SMS',
  'YAML',
  'Integration',
  'Alert',
  'Incident',
  '%',
  'US$',
])

/** Sentences that hold nothing but what they are given. */
const SAME_IN_SHAPE = new Set([
  'product/configuration/words.ts: changed',
  'parts/words.ts: seconds',
  'screens/settings/words.ts: engine.seconds',
  'screens/settings/words.ts: database.megabytes',
  'product/incidents/words.ts: nextIn',
  'product/incidents/incident-words.ts: pages.level',
  'screens/declare/words.ts: plan.summary',
  'screens/incidents/private-words.ts: team',
  'screens/war-room/people-words.ts: tab.targets.person',
  'screens/incidents/view-words.ts: in',
  'screens/war-room/clocks-words.ts: rules.update',
  'screens/war-room/clocks-words.ts: rules.task',
])

const modules = import.meta.glob<{ words: unknown }>(['./**/words.ts', './**/*-words.ts', '!./parts/{time,number}-words.ts'])
const files = Object.keys(modules)
  .map((path) => path.replace('./', ''))
  .sort()

test.each(files)('%s says everything in English and in German', async (file) => {
  const { english, german } = await bothOf(file)
  expect(Object.keys(english)).toEqual(Object.keys(german))
  const left: string[] = []
  for (const [key, value] of Object.entries(english)) {
    const other = german[key]!
    expect([key, other.kind]).toEqual([key, value.kind])
    const isSame = other.text === value.text && value.text !== ''
    if (isSame && !SAME_IN_GERMAN.has(value.text) && !SAME_IN_SHAPE.has(`${file}: ${key}`)) left.push(`${key}: ${value.text}`)
  }
  expect(left).toEqual([])
})

interface Leaf {
  kind: string
  text: string
}

/** Every string and sentence of a file by its path, in both languages. */
async function bothOf(file: string): Promise<{ english: Record<string, Leaf>; german: Record<string, Leaf> }> {
  const [english, german] = [await read('en'), await read('de')]
  return { english, german }

  async function read(language: 'en' | 'de'): Promise<Record<string, Leaf>> {
    vi.resetModules()
    vi.doMock('./language.ts', () => ({
      language,
      inLanguage: (first: unknown, second: unknown) => (language === 'de' ? second : first),
    }))
    const { words } = await modules[`./${file}`]!()
    return Object.fromEntries(leavesOf(words, ''))
  }
}

function leavesOf(value: unknown, path: string): [string, Leaf][] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, one]) => leavesOf(one, path === '' ? key : `${path}.${key}`))
  return [[path, { kind: typeof value, text: String(value) }]]
}
