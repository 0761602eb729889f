import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { commandLine, type Typed } from '../world/command-line.ts'
import { startWebhookReceiver } from '../world/webhook-receiver.ts'
import { ADMIN_TOKEN, createWorld, twoPeople, type World } from '../world/world.ts'

let world: World
let phones: Awaited<ReturnType<typeof startWebhookReceiver>>
let folder: string
/** A token of Ada's own. */
let adas: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-cli-'))
  phones = await startWebhookReceiver()
  world = await createWorld()
  writeFileSync(join(folder, 'first-steps.yaml'), twoPeople(phones.port))
})
afterAll(async () => {
  await world.close()
  await phones.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Runs a command line as typed by Ada, on another machine than the server's. */
const tocsin = (argv: string[], typed: Typed = {}) => commandLine(world, argv, { token: adas, folder, ...typed })

/** At a terminal: what a person sees. */
function seen(argv: string[], typed: Typed = {}) {
  return tocsin(argv, { terminal: {}, ...typed })
}

const KEY = 'generickey0000000000000000000001'

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

test('documents are validated without a server, with the line to look at', async () => {
  const nowhere = { env: { TOCSIN_SERVER: undefined, TOCSIN_TOKEN: undefined } }
  const good = await tocsin(['validate', '-f', join(folder, 'first-steps.yaml')], nowhere)
  expect([good.code, good.json()], good.err).toMatchObject([0, { valid: true, documents: 10, issues: [] }])

  const broken = file('broken.yaml', 'apiVersion: tocsin.dev/v1\nkind: Persn\nmetadata: { name: ada }\nspec: {}\n')
  const bad = await seen(['validate', '-f', broken], nowhere)
  expect(bad.code).toBe(1)
  expect(bad.out).toContain(`${broken}:2: kind ‹Persn› is not a kind; did you mean ‹Person›?`)
  expect((await tocsin(['validate', '-f', '-'], { ...nowhere, stdin: readFileSync(broken, 'utf8') })).code).toBe(1)
  expect((await tocsin(['validate', '-f', join(folder, 'nothing-here')], nowhere)).json().issues[0].message).toBe('does not exist')
  expect((await tocsin(['validate'], nowhere)).code).toBe(2)
})

test('diff tells, apply does, and then there is nothing left to tell', async () => {
  const path = join(folder, 'first-steps.yaml')
  const before = await tocsin(['diff', '-f', path])
  expect([before.code, before.json().created.length]).toEqual([1, 10])
  const dry = await tocsin(['apply', '-f', path, '--dry-run'])
  expect([dry.code, dry.json().applied]).toEqual([0, false])
  expect((await tocsin(['diff', '-f', path])).code).toBe(1)
  expect((await tocsin(['apply', '-f', path])).json().applied).toBe(true)
  const after = await seen(['diff', '-f', path])
  expect([after.code, after.out]).toEqual([0, 'no difference, 10 the same.\n'])

  const refused = await tocsin(['apply', '-f', join(folder, 'broken.yaml')])
  expect([refused.code, refused.out]).toEqual([1, ''])
  expect(refused.err).toBe(`Nothing was changed.\n${join(folder, 'broken.yaml')}:2: kind ‹Persn› is not a kind; did you mean ‹Person›?\n`)
})

test('a changed file shows its lines, and pruning asks a person first', async () => {
  const shorter = file(
    'first-steps.yaml',
    readFileSync(join(folder, 'first-steps.yaml'), 'utf8')
      .replace('turn: 7d', 'turn: 14d')
      .split('---\n')
      .filter((one) => !one.includes('name: grafana'))
      .join('---\n'),
  )
  const change = await seen(['diff', '-f', shorter])
  expect(change.code).toBe(1)
  expect(change.out).toMatch(/~ schedule +payments-primary +.*first-steps.yaml:34\n +layers.weekly.turn +7d -> 14d\n/)
  expect(change.out).toMatch(/- integration grafana +not removed without --prune/)

  const no = await seen(['apply', '-f', shorter, '--prune'], { terminal: { answers: ['n'] } })
  expect([no.code, no.out]).toEqual([1, ''])
  expect(no.err).toContain('Remove Integration grafana? [y/N] Nothing was done.')
  const yes = await seen(['apply', '-f', shorter, '--prune'], { terminal: { answers: ['y'] } })
  expect([yes.code, yes.out]).toMatchObject([0, expect.stringMatching(/- integration grafana +removed/)])
})

test('what is exported differs in nothing, and is not written over a file unasked', async () => {
  const place = join(folder, 'exported/')
  expect((await tocsin(['export', '-f', place])).code).toBe(0)
  expect(readdirSync(place)).toEqual(['integrations.yaml', 'people.yaml', 'policies.yaml', 'schedules.yaml', 'services.yaml', 'teams.yaml'])
  expect((await tocsin(['diff', '-f', place])).code).toBe(0)
  expect((await tocsin(['export', '-f', place])).err).toBe('Nothing has changed.\n')

  writeFileSync(join(place, 'teams.yaml'), '# mine\n')
  const refused = await tocsin(['export', '-f', place])
  expect([refused.code, refused.err]).toMatchObject([5, expect.stringContaining('teams.yaml would be written over')])
  expect(readFileSync(join(place, 'teams.yaml'), 'utf8')).toBe('# mine\n')
  expect((await tocsin(['export', '-f', place, '--yes'])).code).toBe(0)
  expect((await tocsin(['export', '--kind', 'teams'])).out).toContain('kind: Team')
})

test('Ada makes herself a token, whose secret is printed once, and is somebody from then on', async () => {
  const made = await tocsin(['token', 'create', 'Ada’s', 'laptop', '--role', 'owner', '--person', 'ada', '-o', 'name'])
  expect(made.code, made.err).toBe(0)
  adas = made.out.trim()
  expect((await tocsin(['whoami'])).json()).toMatchObject({ person: { name: 'ada' }, server: world.baseUrl, through: 'TOCSIN_SERVER' })
  const list = await seen(['token', 'list'])
  expect(list.out).toContain('Ada’s laptop')
  expect(list.out).not.toContain(adas)

  await tocsin(['token', 'create', 'deploy bot'])
  expect((await tocsin(['token', 'revoke', 'deploi bot'])).err).toContain('Did you mean ‹deploy bot›?')
  const dry = await tocsin(['token', 'revoke', 'deploy bot', '--dry-run'])
  expect([dry.code, dry.err]).toEqual([0, 'would be revoked\n'])
  expect((await tocsin(['token', 'revoke', 'deploy bot'])).code).toBe(0)
  expect((await tocsin(['token', 'revoke', 'deploy bot'])).code).toBe(3)
})

test('an alert is raised, listed, acknowledged from a pipe, and explained', async () => {
  const raised = await tocsin(['trigger', 'Disk full on db-1', '--key', KEY, '--dedup', 'db-1/disk', '-l', 'host=db-1', '--sev', '1'])
  expect([raised.code, raised.json()]).toEqual([0, { accepted: true, dedupKey: 'db-1/disk' }])
  expect(phones.requests.map(({ path }) => path)).toEqual(['/ada'])

  const list = await tocsin(['incident', 'list'])
  expect(list.json()).toMatchObject([{ number: 'INC-1', title: 'Disk full on db-1', status: 'detected', severity: 1 }])
  await world.pass({ seconds: 12 })
  const table = await seen(['incident', 'list'])
  expect(table.out.split('\n').slice(0, 2)).toEqual([
    'SEV  ID  TITLE              STATUS     AGE  SERVICE       WHO      NEXT',
    '<1>   1  Disk full on db-1  detected  12 s  payments-api  !nobody  Lin Dao in 0:18',
  ])
  expect(table.err).toContain('tocsin incident show 1')

  const piped = await tocsin(['ack', '-'], { stdin: list.out })
  expect([piped.code, piped.json()]).toMatchObject([0, [{ number: 'INC-1', status: 'acknowledged', acknowledgedBy: 'ada' }]])
  expect((await world.api.getTimeline({ params: { id: 'INC-1' } })).items).toContainEqual(
    expect.objectContaining({ type: 'incident.acknowledged', data: { via: 'cli' } }),
  )

  const why = await seen(['alert', 'why', 'db-1/disk'])
  expect(why.out).toContain('<1> Disk full on db-1   payments-api, anything   times in Berlin')
  expect(why.out).toContain('04:11:00.000  ○ received  Received from the integration anything')
  expect(why.out).toContain('● person    Ada Ekwueme was chosen: on call for payments-primary (weekly).')
  expect(why.out).toMatch(/paged in 0 s, acknowledged after 12 s\. \d+ decisions\.\n$/)
  expect((await tocsin(['alert', 'why', 'INC-1'])).json().alert.dedupKey).toBe('db-1/disk')
  expect((await seen(['alert', 'list'])).out).toMatch(/<1> {2}Disk full on db-1 {2}open +1 +12 s {2}payments-api +1 {2}db-1\/disk\n/)
  expect((await seen(['alert', 'show', 'db-1/disk'])).out).toContain('host=db-1')
  expect((await tocsin(['alert', 'show', 'db-1/disk', '--payload'])).json()).toMatchObject({ title: 'Disk full on db-1' })
})

test('lists are narrowed by whatever the API narrows them by', async () => {
  const incidents = async (...flags: string[]) => (await tocsin(['incident', 'list', '-o', 'name', '--status', 'all', ...flags])).out.trim()
  expect(await incidents('--acknowledged-by', 'me', '--since', '1h')).toBe('INC-1')
  expect(await incidents('--waiting-for', 'ada')).toBe('')
  expect(await incidents('--text', 'db-1/disk', '--sev', '1,2', '--urgency', 'high')).toBe('INC-1')
  expect(await incidents('--until', '1h')).toBe('')
  const alerts = async (...flags: string[]) => (await tocsin(['alert', 'list', '--status', 'all', ...flags])).json().length
  expect(await alerts('-l', 'host=db-1', '--integration', 'anything', '--sev', '1')).toBe(1)
  expect(await alerts('-l', 'host=db-2')).toBe(0)
  expect(await alerts('--text', 'INC-1', '--since', '24h ago')).toBe(1)
  expect(await tocsin(['alert', 'list', '--since', 'soonish'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('--since is ‹soonish›; write 24h'),
  })
})

test('a list narrowed by a name that nobody bears is refused with the nearest, never empty', async () => {
  const refused = async (...argv: string[]) => {
    const { code, out, err } = await tocsin(argv)
    expect([code, out], argv.join(' ')).toEqual([3, ''])
    return err
  }
  expect(await refused('incident', 'list', '-s', 'payment-api')).toBe('There is no service ‹payment-api›. Did you mean ‹payments-api›?\n')
  expect(await refused('incident', 'list', '--team', 'xyz')).toBe('There is no team ‹xyz›.\nThere are: payments.\n')
  expect(await refused('incident', 'list', '--acknowledged-by', 'adda')).toContain('Did you mean ‹ada›?')
  expect(await refused('incident', 'list', '--waiting-for', 'adda')).toContain('Did you mean ‹ada›?')
  expect(await refused('alert', 'list', '--integration', 'anythin')).toContain('Did you mean ‹anything›?')
  expect(await refused('alert', 'list', '--incident', '99')).toContain('99')
  expect(await refused('service', 'list', '--team', 'paymnts')).toContain('Did you mean ‹payments›?')
  expect(await refused('person', 'list', '--team', 'paymnts')).toContain('Did you mean ‹payments›?')
  expect(await refused('oncall', 'now', '-s', 'payment-api')).toContain('Did you mean ‹payments-api›?')
  expect(await refused('oncall', 'me', '--person', 'adda')).toContain('Did you mean ‹ada›?')
  expect(await refused('unparsed', 'list', '--integration', 'anythin')).toContain('Did you mean ‹anything›?')
  const half = await tocsin(['incident', 'list', '--status', 'all', '-s', 'payments-api,payment-api', '-o', 'name'])
  expect(half).toMatchObject({ code: 0, out: 'INC-1\n', err: expect.stringContaining('There is no service ‹payment-api›') })
})

test('without a key it declares, and says that there is no alert behind it', async () => {
  const declared = await seen(['trigger', 'Mail is late', '-s', 'payments-api', '--sev', 'warning'])
  expect(declared.code).toBe(0)
  expect(declared.err).toContain('an incident is declared for the service, with no alert behind it')
  expect(declared.out).toContain('INC-2 declared. SEV3, payments-api, following payments')
  expect(await tocsin(['trigger', 'Mail is late'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('give the key of an integration'),
  })
  expect(await tocsin(['trigger', 'x', '--key', 'no-such-key-000000000000'])).toMatchObject({
    code: 3,
    err: expect.stringContaining('No integration has this key.'),
  })
  expect(await tocsin(['trigger', 'x', '--key', 'pagerdutykey00000000000000000001'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('source: generic'),
  })
})

test('an incident is declared in one line, and a service that does not exist is answered with one that does', async () => {
  const dry = await tocsin(['incident', 'create', 'SEV1', 'API down', '-s', 'payments-api', '--dry-run'])
  expect([dry.code, dry.json()]).toEqual([0, { dryRun: true, title: 'API down', severity: 1, service: 'payments-api' }])
  const created = await tocsin(['incident', 'create', 'SEV1', 'API down', '-s', 'payments-api'])
  expect(created.json()).toMatchObject({ number: 'INC-3', severity: 1, declaredBy: 'ada' })
  const wrong = await tocsin(['incident', 'create', 'API down', '-s', 'paymnts-api'])
  expect(wrong).toMatchObject({ code: 3, out: '', err: expect.stringContaining('Did you mean ‹payments-api›?') })
  const alone = await seen(['incident', 'create', 'Something odd'])
  expect(alone.err).toContain('! Nobody is paged')
})

test('--dry-run says what would be done, and does nothing', async () => {
  const pages = phones.requests.length
  const dry = await seen(['escalate', '3', '--dry-run'])
  expect(dry.out).toContain('would escalate, would page Lin Dao')
  expect((await tocsin(['resolve', '3', '--dry-run'])).json()).toMatchObject([{ number: 'INC-3', status: 'detected', would: 'resolve' }])
  expect(phones.requests.length).toBe(pages)
  expect((await world.api.getIncident({ params: { id: 'INC-3' } })).status).toBe('detected')
})

test('escalating pages the next level, a note lands on the timeline', async () => {
  const escalated = await seen(['escalate', '3'])
  expect(escalated.out).toContain('level 2 is paged, then Ada Ekwueme')
  expect(phones.requests.at(-1)?.path).toBe('/lin')
  expect((await tocsin(['note', '3', '1', 'Rolled back', '2.14'])).code).toBe(0)
  expect((await seen(['incident', 'show', '3'])).out).toMatch(/○ \d+ {2}Ada Ekwueme: “Rolled back 2\.14”/)
  expect((await tocsin(['note', '3'])).code).toBe(2)
})

test('one’s own incidents are acknowledged at once, a person at a terminal being asked', async () => {
  expect((await tocsin(['incident', 'list', '--mine', '-o', 'name'])).out.trim().split('\n').sort()).toEqual(['INC-1', 'INC-2', 'INC-3'])
  const no = await seen(['ack', '--mine'], { terminal: { answers: [''] } })
  expect([no.code, no.err]).toMatchObject([1, expect.stringContaining('acknowledge 3 incidents')])
  const done = await tocsin(['ack', '--mine'])
  // The first was acknowledged before: it is passed over.
  expect(
    done
      .json()
      .map(({ number }: { number: string }) => number)
      .sort(),
  ).toEqual(['INC-2', 'INC-3'])
  const nobody = await tocsin(['ack', '--mine'], { env: { TOCSIN_TOKEN: ADMIN_TOKEN } })
  expect(nobody).toMatchObject({ code: 2, err: expect.stringContaining('belongs to no person') })
})

test('exit codes tell scripts what happened', async () => {
  expect(await tocsin(['resolve', '2'])).toMatchObject({ code: 2, err: expect.stringContaining('resolution') })
  expect((await tocsin(['resolve', '2', 'Mail', 'flows again'])).code).toBe(0)
  expect(await tocsin(['ack', '2'])).toMatchObject({ code: 5, out: '', err: 'INC-2 is resolved; there is nothing left to acknowledge.\n' })
  expect(await tocsin(['ack', '1', '2', '99'])).toMatchObject({ code: 6 })
  expect((await tocsin(['ack', '98', '99'])).code).toBe(3)
  expect((await tocsin(['incident', 'show', '99'])).code).toBe(3)
  expect((await tocsin(['incident', 'show', 'nonsense'])).code).toBe(2)
  expect(await tocsin(['incident', 'list'], { env: { TOCSIN_TOKEN: 'wrong' } })).toMatchObject({
    code: 4,
    err: expect.stringMatching(/^The token from TOCSIN_TOKEN is refused by http:.*: it was revoked, or is none of this server’s\.\n/),
  })
  expect(await tocsin(['doctor'], { env: { TOCSIN_TOKEN: 'wrong' } })).toMatchObject({
    code: 4,
    err: expect.stringContaining('is refused'),
  })
  expect(await tocsin(['incident', 'list'], { env: { TOCSIN_TOKEN: '' } })).toMatchObject({
    code: 4,
    err: expect.stringContaining('Sign in'),
  })
  expect(await tocsin(['incident', 'list'], { env: { TOCSIN_SERVER: 'http://127.0.0.1:9' } })).toMatchObject({
    code: 1,
    err: expect.stringContaining('http://127.0.0.1:9, from TOCSIN_SERVER'),
  })
  expect(await tocsin(['incident', 'list'], { env: { TOCSIN_SERVER: undefined } })).toMatchObject({
    code: 4,
    err: expect.stringContaining('No server is named'),
  })
  expect(await tocsin(['incident', 'list'], { env: { TOCSIN_SERVER: `http://127.0.0.1:${phones.port}` } })).toMatchObject({
    code: 1,
    err: expect.stringContaining('not as Tocsin does'),
  })
  expect(await tocsin(['incidents'])).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean `tocsin incident list`?') })
})

test('a list comes as table, json, yaml, csv or names', async () => {
  const list = (format: string) => tocsin(['incident', 'list', '--status', 'resolved', '-o', format]).then(({ out }) => out)
  expect(await list('name')).toBe('INC-2\n')
  expect(await list('csv')).toMatch(
    /^sev,id,title,status,age,service,who,next\r\n3,INC-2,Mail is late,resolved,2026-.*Z,payments-api,ada,\r\n$/,
  )
  expect(await list('yaml')).toContain('number: INC-2\n')
  expect(await list('table')).toContain('(3)   2  Mail is late')
  expect((await seen(['incident', 'list', '--status', 'resolved'], { env: { NO_COLOR: '' } })).out).toContain('\u001b[33m(3)\u001b[0m')
  expect((await seen(['incident', 'list', '--text', 'no such title'])).err).toContain('Nothing is open.')
})

test('who is on call, who is next, and what would happen on Sunday night', async () => {
  const now = await seen(['oncall', 'now'])
  expect(now.out).toMatch(/payments {2}1 +Ada Ekwueme +no end in sight +webhook email {2}payments-primary\n/)
  expect(now.err).toContain('Ada Ekwueme is you.')
  expect((await seen(['oncall', 'now', '-s', 'paymnts-api'])).err).toContain('Did you mean ‹payments-api›?')
  const later = await seen(['oncall', 'now', '--at', 'sun 03:11'])
  expect(later.err).toContain('sun 03:11 is 22 Nov 03:11 Berlin, 02:11 UTC.')
  expect((await tocsin(['oncall', 'me'])).json()).toMatchObject([{ schedule: 'payments-primary', person: 'ada' }])
  expect((await tocsin(['oncall', 'me', '--person', 'lin'])).json()).toEqual([])
  const simulated = await seen(['policy', 'simulate', 'payments', '--sev', '1', '--at', 'sun 03:11'])
  expect(simulated.code).toBe(0)
  expect(simulated.out).toContain('   +0:30 ● level 2\n           Lin Dao  named in the escalation policy  hook (webhook) +0:30\n')
  expect((await seen(['policy', 'show', 'payments'])).out).toContain('● catch-all  team payments')
  expect((await tocsin(['policy', 'list', '-o', 'name'])).out).toBe('payments\n')
})

test('a gap in a schedule is shown, and stops the pipeline that publishes it', async () => {
  expect(await seen(['schedule', 'gaps'])).toMatchObject({ code: 0, err: expect.stringContaining('ok  somebody is on call') })
  const night = file(
    'night.yaml',
    'apiVersion: tocsin.dev/v1\nkind: Schedule\nmetadata: { name: night }\nspec: { timeZone: Europe/Berlin, layers: [ { name: nights, users: [lin], start: 2026-01-05T22:00, turn: 7d, restrictions: [ { from: "22:00", until: "06:00" } ] } ] }\n',
  )
  // Whoever is there is asked; a pipeline is told.
  const no = await seen(['apply', '-f', night], { terminal: { answers: ['n'] } })
  expect(no).toMatchObject({
    code: 1,
    err: expect.stringMatching(/nobody is on call from .*\n.*Apply it all the same\? \[y\/N\] Nothing was done/s),
  })
  expect((await tocsin(['apply', '-f', night])).code).toBe(0)
  // It is asked about what changes: the same again was decided before.
  expect((await seen(['apply', '-f', night], { terminal: {} })).code).toBe(0)
  const gaps = await seen(['schedule', 'gaps', 'night', '--days', '2'])
  expect(gaps.code).toBe(1)
  expect(gaps.out).toContain('!nobody')
  expect((await seen(['schedule', 'list'])).out).toMatch(/night +Lin Dao +06:00, 05:00 +in 1 h 4\d m +! 06:00 Berlin, 05:00 UTC, 16 h/)
  expect((await seen(['schedule', 'show', 'night', '--days', '1'])).out).toContain('under way')
  expect((await tocsin(['oncall', 'next'])).json()).toMatchObject([{ schedule: 'night', gap: true }])
  expect((await tocsin(['schedule', 'show', 'nihgt'])).err).toContain('Did you mean ‹night›?')
})

test('services tell what hangs on them', async () => {
  expect((await seen(['service', 'list'])).out).toMatch(/<1> 2? *payments-api +payments +payments/)
  expect((await seen(['service', 'show', 'payments-api'])).out).toMatch(/ways in +anything {2}generic {2}key generi…/)
})

/** Waits for something to be printed by a command that goes on; the loops of the server stand still in this world unless told. */
async function printed(live: { out: string }, text: string): Promise<void> {
  await vi.waitFor(
    async () => {
      await world.settle()
      expect(live.out).toContain(text)
    },
    { timeout: 20_000, interval: 50 },
  )
}

test('a list on screen is drawn anew when something happens', async () => {
  const stop = new AbortController()
  const screen = { out: '' }
  const stream = { out: '' }
  const argv = ['incident', 'list', '--watch', '--text', 'Watched']
  const running = [seen(argv, { interrupted: stop.signal, live: screen }), tocsin(argv, { interrupted: stop.signal, live: stream })]
  await printed(screen, 'Nothing is open.')
  await printed(stream, '[]\n')
  await world.api.declareIncident({ body: { title: 'Watched closely' } })
  await printed(screen, 'Watched closely')
  await printed(screen, 'live, Ctrl-C ends')
  await printed(stream, 'Watched closely')
  stop.abort()
  expect((await Promise.all(running)).map(({ code }) => code)).toEqual([0, 0])
  expect(screen.out.startsWith('\u001b[2J\u001b[H')).toBe(true)
  expect(stream.out).not.toContain('\u001b')
})

test('an incident on screen takes keys; piped, its events are lines', async () => {
  const { number, id } = await world.api.declareIncident({ body: { title: 'Keys', service: 'payments-api' } })
  const stop = new AbortController()
  const stream = { out: '' }
  const streaming = tocsin(['incident', 'watch', number], { interrupted: stop.signal, live: stream })
  // Events before the stream is open are not its own: something happens until the first is heard.
  await vi.waitFor(
    async () => {
      await world.api.addNote({ params: { id }, body: { text: 'Anybody there?' } })
      await world.settle()
      expect(stream.out).toContain('note.added')
    },
    { timeout: 20_000, interval: 200 },
  )
  const screen = await seen(['incident', 'watch', number], { terminal: { keys: ['x', 'a', 'q'] } })
  expect(screen.out).toContain('a ack  e escalate  r resolve  q quit')
  await vi.waitFor(async () =>
    expect(await world.api.getIncident({ params: { id } })).toMatchObject({ status: 'acknowledged', acknowledgedBy: 'ada' }),
  )
  await printed(stream, 'incident.acknowledged')
  stop.abort()
  expect((await streaming).code).toBe(0)
  for (const line of stream.out.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ incidentId: id })
})

test('a link signs a person in, once', async () => {
  const link = await seen(['login-link', 'lin'])
  expect(link.out).toMatch(/^http:\/\/tocsin\.test\/sign-in\/\S+\n$/)
  expect(link.err).toContain('Signs in lin, once, until')
  expect((await tocsin(['login-link'])).json().person).toBe('ada')
  expect((await tocsin(['login-link', 'linn'])).err).toContain('Did you mean ‹lin›?')
})

test('profiles keep servers with their tokens, readable by their owner alone', async () => {
  const bare = { env: { TOCSIN_SERVER: undefined, TOCSIN_TOKEN: undefined } }
  expect((await tocsin(['profile', 'add', 'here', world.baseUrl], { ...bare, stdin: `${adas}\n` })).code).toBe(0)
  expect(statSync(join(folder, 'config/tocsin/profiles.yaml')).mode & 0o777).toBe(0o600)
  expect((await tocsin(['whoami'], bare)).json()).toMatchObject({ person: { name: 'ada' }, through: 'the profile here' })
  expect((await tocsin(['--profile', 'here', 'whoami'], bare)).code).toBe(0)
  expect((await tocsin(['whoami', '--profile', 'there'], bare)).code).toBe(3)
  expect((await tocsin(['profile', 'list'], bare)).json()).toEqual([{ name: 'here', server: world.baseUrl, token: true, inUse: true }])
  expect((await tocsin(['profile', 'remove', 'here'], bare)).code).toBe(0)
})

test('the data folder of a server on the same machine is enough', async () => {
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'data/server.url'), `${world.baseUrl}\n`)
  writeFileSync(join(folder, 'data/local.token'), `${adas}\n`)
  const here = await tocsin(['whoami'], { env: { TOCSIN_SERVER: undefined, TOCSIN_TOKEN: undefined, TOCSIN_DATA: join(folder, 'data') } })
  expect(here.json().through).toContain('the data folder')
})

test('the API is one command away, and so is the browser', async () => {
  expect((await tocsin(['api', 'GET', '/incidents?status=open'])).json().items.length).toBeGreaterThan(0)
  expect((await tocsin(['api', 'GET', '/healthz'])).out).toBe('ok\n')
  const changed = await tocsin(['api', 'patch', 'incidents/INC-3', '-d', '-'], { stdin: '{"severity": 2, "reason": "one region"}' })
  expect(changed.json().severity).toBe(2)
  const refused = await tocsin(['api', 'POST', '/incidents/INC-2/acknowledgement', '-d', '{}'])
  expect(refused).toMatchObject({ code: 5, err: 'The server answered 409 already-resolved.\n' })
  expect((await seen(['open', '3'])).err).toBe(`browser: ${world.baseUrl}/i/3\n`)
  expect((await tocsin(['open', '3'])).out).toBe(`${world.baseUrl}/i/3\n`)
})

test('the doctor finds who would not be reached, and says how to mend it', async () => {
  const healthy = await seen(['doctor'])
  expect(healthy.out).toMatch(/ok {2}database +answers, schema/)
  expect(healthy.out).toMatch(/! {3}schedules +night has nobody from .*\n +mend: tocsin schedule gaps night/)
  expect(healthy.out).toMatch(/ok {2}clock .*\n.*mail +not set, and nobody on call needs it\n/)
  // Links of this world lead nowhere, and that is all that is wrong with it.
  expect(healthy.out.match(/^x.*$/gm)).toEqual(['x   links      pages link to http://tocsin.test, which does not answer from here'])
  expect(healthy.code, healthy.out).toBe(1)
  const fast = await tocsin(['doctor'], { now: () => world.now() - 60_000 })
  expect(fast.json().checks).toContainEqual(
    expect.objectContaining({ level: 'warn', text: expect.stringMatching(/^the server is (59 s|1 min) ahead of this machine$/) }),
  )

  const silent = file(
    'silent.yaml',
    'apiVersion: tocsin.dev/v1\nkind: Person\nmetadata: { name: sam }\nspec: { displayName: Sam }\n---\napiVersion: tocsin.dev/v1\nkind: EscalationPolicy\nmetadata: { name: quiet }\nspec: { levels: [], catchAll: { notify: [ { person: sam } ] } }\n',
  )
  expect((await tocsin(['apply', '-f', silent])).code).toBe(0)
  const ill = await tocsin(['doctor'])
  expect([ill.code, ill.json().ok]).toEqual([1, false])
  expect(ill.json().checks).toContainEqual(
    expect.objectContaining({ level: 'fail', what: 'people', text: 'Sam is on call and has no contact' }),
  )

  const stranger = await tocsin(['doctor'], { env: { TOCSIN_TOKEN: undefined } })
  expect(stranger).toMatchObject({ code: 4, err: expect.stringContaining('tells strangers nothing') })
  const nobodyThere = await tocsin(['doctor'], { env: { TOCSIN_SERVER: 'http://127.0.0.1:9' } })
  expect([nobodyThere.code, nobodyThere.json().checks[0].level]).toEqual([1, 'fail'])
})

test('the demo company is not there, and removing it is no mistake', async () => {
  expect((await seen(['demo'])).out).toContain('There is no demo company here.')
  expect((await tocsin(['demo', 'remove', '--yes'])).code).toBe(0)
})

test('names for completion come from the server, and from nowhere when there is none', async () => {
  expect((await tocsin(['__names', 'service'])).out).toContain('payments-api\n')
  expect((await tocsin(['__names', 'service'], { env: { TOCSIN_SERVER: 'http://127.0.0.1:9' } })).out).toBe('')
  expect((await tocsin(['completion', 'fish'])).out).toContain('complete -c tocsin')
})

test('the program itself: JSON into a pipe, exit codes out', async () => {
  const env = { ...process.env, TOCSIN_SERVER: world.baseUrl, TOCSIN_TOKEN: adas }
  const program = (...argv: string[]) =>
    promisify(execFile)(process.execPath, ['bin/tocsin.js', ...argv], { env, timeout: 240_000 }).then(
      ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
    )
  const list = await program('incident', 'list')
  expect(list.code, list.stderr).toBe(0)
  expect(JSON.parse(list.stdout)).toContainEqual(expect.objectContaining({ number: 'INC-3' }))
  expect(await program('incident', 'show', '99')).toMatchObject({ code: 3, stderr: 'There is no incident 99.\n' })
  expect(await program('incident', 'lits')).toMatchObject({ code: 2, stderr: expect.stringContaining('tocsin incident list') })
}, 300_000)
