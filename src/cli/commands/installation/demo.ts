import { momentText } from '../../../kernel/moment.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printOne } from '../../printing.ts'
import type { DemoView } from '../../product/kinds.ts'
import { numberOf } from '../../product/lists.ts'
import type { Session } from '../../session.ts'
import { type Text, tone } from '../../text/spans.ts'
import type { demoOutage, demoRemove, demoStart, demoStatus } from '../../verbs/installation.ts'
import type { InputOf } from '../../verbs/verb.ts'

export async function showDemo(session: Session, input: InputOf<typeof demoStatus>): Promise<ExitCode> {
  const demo = await session.server().api.getDemo()
  printOne(session, input, { value: demo, name: demo.present ? demo.company : '', lines: () => demoLines(demo) })
  return EXIT.ok
}

function demoLines({ company, present, holds, stays, firstAlert }: DemoView): Text[] {
  if (!present)
    return [...stayLines(stays), stays.length > 0 ? 'That is all that is left of the demo company.' : 'There is no demo company here.']
  return [
    [tone('strong', company), tone('dim', ' demo'), `  ${holdingsText(holds)}`],
    ...stayLines(stays),
    ...(firstAlert ? ['', tone('dim', 'Raise a first alert:'), firstAlert.command, ''] : []),
    [tone('dim', 'Remove it:'), ' tocsin demo remove'],
  ]
}

export async function startDemo(session: Session, { dryRun, ...input }: InputOf<typeof demoStart>): Promise<ExitCode> {
  const { api } = session.server()
  const demo = await api.getDemo()
  if (dryRun || demo.present) {
    const says = demo.present ? `${demo.company} is here already.` : `would make ${demo.company}`
    printOne(session, input, {
      value: { dryRun: dryRun === true, company: demo.company, present: demo.present },
      name: '',
      lines: () => [says],
    })
    return EXIT.ok
  }
  const made = await api.startDemo({ body: {} })
  printOne(session, input, {
    value: made,
    name: made.company,
    lines: () => [
      [tone('done', 'made'), ` ${made.company}: ${holdingsText(made.holds)}`],
      [tone('dim', 'Remove it:'), ' tocsin demo remove'],
    ],
  })
  return EXIT.ok
}

export async function startOutage(session: Session, { pace: asked, dryRun, ...input }: InputOf<typeof demoOutage>): Promise<ExitCode> {
  const { api } = session.server()
  const pace = numberOf(asked, { flag: '--pace', otherwise: 4, most: 60 })
  if (dryRun) {
    const minutes = Math.round(20 / pace)
    printOne(session, input, { value: { dryRun, pace }, name: '', lines: () => [`would play an outage of about ${minutes} min`] })
    return EXIT.ok
  }
  const begun = await api.startOutage({ body: { pace } })
  printOne(session, input, {
    value: begun,
    name: begun.service,
    lines: () => [
      [
        tone('done', 'begun'),
        ` an outage of ${begun.service}, over at ${momentText(Date.parse(begun.endsAt), session.now(), { language: 'en', zone: session.zone })}`,
      ],
      [tone('dim', 'Its incident:'), ` tocsin incident list --service ${begun.service}`],
      [tone('dim', 'Take part:'), ' tocsin incident watch N; tocsin incident role N comms me; tocsin incident update N "..."'],
    ],
  })
  return EXIT.ok
}

export async function removeDemo(session: Session, { dryRun, yes, ...input }: InputOf<typeof demoRemove>): Promise<ExitCode> {
  const { api } = session.server()
  const demo = await api.getDemo()
  if (dryRun || !demo.present) {
    const would = { dryRun: true, removed: demo.holds, stayed: demo.stays }
    printOne(session, input, {
      value: demo.present ? would : { removed: demo.holds, stayed: demo.stays },
      name: '',
      lines: () =>
        demo.present ? [`would remove ${holdingsText(demo.holds)}`, ...stayLines(demo.stays)] : ['There is no demo company here.'],
    })
    return EXIT.ok
  }
  await session.confirm(`Remove ${demo.company} with ${holdingsText(demo.holds)}?`, { yes })
  const { removed, stayed } = await api.removeDemo()
  printOne(session, input, {
    value: { removed, stayed },
    name: '',
    lines: () => [[tone('done', 'removed'), ` ${holdingsText(removed)}`], ...stayLines(stayed)],
  })
  return EXIT.ok
}

function holdingsText(holdings: DemoView['holds']): string {
  const told = Object.entries(holdings).filter(([, count]) => count > 0)
  return told.length === 0 ? 'nothing' : told.map(([what, count]) => `${count} ${what}`).join(', ')
}

function stayLines(stays: DemoView['stays']): Text[] {
  return stays.map(({ kind, name, usedBy }) => [
    tone('soon', 'stays'),
    `  ${kind} ${name}, used by ${usedBy.map((one) => `${one.kind} ${one.name}`).join(', ')}`,
  ])
}
