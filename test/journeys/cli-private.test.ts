import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandLine } from '../world/command-line.ts'
import { type Stage, setStage } from '../world/stage.ts'

let stage: Stage
let adas: string
let lins: string

beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'kim'] })
  await stage.write({ Team: { security: { members: ['lin'] } } })
  const token = async (person: string) => (await stage.world.api.createToken({ body: { label: person, role: 'responder', person } })).secret
  adas = await token('ada')
  lins = await token('lin')
})
afterAll(() => stage.close())

const tocsin = (argv: string[], token = adas) => commandLine(stage.world, argv, { token, terminal: {} })

test('Ada declares a private incident, lets Lin in and out again, and shows it to everybody in the end', async () => {
  const declared = await tocsin(['incident', 'create', 'SEV4', 'A key has leaked', '--private', '--allow', '@kim'])
  expect(declared.code, declared.err).toBe(0)
  const number = /INC-(\d+)/.exec(declared.out)![1]!
  expect((await tocsin(['incident', 'show', number])).out).toMatch(/private\s+ada, kim|private\s+Ada, Kim/i)
  const unknown = await tocsin(['incident', 'show', number], lins)
  expect([unknown.code === 0, unknown.err]).toEqual([false, expect.stringContaining(`There is no incident`)])

  expect((await tocsin(['incident', 'allow', number, 'team:security', '--dry-run'])).out).toContain('would let team:security see it')
  expect((await tocsin(['incident', 'show', number], lins)).code).not.toBe(0)
  expect((await tocsin(['incident', 'allow', number, 'team:security'])).out).toContain('team security')
  expect((await tocsin(['incident', 'show', number], lins)).code).toBe(0)
  expect((await tocsin(['incident', 'allow', number, 'team:security', '--remove'])).code).toBe(0)
  expect((await tocsin(['incident', 'show', number], lins)).code).not.toBe(0)
  expect((await tocsin(['incident', 'allow', number, 'kin'])).err).toContain('kim')

  expect((await tocsin(['incident', 'public', number, '--yes'])).out).toContain('is public')
  expect((await tocsin(['incident', 'show', number], lins)).code).toBe(0)
  expect((await tocsin(['incident', 'private', number])).out).toContain('is private')
  expect((await tocsin(['incident', 'show', number], lins)).code).not.toBe(0)
})

test('who sees it is said of a private incident only', async () => {
  const { code, err } = await tocsin(['incident', 'create', 'A key has leaked', '--allow', 'lin'])
  expect([code, err]).toEqual([2, expect.stringContaining('--private')])
})
