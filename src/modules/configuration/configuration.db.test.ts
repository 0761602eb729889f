import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createWorld, exampleConfiguration, twoPeople, type World } from '../../../test/world/world.ts'
import type { Actor } from '../../kernel/actor.ts'
import { isRefusal } from '../../kernel/result.ts'
import { Service } from '../catalog/index.ts'
import { type Origin, readHistory } from '../documents/index.ts'
import { EscalationPolicy } from '../escalation/index.ts'
import { Override, onCallFor } from '../oncall/index.ts'
import { Person, Team } from '../people/index.ts'
import * as actions from './actions.ts'
import { type ConfigurationParts, planDocuments } from './actions.ts'
import { exportText } from './export.ts'
import { kindOfPlural } from './kinds.ts'
import { changesAnything } from './plan.ts'
import { applyAtStart, ConfigurationRefusal, issueText } from './start-up.ts'
import type { ConfigurationFile } from './yaml.ts'

let world: World
const folders: string[] = []
beforeEach(async () => {
  world = await createWorld()
})
afterEach(async () => {
  await world.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const FIRST_STEPS = twoPeople()
const write = (...documents: [kind: string, name: string, spec: string][]) =>
  documents
    .map(([kind, name, spec]) => `apiVersion: tocsin.dev/v1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: ${spec}\n`)
    .join('---\n')

/** Each action in a transaction of its own, as a request has it. */
type Rest<Act> = Act extends (tx: never, of: never, ...rest: infer More) => unknown ? More : never
async function applyDocuments(
  parts: ConfigurationParts,
  now: number,
  by: 'system' | 'person:ada',
  files: ConfigurationFile[],
  options: { prune: boolean; keepTurn?: boolean },
) {
  const read = await actions.readFiles(parts, files)
  return parts.db.transaction((tx) => actions.applyDocuments(tx, now, by, parts.documents, read, options))
}
async function putObject(parts: ConfigurationParts, now: number, by: Actor, origin: Origin, change: actions.ObjectChange) {
  const read = await actions.readChange(parts, change)
  return parts.db.transaction((tx) => actions.putObject(tx, parts.documents, now, by, origin, change, read))
}
const ejectObject = ({ db, documents }: ConfigurationParts, ...rest: Rest<typeof actions.ejectObject>) =>
  db.transaction((tx) => actions.ejectObject(tx, documents, ...rest))
const removeObject = ({ db, documents }: ConfigurationParts, ...rest: Rest<typeof actions.removeObject>) =>
  db.transaction((tx) => actions.removeObject(tx, documents, ...rest))

const fresh = () => world.app.documents.fresh(world.db.sql)
const apply = (text: string, { prune = false, file = 'company.yaml' } = {}) =>
  applyDocuments(world.app.configuration, world.now(), 'person:ada', [{ file, text }], { prune })
const issuesOf = (outcome: unknown) => (isRefusal(outcome) ? (outcome.issues ?? []).map(issueText) : [])

test('documents are put in force with the place they stand at; applied again they change nothing', async () => {
  const plan = await apply(FIRST_STEPS)
  expect(plan).toMatchObject({ created: { length: 10 }, changed: [], unchanged: [], removed: [], warnings: [] })
  expect((await fresh()).get(Team, 'payments')).toMatchObject({
    version: 1,
    origin: { kind: 'file', file: 'company.yaml', line: 29 },
    changedBy: 'person:ada',
    spec: { displayName: 'Payments', members: ['ada', 'lin'] },
  })
  expect(await apply(FIRST_STEPS)).toMatchObject({ created: [], changed: [], unchanged: { length: 10 } })
  expect((await fresh()).get(Team, 'payments')?.version).toBe(1)
})

test('a document that only moved keeps its version and tells its new line', async () => {
  await apply(FIRST_STEPS)
  await apply(`# A remark on top.\n${FIRST_STEPS}`, { file: 'moved.yaml' })
  expect((await fresh()).get(Team, 'payments')).toMatchObject({ version: 1, origin: { file: 'moved.yaml', line: 30 } })
  expect(await readHistory(world.db.sql, 'Team', 'payments', 10)).toHaveLength(1)
})

test('one mistake, and nothing is changed', async () => {
  const outcome = await apply(`${FIRST_STEPS}---\n${write(['Team', 'night', '{ members: [nobody] }'])}`)
  expect(outcome).toMatchObject({ refusal: 'invalid-configuration' })
  expect(issuesOf(outcome)).toEqual(['company.yaml:87 spec.members.0: there is no Person ‹nobody›; there are: ada, lin'])
  expect((await fresh()).all(Person)).toEqual([])
})

test('what is exported, applied to an empty server, is the same; there and here a diff is empty', async () => {
  await apply(exampleConfiguration('company.yaml').replaceAll('example.org/hooks', 'example.org/h'))
  const text = exportText(await fresh())
  const plan = await planDocuments(world.app.configuration, world.now(), [{ file: 'export.yaml', text }], { prune: true })
  expect(isRefusal(plan) ? plan : changesAnything(plan)).toBe(false)
  const other = await createWorld()
  try {
    await applyDocuments(other.app.configuration, other.now(), 'system', [{ file: 'export.yaml', text }], { prune: false })
    expect(exportText(await other.app.documents.fresh(other.db.sql))).toBe(text)
  } finally {
    await other.close()
  }
})

test('prune removes what came from files and is no longer written, and nothing else', async () => {
  await apply(write(['Person', 'ada', '{}'], ['Person', 'lin', '{}'], ['Team', 'night', '{ members: [ada] }']))
  await putObject(
    world.app.configuration,
    world.now(),
    'person:ada',
    { kind: 'ui' },
    { kind: kindOfPlural('people'), name: 'kim', spec: {}, eject: false },
  )
  const outcome = await apply(write(['Person', 'ada', '{}']), { prune: true })
  expect(outcome).toMatchObject({
    removed: [
      { kind: 'Person', name: 'lin' },
      { kind: 'Team', name: 'night' },
    ],
    onlyOnServer: [{ kind: 'Person', name: 'kim' }],
  })
  const after = await fresh()
  expect(
    after
      .all(Person)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['ada', 'kim'])
  expect(after.all(Team)).toEqual([])
})

test('prune does not take away what a person made something of', async () => {
  await apply(write(['Person', 'ada', '{}'], ['Person', 'lin', '{}']))
  await putObject(
    world.app.configuration,
    world.now(),
    'person:ada',
    { kind: 'ui' },
    { kind: kindOfPlural('teams'), name: 'night', spec: { members: ['lin'] }, eject: false },
  )
  const outcome = await apply(write(['Person', 'ada', '{}']), { prune: true })
  expect(issuesOf(outcome)).toEqual(['Person/lin: Person ‹lin› cannot be removed: Team ‹night› refers to it in members.0'])
  expect((await fresh()).get(Person, 'lin')).toBeDefined()
})

test('an object that comes from a file is changed there, or ejected', async () => {
  await apply(FIRST_STEPS)
  const parts = world.app.configuration
  const change = { kind: kindOfPlural('teams'), name: 'payments', spec: { members: ['ada'] } }
  const refused = await putObject(parts, world.now(), 'person:lin', { kind: 'ui' }, { ...change, eject: false })
  expect(refused).toMatchObject({
    refusal: 'from-file',
    message: 'Team ‹payments› comes from company.yaml, line 29. Change it there, or eject it to change it here.',
  })
  expect(await removeObject(parts, world.now(), 'person:lin', { kind: 'ui' }, { ...change, eject: false })).toMatchObject({
    refusal: 'from-file',
  })
  await putObject(parts, world.now(), 'person:lin', { kind: 'ui' }, { ...change, eject: true })
  expect((await fresh()).get(Team, 'payments')).toMatchObject({
    version: 2,
    spec: { members: ['ada'] },
    origin: { kind: 'ui' },
    changedBy: 'person:lin',
  })
  await ejectObject(parts, world.now(), 'person:lin', { kind: 'ui' }, kindOfPlural('services'), 'payments-api')
  expect((await fresh()).get(Service, 'payments-api')).toMatchObject({ version: 2, origin: { kind: 'ui' } })
})

test('of two people who change the same version, the second sees both sides', async () => {
  const parts = world.app.configuration
  const put = (spec: unknown, expectedVersion: number) =>
    putObject(
      parts,
      world.now(),
      'person:ada',
      { kind: 'ui' },
      { kind: kindOfPlural('people'), name: 'kim', spec, expectedVersion, eject: false },
    )
  expect(await put({ displayName: 'Kim' }, 0)).toMatchObject({ document: { version: 1 } })
  expect(await put({ displayName: 'Kim' }, 0)).toMatchObject({ refusal: 'conflict' })
  expect(await put({ displayName: 'Kim K.' }, 1)).toMatchObject({ document: { version: 2 } })
  expect(await put({ displayName: 'Kimberley', timeZone: 'UTC' }, 1)).toMatchObject({
    refusal: 'conflict',
    message: 'Person ‹kim› was changed meanwhile by person:ada: it is at version 2, you changed version 1.',
    issues: [
      { path: 'spec.displayName', message: '"Kim K." on the server, "Kimberley" in yours' },
      { path: 'spec.timeZone', message: 'not there on the server, "UTC" in yours' },
    ],
    current: { version: 2, spec: { displayName: 'Kim K.' } },
  })
  expect(await put({ displayName: 'Kim K.' }, 2)).toMatchObject({ document: { version: 2 } })
})

/** Resolves once so many of this world's connections wait for a lock. */
async function untilWaiting(writers: number): Promise<void> {
  for (;;) {
    const [row] = await world.db.sql<{ count: number }>`
      select count(*) as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    if (row!.count >= writers) return
  }
}

test('two writers at once follow one another: neither breaks the other’s references', async () => {
  await apply(write(['Person', 'ada', '{}'], ['Person', 'lin', '{}']))
  const parts = world.app.configuration
  const removal = { kind: kindOfPlural('people'), name: 'lin', eject: true }
  const change = { kind: kindOfPlural('teams'), name: 'night', spec: { members: ['lin'] }, eject: false }
  const outcomes = await world.db.transaction(async (tx) => {
    await world.app.documents.hold(tx)
    const removed = removeObject(parts, world.now(), 'system', { kind: 'api' }, removal)
    await untilWaiting(1)
    const put = putObject(parts, world.now(), 'system', { kind: 'api' }, change)
    await untilWaiting(2)
    return { removed, put }
  })
  expect(await outcomes.removed).toEqual([{ kind: 'Person', name: 'lin' }])
  expect(issuesOf(await outcomes.put)).toEqual(['spec.members.0: there is no Person ‹lin›; there are: ada'])
})

test('pages that wait for a person or a contact that goes are withdrawn with it', async () => {
  const hook = (name: string) => `{ name: ${name}, channel: webhook, address: "http://127.0.0.1:9911/x", bundle: false }`
  const company = (people: string) =>
    `${people}---\n${write(
      ['Team', 'all', '{ members: [ada] }'],
      ['EscalationPolicy', 'p', '{ levels: [ { after: 0s, notify: [ { team: all } ] } ], catchAll: { notify: [ { team: all } ] } }'],
      ['Service', 's', '{ policy: p }'],
    )}`
  const ada = (contacts: string[]) => write(['Person', 'ada', `{ contacts: [ ${contacts.map(hook).join(', ')} ] }`])
  await apply(company(ada(['first', 'second'])))
  await world.api.declareIncident({ body: { title: 'Disk is full', service: 's' } })
  const waiting = async () =>
    (
      await world.db.sql<{
        contact: string
        status: string
        ended_reason: string | null
      }>`select contact, status, ended_reason from paging_pages order by contact`
    ).map(({ contact, status, ended_reason }) => `${contact} ${status === 'withdrawn' ? ended_reason : 'waits'}`)
  expect(await waiting()).toEqual(['first waits', 'second waits'])
  await apply(company(ada(['first'])))
  expect(await waiting()).toEqual(['first waits', 'second contact-removed'])
  await apply(
    `${write(['Person', 'lin', '{}'])}---\n${write(['Team', 'all', '{ members: [lin] }'], ['EscalationPolicy', 'p', '{ levels: [], catchAll: { notify: [ { team: all } ] } }'], ['Service', 's', '{ policy: p }'])}`,
    { prune: true },
  )
  expect(await waiting()).toEqual(['first contact-removed', 'second contact-removed'])
})

test('a schedule takes its overrides along', async () => {
  await apply(write(['Person', 'ada', '{}'], ['Schedule', 'night', '{ timeZone: UTC, layers: [] }']))
  await world.api.makeOverride({ params: { name: 'night' }, body: { person: 'ada', until: '2026-11-21T00:00:00Z' } })
  const parts = world.app.configuration
  expect(
    await removeObject(parts, world.now(), 'system', { kind: 'api' }, { kind: kindOfPlural('people'), name: 'ada', eject: true }),
  ).toMatchObject({
    refusal: 'still-needed',
    message: 'Person ‹ada› cannot be removed: an override of Schedule ‹night› until 2026-11-21T00:00:00.000Z names it; delete that first.',
  })
  expect(
    await removeObject(parts, world.now(), 'system', { kind: 'api' }, { kind: kindOfPlural('schedules'), name: 'night', eject: true }),
  ).toHaveLength(2)
  expect((await fresh()).all(Override)).toEqual([])
})

test('an override made in the product is exported with the rest, and an empty server takes it over as it was', async () => {
  await apply(write(['Person', 'ada', '{}'], ['Person', 'lin', '{}'], ['Schedule', 'night', '{ timeZone: Europe/Berlin, layers: [] }']))
  const make = (person: string, from: string) =>
    world.api.makeOverride({ params: { name: 'night' }, body: { person, from, until: '2026-12-24T09:00', reason: 'Swap with Lin' } })
  const first = await make('ada', '2026-12-20T09:00')
  await world.pass({ seconds: 1 })
  await make('lin', '2026-12-21T09:00')
  const text = exportText(await fresh())
  expect(text).toContain(`kind: Override\nmetadata: { name: ${first.id} }\n`)
  const plan = await planDocuments(world.app.configuration, world.now(), [{ file: 'export.yaml', text }], { prune: true })
  expect(plan).toMatchObject({ created: [], changed: [], removed: [], onlyOnServer: [], unchanged: { length: 5 } })

  const other = await createWorld()
  try {
    await applyDocuments(other.app.configuration, other.now(), 'system', [{ file: 'export.yaml', text }], { prune: false })
    expect(exportText(await other.app.documents.fresh(other.db.sql))).toBe(text)
    const query = { since: '2026-12-20T00:00:00Z', until: '2026-12-25T00:00:00Z' }
    const shifts = async (of: World) =>
      (await of.api.listShifts({ params: { name: 'night' }, query })).items.map(({ person, from }) => [person, from])
    expect(await shifts(other)).toEqual(await shifts(world))
    expect(await shifts(world)).toContainEqual(['lin', '2026-12-21T08:00:00.000Z'])
    // It belongs to the file now, which says where to end it.
    await expect(other.api.endOverride({ params: { name: 'night', id: first.id } })).rejects.toMatchObject({
      status: 409,
      refusal: 'from-file',
      message: expect.stringContaining('export.yaml, line'),
    })
  } finally {
    await other.close()
  }
  // Files that say nothing of overrides leave them alone, and do not mention them.
  const quiet = await planDocuments(world.app.configuration, world.now(), [{ file: 'one.yaml', text: write(['Person', 'ada', '{}']) }], {
    prune: true,
  })
  expect(quiet).toMatchObject({ onlyOnServer: [] })
  expect(JSON.stringify(quiet)).not.toContain('ovr_')
})

test('of two overrides the one made last wins, also when a file takes over the earlier one', async () => {
  await apply(write(['Person', 'ada', '{}'], ['Person', 'lin', '{}'], ['Schedule', 'night', '{ timeZone: UTC, layers: [] }']))
  const make = (person: string) => world.api.makeOverride({ params: { name: 'night' }, body: { person, until: '2026-11-22T00:00:00Z' } })
  await make('ada')
  const early = exportText(await fresh())
  await world.pass({ seconds: 1 })
  await make('lin')
  await world.pass({ seconds: 1 })
  await apply(early)
  const { items } = await world.api.listShifts({ params: { name: 'night' } })
  expect(items[0]).toMatchObject({ person: 'lin', whyKind: 'override' })
})

/** A folder of configuration on disk. */
function folderWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-config-'))
  folders.push(folder)
  writeFileSync(join(folder, 'company.yaml'), text)
  return folder
}

test('at the first start a broken configuration stops, with every mistake in its place', async () => {
  const folder = folderWith('apiVersion: tocsin.dev/v1\nkind: Teem\nmetadata: { name: it }\n')
  await expect(applyAtStart(world.app.configuration, world.now(), folder)).rejects.toThrow(ConfigurationRefusal)
  await expect(applyAtStart(world.app.configuration, world.now(), folder)).rejects.toThrow(
    `The configuration in ${folder} cannot be used, and there is none yet to go on with:\n  ${folder}/company.yaml:2 kind: ‹Teem› is not a kind; did you mean ‹Team›?`,
  )
  await expect(applyAtStart(world.app.configuration, world.now(), '/nowhere/at/all')).rejects.toThrow('/nowhere/at/all: does not exist')
})

test('at a later start a broken configuration keeps the last good one, raises an alarm, and ends it when mended', async () => {
  await world.app.configuration.apply(world.now(), folderWith(FIRST_STEPS))
  const broken = folderWith(FIRST_STEPS.replace('members: [ada, lin]', 'members: [ada, lynn]'))
  expect(await world.app.configuration.apply(world.now(), broken)).toMatchObject({
    kind: 'kept',
    issues: [{ line: 32, path: 'spec.members.1' }],
  })
  await world.app.configuration.apply(world.now(), broken)
  expect((await fresh()).get(Team, 'payments')?.spec.members).toEqual(['ada', 'lin'])
  expect((await world.api.listIncidents({ query: { status: ['open'] } })).items).toMatchObject([
    { service: 'tocsin', title: expect.stringContaining('spec.members.1 there is no Person ‹lynn›') },
  ])
  await world.app.configuration.apply(world.now(), folderWith(FIRST_STEPS))
  expect((await world.api.listIncidents({ query: { status: ['open'] } })).items).toEqual([])
})

test('a start never prunes, and leaves alone what was changed or ejected in the product', async () => {
  await world.app.configuration.apply(world.now(), folderWith(`${FIRST_STEPS}---\n${write(['Person', 'kim', '{}'])}`))
  const parts = world.app.configuration
  await putObject(
    parts,
    world.now(),
    'person:lin',
    { kind: 'ui' },
    { kind: kindOfPlural('teams'), name: 'payments', spec: { members: ['lin'] }, eject: true },
  )
  await ejectObject(parts, world.now(), 'person:lin', { kind: 'ui' }, kindOfPlural('services'), 'payments-api')
  const folder = folderWith(FIRST_STEPS.replace('repeat: 1', 'repeat: 3'))
  const outcome = await applyAtStart(parts, world.now(), folder)
  expect(outcome).toMatchObject({ kind: 'applied', plan: { changed: [{ kind: 'EscalationPolicy', name: 'payments' }], removed: [] } })
  expect(outcome.kind === 'applied' && outcome.warnings.map(issueText)).toEqual([
    `${folder}/company.yaml:29: was left aside: Team ‹payments› was changed in the browser by person:lin; \`tocsin apply\` puts the file in force again`,
  ])
  const after = await fresh()
  expect(after.get(Team, 'payments')?.spec.members).toEqual(['lin'])
  expect(after.get(Service, 'payments-api')?.origin).toEqual({ kind: 'ui' })
  expect(after.get(Person, 'kim')).toBeDefined()
  expect(after.get(EscalationPolicy, 'payments')?.spec.repeat).toBe(3)
  // By hand the files take everything back.
  await apply(FIRST_STEPS)
  expect((await fresh()).get(Team, 'payments')).toMatchObject({ spec: { members: ['ada', 'lin'] }, origin: { kind: 'file' } })
  expect((await fresh()).get(Service, 'payments-api')?.origin).toMatchObject({ kind: 'file' })
})

test('several nodes that start at once with one configuration make one version of each', async () => {
  const folder = folderWith(FIRST_STEPS)
  await Promise.all([1, 2, 3].map(() => applyAtStart(world.app.configuration, world.now(), folder)))
  const rows = await world.db.sql<{ count: number }>`select count(*) as count from documents_versions`
  expect(rows).toEqual([{ count: 10 }])
})

const rota = (users: string, start = '2026-01-05T09:00') =>
  write(...['mia', 'noa', 'oli', 'pia', 'quin'].map((name): [string, string, string] => ['Person', name, '{}']), [
    'Schedule',
    'grows',
    `{ timeZone: Europe/Berlin, layers: [ { name: w, users: [${users}], start: ${start}, turn: 7d } ] }`,
  ])

test('one more person in a rotation: who is on call before and after is said by diff and apply, and the turn can be kept', async () => {
  await apply(rota('mia, noa, oli, pia'))
  const text = rota('mia, noa, oli, pia, quin')
  const moves = {
    schedule: 'grows',
    text: 'on call now changes from noa to mia; 6 of the next 6 shifts change',
    now: { from: 'noa', to: 'mia' },
    shifts: { changed: 6, of: 6 },
    keepTurn: [{ layer: 'w', start: '2026-02-02T09:00' }],
    kept: [],
  }
  const plan = await planDocuments(world.app.configuration, world.now(), [{ file: 'company.yaml', text }], { prune: false })
  expect(plan).toMatchObject({ whoIsAffected: [moves] })

  const keeping = () =>
    applyDocuments(world.app.configuration, world.now(), 'system', [{ file: 'company.yaml', text }], { prune: false, keepTurn: true })
  const kept = await keeping()
  expect(kept).toMatchObject({
    whoIsAffected: [
      { text: 'on call now stays noa; 3 of the next 6 shifts change', keepTurn: [], kept: [{ layer: 'w', start: '2026-02-02T09:00' }] },
    ],
  })
  expect(onCallFor(await fresh(), 'grows', world.now())?.user).toBe('noa')
  // Applied again it is the same, and written down the files say so too.
  expect(await keeping()).toMatchObject({ changed: [], whoIsAffected: [] })
  expect(await apply(rota('mia, noa, oli, pia, quin', '2026-02-02T09:00'))).toMatchObject({ changed: [], whoIsAffected: [] })
  // Without either the pager moves, and this is said again.
  expect(await apply(text)).toMatchObject({ whoIsAffected: [{ now: { from: 'noa', to: 'mia' } }] })
})

test('an object of its own says whom it puts on call, and so does the start', async () => {
  await apply(rota('mia, noa, oli, pia'))
  const spec = { timeZone: 'Europe/Berlin', layers: [{ name: 'w', users: ['pia'], start: '2026-01-05T09:00', turn: '7d' }] }
  const change = { kind: kindOfPlural('schedules'), name: 'grows', spec, eject: true }
  expect(await putObject(world.app.configuration, world.now(), 'person:ada', { kind: 'ui' }, change)).toMatchObject({
    whoIsAffected: [{ now: { from: 'noa', to: 'pia' }, keepTurn: [] }],
  })
  expect(await putObject(world.app.configuration, world.now(), 'person:ada', { kind: 'ui' }, change)).toMatchObject({ whoIsAffected: [] })
})
