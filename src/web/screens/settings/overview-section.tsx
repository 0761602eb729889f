import { MINUTE, SECOND } from '../../../kernel/time.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Ago } from '../../parts/clock.tsx'
import { useCopy } from '../../parts/copy.ts'
import { DefinitionList } from '../../parts/definition-list.tsx'
import { Icon } from '../../parts/icon.tsx'
import type { IconName } from '../../parts/icon-names.ts'
import { Link } from '../../parts/link.tsx'
import { type Loadable, Loaded, shownOf } from '../../parts/loadable.tsx'
import { Note } from '../../parts/note.tsx'
import { Panel } from '../../parts/panel.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { CountStrokes } from '../../parts/strokes.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { age, dayText, interval, momentWithZones } from '../../parts/time-words.ts'
import { channelIcon, channelOf } from '../../product/on-call/channels.ts'
import { type OwnSection, sections } from './sections.ts'
import type { Health, Setup } from './settings.ts'
import { databaseText } from './setup-sections.tsx'
import { words } from './words.ts'

interface OverviewProps {
  health: Loadable<Health>
  setup: Loadable<Setup>
}

/** The promise first, then what it was measured by, then how things are set up. */
export function OverviewSection({ health, setup }: OverviewProps) {
  return (
    <>
      <Loaded
        of={health}
        skeleton={
          <div className="settings-wide">
            <SkeletonRows rows={6} />
          </div>
        }
      >
        {(value) => (
          <>
            <Promised health={value} />
            <Channels health={value} hasMail={setup.state !== 'ready' || setup.value.mail !== null} />
          </>
        )}
      </Loaded>
      <Loaded
        of={setup}
        skeleton={
          <div className="settings-wide">
            <SkeletonRows rows={4} />
          </div>
        }
      >
        {(value) => <SetupPanels setup={value} />}
      </Loaded>
      <Loaded of={health} skeleton={null}>
        {(value) => <Loops health={value} />}
      </Loaded>
    </>
  )
}

/** What somebody who helps has to know: it holds no secret, because the server tells none. */
export function OverviewButtons({ health, setup }: OverviewProps) {
  const { copied, copy } = useCopy(JSON.stringify({ setup: shownOf(setup), health: shownOf(health) }, null, 2))
  return (
    <>
      <ButtonLink kind="quiet" icon="code" href={sections.yaml.href}>
        {words.exportYaml}
      </ButtonLink>
      <Button icon={copied ? 'check' : 'copy'} onClick={copy}>
        {copied ? words.copied : words.copyReport}
      </Button>
    </>
  )
}

function stateOf({ ready, measured }: Health): { word: string; icon: IconName; tone: string } {
  if (!ready) return { word: words.engine.notReady, icon: 'warn', tone: 'told-warn' }
  if (measured.pages === 0) return { word: words.engine.unmeasured, icon: 'info', tone: 'dim' }
  const isKept = measured.late === 0 && (measured.firstPageMs === null || measured.firstPageMs.p99 <= 5 * SECOND)
  return isKept ? { word: words.engine.keeps, icon: 'ok', tone: 'told-good' } : { word: words.engine.late, icon: 'warn', tone: 'told-warn' }
}

/** A loop that is later than this is said to be. */
const LATE_MS = 30 * SECOND

function Promised({ health }: { health: Health }) {
  const { measured, backlog, loops, horizonMs, why } = health
  const say = words.engine
  const { word, icon, tone } = stateOf(health)
  const oldest = useTicking((now, zone) => (backlog.oldestAt === undefined ? '' : momentWithZones(backlog.oldestAt, now, zone)))
  const first = measured.firstPageMs
  return (
    <Panel className="settings-wide" title={say.title} beside={say.span(measured.pages)}>
      <p className={`line ${tone}`}>
        <Icon name={icon} />
        {word}
      </p>
      {why.length > 0 && (
        <Note tone="bad">
          <span className="settings-note">
            {say.why}
            <ul>
              {why.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          </span>
        </Note>
      )}
      <div className="promise">
        <div>
          <p className="sub">{say.first}</p>
          {first ? <FirstPage first={first} days={measured.days} /> : <p className="sub">{say.none}</p>}
        </div>
        <DefinitionList
          items={[
            ...(first ? [{ term: say.facts.first, is: say.seconds(first.median) }] : []),
            { term: say.facts.late, is: say.lateOf(measured.late, measured.pages + measured.levels) },
            { term: say.facts.unsure, is: measured.unsure },
            { term: say.facts.waiting, is: say.waiting(backlog.bodies, oldest || undefined) },
            { term: say.facts.live, is: say.behind(horizonMs) },
            { term: say.facts.loops, is: say.loops(loops.filter(isLate).length, loops.length) },
          ]}
        />
      </div>
    </Panel>
  )
}

function FirstPage({ first, days }: { first: NonNullable<Health['measured']['firstPageMs']>; days: Health['measured']['days'] }) {
  const say = words.engine
  const worst = days.reduce((found, one) => ((one.worstMs ?? -1) > (found.worstMs ?? -1) ? one : found))
  const told = say.strokes(say.seconds(worst.worstMs ?? 0), dayText(worst.at, 'UTC'))
  return (
    <>
      <p className="promise-number">
        <b>{say.seconds(first.p99)}</b> <span className="sub">{say.of}</span>
      </p>
      <CountStrokes counts={days.map(({ worstMs }) => worstMs ?? 0)} label={`${say.first}: ${told}`} loudFrom={5 * SECOND} height={30} />
      <p className="sub" aria-hidden="true">
        {told}
      </p>
    </>
  )
}

function isLate({ lateMs, everyMs, lastError }: Health['loops'][number]): boolean {
  return lastError !== null || lateMs > Math.max(2 * everyMs, LATE_MS)
}

type ChannelRow = Health['channels'][number]

function Channels({ health: { channels }, hasMail }: { health: Health; hasMail: boolean }) {
  const say = words.channels
  const columns: Column<ChannelRow>[] = [
    {
      head: say.columns.channel,
      fills: true,
      cell: ({ channel }) => (
        <span className="line">
          <Icon name={channelIcon(channel)} /> <b>{channelOf(channel)?.title ?? channel}</b>
        </span>
      ),
    },
    { head: say.columns.delivered, wideOnly: true, cell: ({ delivered, pages }) => say.ofAll(delivered, pages) },
    { head: say.columns.last, wideOnly: true, cell: ({ lastAt }) => <LastSent at={lastAt} /> },
    { head: say.columns.now, cell: (row) => <ChannelState row={row} isSetUp={channelOf(row.channel)?.needs !== 'mail' || hasMail} /> },
  ]
  return (
    <Panel className="settings-wide" title={say.title} count={channels.length} flush>
      <Table label={say.title} columns={columns} groups={[{ rows: channels }]} keyOf={({ channel }) => channel} />
    </Panel>
  )
}

function LastSent({ at }: { at: number | undefined }) {
  const text = useTicking((now) =>
    at === undefined ? words.channels.never : now - at < MINUTE ? age(now - at) : words.channels.ago(age(now - at)),
  )
  return <>{text}</>
}

function ChannelState({ row, isSetUp }: { row: ChannelRow; isSetUp: boolean }) {
  const say = words.channels
  if (!isSetUp) return <State icon="warn" tone="told-warn" word={say.notSetUp} />
  if (row.pages === 0) return <State icon="minus" tone="dim" word={say.unused} />
  if (row.failed > 0) return <State icon="warn" tone="told-warn" word={say.failed(row.failed)} />
  return <State icon="ok" tone="told-good" word={say.works} />
}

function State({ icon, tone, word }: { icon: IconName; tone: string; word: string }) {
  return (
    <span className={`line ${tone}`}>
      <Icon name={icon} />
      {word}
    </span>
  )
}

/** What is most asked for, each leading to its section. */
function SetupPanels({ setup }: { setup: Setup }) {
  const { mail, network, database, retention } = words
  return (
    <>
      <Panel title={words.sections.mail} beside={<Open section="mail" />}>
        {setup.mail ? (
          <DefinitionList
            items={[
              { term: mail.server, is: setup.mail.server },
              { term: mail.from, is: setup.mail.from ?? '–' },
            ]}
          />
        ) : (
          <p className="line told-warn">
            <Icon name="warn" />
            {mail.none}
          </p>
        )}
      </Panel>
      <Panel title={words.sections.network} beside={<Open section="network" />}>
        <DefinitionList
          items={[
            { term: network.url, is: setup.address.url },
            { term: network.listen, is: setup.address.listen },
            { term: network.egress, is: setup.egressAllow.length === 0 ? network.egressNone : setup.egressAllow.join(', ') },
          ]}
        />
      </Panel>
      <Panel title={words.sections.database} beside={<Open section="database" />}>
        <DefinitionList
          items={[
            { term: database.server, is: databaseText(setup) },
            { term: database.version, is: `PostgreSQL ${setup.database.version}` },
            { term: database.size, is: database.megabytes(setup.database.bytes) },
          ]}
        />
      </Panel>
      <Panel title={words.sections.retention} beside={<Open section="retention" />}>
        <DefinitionList
          items={[
            {
              term: retention.incidents,
              is: setup.retention.incidentDays === null ? retention.forEver : retention.days(setup.retention.incidentDays),
            },
            { term: retention.raw, is: retention.days(setup.retention.rawDays) },
            { term: retention.sessions, is: retention.days(setup.retention.sessionDays) },
          ]}
        />
      </Panel>
    </>
  )
}

function Open({ section }: { section: OwnSection }) {
  return (
    <Link className="text-link" href={sections[section].href} aria-label={`${words.open}: ${words.sections[section]}`}>
      {words.open}
    </Link>
  )
}

type LoopRow = Health['loops'][number]

function Loops({ health: { loops } }: { health: Health }) {
  const say = words.loops
  const columns: Column<LoopRow>[] = [
    { head: say.columns.name, fills: true, cell: ({ name }) => name },
    { head: say.columns.every, wideOnly: true, cell: ({ everyMs }) => interval(Math.max(SECOND, everyMs)) },
    {
      head: say.columns.last,
      wideOnly: true,
      cell: ({ lastSuccessAt }) => (lastSuccessAt === undefined ? '–' : <Ago since={lastSuccessAt} />),
    },
    {
      head: say.columns.state,
      cell: (row) =>
        row.lastError !== null ? (
          <State icon="warn" tone="told-warn" word={row.lastError} />
        ) : row.lastSuccessAt === undefined ? (
          <State icon="clock" tone="dim" word={say.starting} />
        ) : isLate(row) ? (
          <State icon="warn" tone="told-warn" word={say.late(interval(row.lateMs))} />
        ) : (
          <State icon="ok" tone="told-good" word={say.onTime} />
        ),
    },
  ]
  return (
    <Panel className="settings-wide" title={say.title} count={loops.length} flush>
      <Table label={say.title} columns={columns} groups={[{ rows: loops }]} keyOf={({ name }) => name} />
    </Panel>
  )
}
