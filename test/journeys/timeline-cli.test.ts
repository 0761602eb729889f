import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandLine, type Typed } from '../world/command-line.ts'
import { type Stage, setStage } from '../world/stage.ts'

let stage: Stage
let folder: string
const tokens: Record<string, string> = {}
let number: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-timeline-'))
  stage = await setStage({ people: ['ada', 'lin', 'kim'] })
  for (const [person, role] of [
    ['ada', 'responder'],
    ['kim', 'admin'],
  ] as const)
    tokens[person] = (await stage.world.api.createToken({ body: { label: person, role, person } })).secret
  number = (await stage.alarm())!.number
})
afterAll(async () => {
  await stage.close()
  rmSync(folder, { recursive: true, force: true })
})

const tocsin = (argv: string[], typed: Typed = {}) => commandLine(stage.world, argv, { token: tokens['ada']!, folder, ...typed })
function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const timeline = async (...more: string[]) =>
  (await tocsin(['incident', 'timeline', number, ...more, '--json'])).json() as { seq: number; type: string }[]
const seqOf = async (type: string) => (await timeline()).find((one) => one.type === type)!.seq

test('Ada writes down what she saw and what was decided, and puts her words right', async () => {
  expect((await tocsin(['note', number, 'gateway 2.14 went out', '--at', '3m ago', '--kind', 'observation'])).code).toBe(0)
  expect((await tocsin(['note', number, 'roll back', '--kind', 'decision'], { terminal: {} })).out).toContain('decided: roll back')
  expect((await tocsin(['note', number, 'x', '--at', 'in 3h'])).code).toBe(2)
  const note = String(await seqOf('note.added'))
  expect((await tocsin(['entry', 'edit', number, note, 'gateway 2.15 went out', '--dry-run'])).json()).toMatchObject({ would: 'edit' })
  expect((await tocsin(['entry', 'edit', number, note, 'gateway', '2.15', 'went out'])).json()).toEqual({ seq: expect.any(Number) })
  const shown = await tocsin(['incident', 'timeline', number], { terminal: {} })
  expect(shown.out.replace(/\s+/g, ' ')).toMatch(
    /ada observed: “gateway 2.15 went out” \(typed .+\) \(edited, before: “gateway 2.14 went out”\)/,
  )
  const decided = String((await timeline('--show', 'people')).at(-2)!.seq)
  expect((await tocsin(['entry', 'delete', number, decided, '--reason', 'too soon'])).code).toBe(0)
  expect((await tocsin(['entry', 'delete', number, '1'])).code).toBe(5)
  expect((await tocsin(['entry', 'delete', number, '999', '--dry-run'])).code).toBe(3)
  expect((await tocsin(['entry', 'redact', number, note, '--reason', 'a name'])).code).toBe(4)
  expect((await tocsin(['entry', 'redact', number, note])).code).toBe(2)
  expect((await tocsin(['entry', 'redact', number, note, '--reason', 'a name'], { token: tokens['kim']! })).code).toBe(0)
  expect((await tocsin(['incident', 'timeline', number, '--order', 'recorded'], { terminal: {} })).out).not.toContain('gateway')
})

test('a table of notes comes in once, by the line where a row is wrong not at all', async () => {
  const table = '| Time | Event |\n|---|---|\n| 01:00 | Deployment |\n| 01:05 | Errors |\n'
  const notes = [
    'incident',
    'import-timeline',
    number,
    file('notes.md', table),
    '--date',
    '2026-11-20',
    '--zone',
    'Europe/Berlin',
    '--json',
  ]
  expect((await tocsin([...notes, '--dry-run'])).json()).toEqual({ added: 2, known: 0, dryRun: true })
  expect((await tocsin(notes)).json()).toEqual({ added: 2, known: 0 })
  expect((await tocsin(notes)).json()).toEqual({ added: 0, known: 2 })
  const bad = await tocsin(['incident', 'import-timeline', number, file('bad.md', table)])
  expect([bad.code, bad.err]).toEqual([2, expect.stringContaining(`${join(folder, 'bad.md')}:3: ‹01:00› is a time without a day`)])
  expect((await tocsin(['incident', 'import-timeline', number, file('notes', table)])).code).toBe(2)
})

test('a bundle is verified without a server; what was changed is named', async () => {
  const bundle = join(folder, 'bundle.json')
  expect((await tocsin(['incident', 'export', number, '--format', 'bundle', '-f', bundle])).code).toBe(0)
  const nowhere = { env: { TOCSIN_SERVER: undefined, TOCSIN_TOKEN: undefined } }
  const { key } = await stage.world.api.getSigningKey()
  const whole = await tocsin(['incident', 'verify', bundle, '--key', key], nowhere)
  expect([whole.code, whole.out]).toEqual([0, expect.stringContaining(`Whole: ${number} Disk is full`)])
  expect((await tocsin(['incident', 'verify', bundle, '--key', 'another'], nowhere)).code).toBe(1)
  const forged = JSON.parse(readFileSync(bundle, 'utf8'))
  forged.events[2].actor = 'person:zoe'
  const broken = await tocsin(['incident', 'verify', file('forged.json', JSON.stringify(forged))], nowhere)
  expect([broken.code, broken.err]).toEqual([1, 'Changed: entry 3 is the first that does not fit.\n'])
  const cut = JSON.parse(readFileSync(bundle, 'utf8'))
  cut.exportedAt = '2026-11-20T00:00:00.000Z'
  expect((await tocsin(['incident', 'verify', '-'], { ...nowhere, stdin: JSON.stringify(cut) })).err).toContain('not what was signed')
  expect((await tocsin(['incident', 'verify', file('no.json', '{}')], nowhere)).code).toBe(1)
  expect((await tocsin(['incident', 'verify', join(folder, 'nothing-here')], nowhere)).code).toBe(2)
  expect((await tocsin(['incident', 'export', number])).out).toMatch(new RegExp(`^# ${number}: Disk is full`))
  expect((await tocsin(['incident', 'export', 'INC-99999'])).code).toBe(3)
})
