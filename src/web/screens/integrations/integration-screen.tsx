import './integrations-screen.css'
import '../../product/services/services-tabs.css'
import { useState } from 'react'
import { DAY, type Instant } from '../../../kernel/time.ts'
import { useKeys } from '../../keys.ts'
import { links } from '../../links.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Moment } from '../../parts/clock.tsx'
import { BodyCode, CodeBlock, CopyLine } from '../../parts/code.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Link } from '../../parts/link.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Note } from '../../parts/note.tsx'
import { countText } from '../../parts/number-words.ts'
import { Page } from '../../parts/page.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Row, Rows } from '../../parts/rows.tsx'
import { ScrollRegion } from '../../parts/scroll-region.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { StateMark } from '../../parts/state-mark.tsx'
import { CountStrokes } from '../../parts/strokes.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { moment, timeOfDay } from '../../parts/time-words.ts'
import type { HeardIntegration } from '../../product/integrations/heard.ts'
import { type KeptEvent, sizeText } from '../../product/integrations/kept-event.ts'
import { heardAgo } from '../../product/integrations/last-heard.tsx'
import { words } from '../../product/integrations/words.ts'
import { words as serviceWords } from '../../product/services/words.ts'
import { faultLine, setInLines } from './body-text.ts'
import { EventAlerts } from './event-alerts.tsx'
import { stateKinds } from './integrations-screen.tsx'
import { type SentTest, TestResult } from './test-result.tsx'

export interface Integration extends HeardIntegration {
  serviceTitle: string
  address: string
  connect: { name: string; file?: string | undefined; code: string }[]
  keys: { id: string; start?: string | undefined; newest: boolean }[]
  /** Where it was written if not here, and whether that is a file: then nothing of it is changed here. */
  from?: string | undefined
  inFile: boolean
}

export interface IntegrationScreenProps {
  integration: Integration
  /** Newest first. */
  events: Loadable<KeptEvent[]>
  /** The key that was just made: shown until this page is left. */
  freshKey?: string | undefined
  test?: SentTest | undefined
  editHref?: string | undefined
  busy?: 'key' | 'revoke' | undefined
  /** Absent where the viewer may not. */
  onTest?: (() => void) | undefined
  onMakeKey?: (() => void) | undefined
  onRevoke?: ((id: string) => void) | undefined
}

export function IntegrationScreen(props: IntegrationScreenProps) {
  const { integration, onTest, editHref, test } = props
  useKeys({ t: onTest })
  return (
    <Page
      crumbs={[
        { name: serviceWords.title, href: links.services() },
        { name: words.title, href: links.integrations() },
        { name: integration.title },
      ]}
      {...(onTest && { keys: [{ keys: ['T'], does: words.keyTest }] })}
    >
      <ScrollRegion label={integration.title} className="integration-page">
        <PageHead
          title={integration.title}
          beside={
            <>
              {editHref && (
                <ButtonLink icon="edit" href={editHref}>
                  {words.edit}
                </ButtonLink>
              )}
              {onTest && (
                <Button kind="primary" icon="bolt" keyCap="T" onClick={onTest}>
                  {words.sendTest}
                </Button>
              )}
            </>
          }
        >
          <span className="integration-state">
            <StateMark state={stateKinds[integration.state]} word={words.states[integration.state]} />
          </span>
          <HowItIs integration={integration} />
        </PageHead>
        <div className="integration-grid">
          <div className="integration-column">
            {test && <TestResult test={test} />}
            <Connect {...props} />
            <Keys {...props} />
          </div>
          <div className="integration-column">
            <Day integration={integration} />
            <LastBodies events={props.events} />
          </div>
        </div>
      </ScrollRegion>
    </Page>
  )
}

function HowItIs({ integration }: { integration: Integration }) {
  const { lastEventAt, events, refused, unparsed, bodies, newAlerts, state } = integration
  const ago = useTicking((now) => (lastEventAt === undefined ? '' : heardAgo(now - lastEventAt)))
  return (
    <>
      {ago !== '' && words.lastEvent(ago)} {events > 0 && words.inADay(countText(events), refused, unparsed)} {words.stateMeans[state]}{' '}
      {words.bodiesKept[bodies]} {words.newAlerts[newAlerts]} {words.forService}{' '}
      <Link className="text-link" href={links.service(integration.service)}>
        {integration.serviceTitle}
      </Link>
      .{integration.from !== undefined && ` ${words.from(integration.from)}`}
    </>
  )
}

function Connect({ integration, freshKey }: IntegrationScreenProps) {
  const { connect, address, sourceTitle, keys } = integration
  const [sender, setSender] = useState(connect[0]?.name ?? '')
  const snippet = connect.find(({ name }) => name === sender) ?? connect[0]
  const filled = (text: string) => (freshKey === undefined ? text : text.replaceAll('YOUR-KEY', freshKey))
  const start = keys[0]?.start
  return (
    <Panel title={words.connect}>
      <div className="integration-stack">
        {freshKey !== undefined && (
          <>
            <Note tone="warn">{words.freshKey}</Note>
            <CopyLine label={words.keyLabel} text={freshKey} />
          </>
        )}
        <div className="integration-stack">
          <span className="sub">{words.speaks(sourceTitle)}</span>
          <CopyLine label={words.speaks(sourceTitle)} text={filled(address)} />
        </div>
        {connect.length > 1 && (
          <Segmented
            label={words.senders}
            segments={connect.map(({ name }) => ({ value: name, name }))}
            current={snippet?.name ?? ''}
            onPick={setSender}
          />
        )}
        {snippet && (
          <>
            <CodeBlock label={words.snippet(snippet.name)} code={filled(snippet.code)} />
            {snippet.file && (
              <p className="dim fine">
                <span className="mono">{words.intoFile(snippet.file)}</span>
              </p>
            )}
          </>
        )}
        {freshKey === undefined && start !== undefined && <p className="dim fine">{words.placeholder(start)}</p>}
      </div>
    </Panel>
  )
}

function Keys({ integration, busy, onMakeKey, onRevoke }: IntegrationScreenProps) {
  const [asks, setAsks] = useState<Integration['keys'][number] | undefined>()
  const { keys, inFile, from } = integration
  return (
    <Panel
      title={words.keys}
      count={keys.length}
      flush
      foot={inFile && from !== undefined ? words.keysInFile(from) : undefined}
      beside={
        onMakeKey && (
          <Button size="small" icon="key" busy={busy === 'key'} onClick={onMakeKey}>
            {words.newKey}
          </Button>
        )
      }
    >
      <Rows>
        {keys.map((key) => (
          <Row
            key={key.id}
            mark={<Icon name="key" />}
            title={<span className="mono">{words.keyStarts(`${key.start ?? key.id}…`)}</span>}
            detail={key.newest ? words.newest : words.older}
            beside={
              onRevoke &&
              keys.length > 1 && (
                <Button size="small" kind="danger-quiet" onClick={() => setAsks(key)}>
                  {words.revoke}
                </Button>
              )
            }
          />
        ))}
      </Rows>
      {onRevoke && (
        <Dialog
          open={asks !== undefined}
          title={words.revokeTitle}
          onClose={() => setAsks(undefined)}
          buttons={
            <>
              <Button kind="quiet" onClick={() => setAsks(undefined)}>
                {words.cancel}
              </Button>
              <Button
                kind="danger"
                busy={busy === 'revoke'}
                onClick={() => {
                  onRevoke(asks!.id)
                  setAsks(undefined)
                }}
              >
                {words.revokeIt}
              </Button>
            </>
          }
        >
          <p>{asks && words.revokeText(asks.start ?? asks.id)}</p>
        </Dialog>
      )}
    </Panel>
  )
}

function Day({ integration }: { integration: Integration }) {
  const { events, refused, unparsed, perHour, name } = integration
  return (
    <Panel title={words.day} beside={words.eachHour}>
      <div className="integration-day">
        <CountStrokes counts={perHour} label={words.perHour(perHour)} height={44} />
      </div>
      <dl className="integration-figures">
        <div>
          <dt>{words.figures.events}</dt>
          <dd>{countText(events)}</dd>
        </div>
        <div>
          <dt>{words.figures.refused}</dt>
          <dd>
            <Faults count={refused} href={links.unparsed({ show: 'refused', integration: name })} />
          </dd>
        </div>
        <div>
          <dt>{words.figures.unparsed}</dt>
          <dd>
            <Faults count={unparsed} href={links.unparsed({ show: 'unparsed', integration: name })} />
          </dd>
        </div>
      </dl>
    </Panel>
  )
}

/** Every number opens its list. */
function Faults({ count, href }: { count: number; href: string }) {
  return count === 0 ? (
    <>0</>
  ) : (
    <Link className="text-link" href={href}>
      {countText(count)}
    </Link>
  )
}

function LastBodies({ events }: { events: Loadable<KeptEvent[]> }) {
  const [picked, setPicked] = useState<string | undefined>()
  return (
    <Panel title={words.lastBodies} flush>
      <Loaded of={events} skeleton={<SkeletonRows />}>
        {(all) => {
          const event = all.find(({ id }) => id === picked) ?? all[0]
          if (!event) return <p className="panel-inside sub">{words.noBodies}</p>
          return (
            <div className="integration-bodies">
              {all.length > 1 && (
                <ul className="body-pick" aria-label={words.lastBodies}>
                  {all.map((one) => (
                    <li key={one.id}>
                      <button type="button" aria-pressed={one === event} onClick={() => setPicked(one.id)}>
                        <When at={one.at} />
                        <span className="grow cut">{told(one)}</span>
                        <span className="dim desk-only">{sizeText(one.bytes)}</span>
                      </button>
                    </li>
                  ))}
                </ul>
              )}
              <Body event={event} />
            </div>
          )
        }}
      </Loaded>
    </Panel>
  )
}

/** To the second today, with the date further back. */
function When({ at }: { at: Instant }) {
  const text = useTicking((now) => (now - at < DAY ? timeOfDay(at, 'UTC', 'seconds') : moment(at, now, 'UTC')))
  return <span className="mono dim unbroken">{text} UTC</span>
}

function told({ refused, status, alerts }: KeptEvent): string {
  if (refused) return words.refusedWith(status ?? 400)
  return alerts.length === 0 ? words.takenNothing : alerts.map(({ title }) => title).join(', ')
}

/** One body with what was made of it. */
export function Body({ event }: { event: KeptEvent }) {
  const text = setInLines(event.body)
  const shownBytes = new Blob([event.body]).size
  const isCut = shownBytes < event.bytes
  return (
    <>
      {event.alerts.length > 0 && <EventAlerts event={event} />}
      {event.problems.length > 0 && <Note tone={event.refused ? 'bad' : 'warn'}>{event.problems.join(' ')}</Note>}
      <BodyCode label={words.body(`${timeOfDay(event.at, 'UTC', 'seconds')} UTC`)} text={text} lit={isCut ? undefined : faultLine(text)} />
      <p className="dim fine">
        <Moment at={event.at} />, {isCut ? words.cutAt(sizeText(event.bytes)) : sizeText(event.bytes)}
      </p>
    </>
  )
}
