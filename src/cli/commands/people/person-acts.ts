import { randomUUID } from 'node:crypto'
import type { PersonContact, PersonRule, PersonSpec } from '../../../modules/people/index.ts'
import { CommandError } from '../../errors.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printOne } from '../../printing.ts'
import { whoAmI } from '../../product/incident-ids.ts'
import { personNames } from '../../product/known-names.ts'
import { named } from '../../product/lists.ts'
import type { Session } from '../../session.ts'
import type { personPage, personUpdate } from '../../verbs/people.ts'
import type { InputOf } from '../../verbs/verb.ts'

export async function pagePerson(
  session: Session,
  { name: typed, lowUrgency, dryRun, ...input }: InputOf<typeof personPage>,
): Promise<ExitCode> {
  const { api } = session.server()
  const name = typed ?? (await whoAmI(session))
  const urgency = lowUrgency ? ('low' as const) : ('high' as const)
  if (dryRun) {
    const { rules } = await named(
      name,
      () => api.getPerson({ params: { name } }),
      () => personNames(session),
    )
    const pages = rules[urgency]
    printOne(session, input, { value: { dryRun: true, pages }, name: '', lines: () => pages.map((page) => [`would page ${wayOf(page)}`]) })
    return EXIT.ok
  }
  const { pages } = await named(
    name,
    () => api.pagePerson({ params: { name }, body: { urgency }, idempotencyKey: randomUUID() }),
    () => personNames(session),
  )
  printOne(session, input, { value: { pages }, name, lines: () => pages.map((page) => [`a test page goes to ${wayOf(page)}`]) })
  return EXIT.ok
}

function wayOf({ contact, channel, afterSeconds }: { contact: string; channel: string; afterSeconds: number }): string {
  return `${contact} (${channel})${afterSeconds === 0 ? '' : `, after ${afterSeconds} s`}`
}

export async function updatePerson(session: Session, { name: typed, dryRun, ...given }: InputOf<typeof personUpdate>): Promise<ExitCode> {
  const { api } = session.server()
  const me = await api.getMe()
  const name = typed ?? (await whoAmI(session))
  const isOwn = me.person?.name === name && !me.permissions.includes('config:write')
  const { spec, version } = await named(
    name,
    () => api.getObject({ params: { kind: 'people', name } }),
    () => personNames(session),
  )
  const next = changed(spec as PersonSpec, given)
  if (dryRun) {
    printOne(session, given, { value: { dryRun: true, name, spec: next }, name, lines: () => [[`would change ${name}`]] })
    return EXIT.ok
  }
  const body = { spec: next as Record<string, unknown>, expectedVersion: version }
  const idempotencyKey = randomUUID()
  const saved = isOwn
    ? await api.putOwnPerson({ body, idempotencyKey })
    : await api.putObject({ params: { kind: 'people', name }, body, idempotencyKey })
  printOne(session, given, {
    value: saved,
    name,
    lines: () => [[saved.version === version ? `${name} was like that already` : `${name} is changed, version ${saved.version}`]],
  })
  session.hint([`Try it: tocsin person page${typed === undefined ? '' : ` ${name}`}`])
  return EXIT.ok
}

type Given = Omit<InputOf<typeof personUpdate>, 'name' | 'dryRun'>

function changed(spec: PersonSpec, { called, zone, contact = [], without = [], high, low }: Given): PersonSpec {
  const written = contact.map(contactOf)
  const contacts = [
    ...(spec.contacts ?? []).map((one) => ({ ...one, ...written.find(({ name }) => name === one.name) })),
    ...written.filter(({ name }) => !spec.contacts?.some((one) => one.name === name)),
  ].filter(({ name }) => !without.includes(name))
  const rulesOf = (typed: string | undefined, before: PersonRule[] = []) =>
    (typed === undefined ? before : rulesTyped(typed)).filter((rule) => !without.includes(rule.contact))
  return {
    ...spec,
    ...(called !== undefined && { displayName: called }),
    ...(zone !== undefined && { timeZone: zone }),
    contacts,
    paging: { high: rulesOf(high, spec.paging?.high), low: rulesOf(low, spec.paging?.low) },
  }
}

/** `phone=ntfy:https://ntfy.sh/topic` */
function contactOf(typed: string): PersonContact {
  const found = /^([^=]+)=([a-z]+):(.+)$/s.exec(typed)
  if (!found)
    throw new CommandError(EXIT.usage, `--contact is ‹${typed}›; write name=channel:address, such as phone=ntfy:https://ntfy.sh/topic.`)
  return { name: found[1]!, channel: found[2]!, address: found[3]! }
}

/** `phone,mail@5m` */
function rulesTyped(typed: string): PersonRule[] {
  if (typed === 'none') return []
  return typed.split(',').map((one) => {
    const [contact = '', after = '0s'] = one.trim().split('@')
    return { contact, after }
  })
}
