import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandLine, type Typed } from '../world/command-line.ts'
import { startWebhookReceiver } from '../world/webhook-receiver.ts'
import { createWorld, twoPeople, type World } from '../world/world.ts'

let world: World
let phones: Awaited<ReturnType<typeof startWebhookReceiver>>
let folder: string
/** A token of Ada's own. */
let adas: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-cli-company-'))
  phones = await startWebhookReceiver()
  world = await createWorld()
  const company = twoPeople(phones.port)
  await world.api.applyConfiguration({ body: { files: [{ file: 'company.yaml', text: company }] } })
  adas = (await world.api.createToken({ body: { label: 'Ada’s laptop', role: 'admin', person: 'ada' } })).secret
})
afterAll(async () => {
  await world.close()
  await phones.close()
  rmSync(folder, { recursive: true, force: true })
})

const tocsin = (argv: string[], typed: Typed = {}) => commandLine(world, argv, { token: adas, folder, ...typed })
/** At a terminal: what a person sees. */
const seen = (argv: string[], typed: Typed = {}) => tocsin(argv, { terminal: {}, ...typed })

test('who there is, how they are reached, and what they are on call for', async () => {
  const people = await seen(['person', 'list'])
  expect(people.out).toMatch(/NAME +CALLED +ROLE +REACHED BY +TEAMS +ON CALL FOR\n/)
  expect(people.out).toMatch(/ada +Ada Ekwueme +responder +webhook email +payments +payments-primary\n/)
  expect((await seen(['person', 'list', '-o', 'wide'])).out).toMatch(/ZONE +FROM\nada .*Europe\/Berlin +company\.yaml:\d+\n/)
  expect((await tocsin(['person', 'list', '--team', 'payments', '-o', 'name'])).out).toBe('ada\nlin\n')
  const ada = await tocsin(['person', 'show', 'ada'])
  expect(ada.json()).toMatchObject({ name: 'ada', teams: ['payments'], onCallFor: ['payments-primary'] })
  expect((await seen(['person', 'show', 'lin'])).out).toMatch(/contacts +hook {2}webhook {2}http/)
  expect(await tocsin(['person', 'show', 'aad'])).toMatchObject({ code: 3, err: expect.stringContaining('Did you mean ‹ada›?') })
  expect((await tocsin(['people'])).err).toContain('Did you mean `tocsin person list`?')
  expect(await tocsin(['person', 'list', '--team', 'paymnets'])).toMatchObject({ code: 3, err: expect.stringContaining('‹payments›') })
})

test('teams tell members and services', async () => {
  expect((await seen(['team', 'list'])).out).toMatch(/payments +Payments +Ada Ekwueme, Lin Dao +payments-api/)
  expect((await tocsin(['team', 'show', 'payments'])).json()).toMatchObject({ name: 'payments', services: ['payments-api'] })
  expect((await tocsin(['team', 'show', 'payment'])).err).toContain('Did you mean ‹payments›?')
})

test('Lin takes over for a while, is on call at once, and gives it back', async () => {
  const would = await seen(['override', 'create', 'payments-primary', 'lin', '--until', '8h', '--dry-run'])
  expect(would.out).toBe('would put Lin Dao on call for payments-primary from now until 12:11 Berlin, 11:11 UTC, 8 h\n')
  expect((await tocsin(['override', 'list'])).json()).toEqual([])

  const made = await tocsin(['override', 'create', 'payments-primary', 'lin', '--until', '8h', '--reason', 'Ada sleeps'])
  expect([made.code, made.json()], made.err).toMatchObject([0, { person: 'lin', reason: 'Ada sleeps', madeBy: 'person:ada' }])
  const { id, from, until } = made.json()
  expect(Date.parse(until) - Date.parse(from)).toBe(8 * 3_600_000)
  expect((await tocsin(['oncall', 'now', '--schedule', 'payments-primary', '--field', 'person'])).out).toMatch(/^(lin\n)+$/)
  expect((await seen(['override', 'list'])).out).toMatch(/payments-primary +Lin Dao +under way +12:11, 11:11 +Ada sleeps +ovr_/)

  expect((await seen(['override', 'end', id.slice(0, 12), '--dry-run'])).err).toContain('would be ended')
  expect((await tocsin(['override', 'list', '-o', 'name'])).out).toBe(`${id}\n`)
  expect((await tocsin(['override', 'end', '-'], { stdin: `${id}\n` })).code).toBe(0)
  expect((await tocsin(['oncall', 'now', '--schedule', 'payments-primary', '--field', 'person'])).out).toMatch(/^(ada\n)+$/)
  expect(await tocsin(['override', 'end', id])).toMatchObject({ code: 3, err: expect.stringContaining('`tocsin override list`') })
})

test('an override to come is said back in UTC; without a name it is one’s own', async () => {
  const made = await seen(['override', 'create', 'payments-primary', '--from', 'sat 09:00', '--until', '12h'])
  expect(made.err).toContain('sat 09:00 is 21 Nov 09:00 Berlin, 08:00 UTC.')
  expect(made.out).toBe(
    'Ada Ekwueme on call for payments-primary from 21 Nov 09:00 Berlin, 08:00 UTC until 21 Nov 21:00 Berlin, 20:00 UTC, 12 h\n',
  )
  expect((await tocsin(['override', 'list', '-o', 'csv'])).out).toContain(
    'payments-primary,ada,2026-11-21T08:00:00.000Z,2026-11-21T20:00:00.000Z',
  )
})

test('what is wrong with an override is told with the mend', async () => {
  const make = (...more: string[]) => tocsin(['override', 'create', ...more])
  expect(await make('payments-primary', 'lin')).toMatchObject({ code: 2, err: expect.stringContaining('Say until when') })
  expect(await make('payments-primary', 'lin', '--from', 'sat 09:00', '--until', 'fri 21:00')).toMatchObject({ code: 2 })
  expect(await make('payments-primary', 'lim', '--until', '8h')).toMatchObject({
    code: 3,
    err: expect.stringContaining('Did you mean ‹lin›?'),
  })
  expect(await make('payment-primary', 'lin', '--until', '8h')).toMatchObject({
    code: 3,
    err: expect.stringContaining('‹payments-primary›'),
  })
  expect((await tocsin(['oncall', 'covr'])).err).toContain('Did you mean `tocsin override create`?')
})

test('ways in tell when they were heard, and an example goes the way of every alert', async () => {
  const before = await seen(['integration', 'list'])
  expect(before.out).toMatch(/anything +.* +payments-api +never +- +0 +- +-\n/)
  expect((await seen(['integration', 'test', 'anything', '--dry-run'])).out).toContain('would send an example of')
  expect((await tocsin(['integration', 'list', '--field', 'events'])).out).toMatch(/^(0\n)+$/)

  const running = tocsin(['integration', 'test', 'anything'])
  const settling = setInterval(() => void world.settle(), 50)
  const sent = await running
  clearInterval(settling)
  expect([sent.code, sent.json()], sent.err).toMatchObject([0, { status: 202, alert: expect.stringMatching(/^alr_/) }])
  await world.pass({ seconds: 60 })
  expect((await seen(['integration', 'list'])).out).toMatch(/anything .* receiving +\d+ [sm] ago +1 +- +-\n/)
  expect((await seen(['integration', 'show', 'anything'])).out).toMatch(/keys +generi….*\naddress +http:\/\/tocsin\.test\/in\/YOUR-KEY/)
  expect(await seen(['integration', 'test', 'anything', '--sev', '1'], { terminal: { answers: ['n'] } })).toMatchObject({ code: 1 })
  expect((await tocsin(['integration', 'show', 'anythin'])).err).toContain('Did you mean ‹anything›?')
})

test('what came in is shown as it came, and what could not be used apart', async () => {
  const body = '{"severity":"critical"}'
  expect((await world.post('/in/generickey0000000000000000000001', body)).status).toBe(400)
  const events = await seen(['integration', 'events', 'anything'])
  expect(events.out).toMatch(/RECEIVED \(BERLIN, UTC\+1\) +ANSWERED +BYTES +WHAT/)
  expect(events.out).toMatch(/ no +23 +! `title` is required/)
  expect(await tocsin(['integration', 'events', 'anything', '--limit', '1', '--raw'])).toMatchObject({ code: 0, out: `${body}\n` })
  expect((await seen(['unparsed', 'list'])).out).toMatch(/ anything +no +23 +! `title` is required/)
  expect((await tocsin(['unparsed', 'list', '--integration', 'anything', '--field', 'problems.0'])).out).toContain('`title` is required')
  expect((await seen(['unparsed', 'list', '--integration', 'grafana'])).err).toContain('Everything that came in could be used.')
})

test('an incident is changed in one line, several by one, and nothing by --dry-run', async () => {
  const { number } = await world.api.declareIncident({ body: { title: 'Checkout is slow', severity: 3 } })
  const tried = await tocsin(['incident', 'update', number, '--sev', '1', '--dry-run'])
  expect(tried.json()).toMatchObject([{ severity: 3, would: 'change' }])
  const changed = await tocsin(['incident', 'update', number, '--sev', 'SEV1', '--title', 'Checkout is down', '--reason', 'customers call'])
  expect(changed.json()).toMatchObject([{ severity: 1, title: 'Checkout is down' }])
  expect(await tocsin(['incident', 'update', number])).toMatchObject({ code: 2, err: expect.stringContaining('Say what changes') })
  expect((await tocsin(['incident', 'sev', number, '2', 'one region'])).json()).toMatchObject({ severity: 2 })
})

test('a list comes wide, as Markdown, and field by field', async () => {
  await world.api.declareIncident({ body: { title: 'A | pipe, `code` and <b>', service: 'payments-api' } })
  const narrow = await tocsin(['incident', 'list', '-o', 'table'], { terminal: { columns: 60 } })
  expect(narrow.out).toContain('…')
  const wide = await tocsin(['incident', 'list', '-o', 'wide'], { terminal: { columns: 60 } })
  expect(wide.out).not.toContain('…')
  expect(wide.out).toContain('A | pipe, `code` and <b>')
  const markdown = await tocsin(['incident', 'list', '-o', 'md'])
  expect(markdown.out).toMatch(/^\| SEV \| ID \| TITLE .*\n\| --- \| ---: \|/)
  expect(markdown.out).toContain('A \\| pipe, \\`code\\` and \\<b\\>')
  const fields = await tocsin(['incident', 'list', '--field', 'number,service', '--field', 'status'])
  expect(fields.out).toMatch(/^INC-\d+\tpayments-api\tdetected\n/)
  const typo = await tocsin(['incident', 'list', '--field', 'nmber'])
  expect(typo).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean ‹number›?') })
  expect((await tocsin(['service', 'show', 'payments-api', '--field', 'integrations.0.name'])).out).toMatch(/^\w+\n$/)
})

test('new names are completed too', async () => {
  expect((await tocsin(['__names', 'team'])).out).toBe('payments\n')
  expect((await tocsin(['__names', 'integration'])).out).toContain('anything\n')
  expect((await tocsin(['__names', 'override'])).out).toMatch(/^ovr_/)
  expect((await tocsin(['completion', 'powershell'])).out).toContain('Register-ArgumentCompleter -Native -CommandName tocsin')
})

test('the words of the noun do the same as the short ones', async () => {
  const { number } = await world.api.declareIncident({ body: { title: 'Mail is late', service: 'payments-api' } })
  expect((await tocsin(['incident', 'ack', number])).json()).toMatchObject([{ status: 'acknowledged' }])
  expect((await tocsin(['incident', 'page', number])).json()).toMatchObject({ status: 'detected' })
  expect((await tocsin(['incident', 'note', number, 'Sorted.'])).code).toBe(0)
  expect((await tocsin(['incident', 'resolve', number, 'it flows again', '--override', 'a test'])).json()).toMatchObject([
    { status: 'resolved' },
  ])
  expect((await tocsin(['oncall', 'cover', 'payments-primary', 'lin', '--until', '8h', '--dry-run'])).code).toBe(0)
  expect((await seen(['schedule', 'preview', 'payments-primary', '--days', '1'])).code).toBe(0)
  expect((await tocsin(['ack', '--help'])).out).toContain('The same as tocsin incident ack.')
})

test('what writes says what it would do, when asked to', async () => {
  const tokens = async () => (await world.api.listTokens()).items.length
  const before = await tokens()
  const trials = [
    ['login-link', 'lin'],
    ['token', 'create', 'robot'],
    ['profile', 'add', 'prod', 'https://tocsin.example.org'],
    ['api', 'POST', '/incidents', '-d', '{"title":"x"}'],
    ['incident', 'create', 'A trial'],
    ['trigger', 'A trial', '-s', 'payments-api'],
  ]
  for (const line of trials) {
    const tried = await seen([...line, '--dry-run'])
    expect([line.join(' '), tried.code, `${tried.out}${tried.err}`]).toEqual([line.join(' '), 0, expect.stringMatching(/would /)])
  }
  expect(await tokens()).toBe(before)
  expect((await tocsin(['profile', 'list'])).json()).toEqual([])
  expect((await world.api.listIncidents({ query: { q: 'A trial' } })).items).toEqual([])
})
