import { useState } from 'react'
import { links } from '../../links.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { DefinitionList } from '../../parts/definition-list.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Note } from '../../parts/note.tsx'
import { Panel } from '../../parts/panel.tsx'
import { words as steps } from '../../product/shell/step-words.ts'
import { Given } from './given.tsx'
import type { Demo, Setup } from './settings.ts'
import { words } from './words.ts'

interface SetupProps {
  setup: Setup
}

export function MailSection({ setup: { mail, given } }: SetupProps) {
  return (
    <Panel className="settings-narrow" title={words.given.title}>
      {!mail && <Note tone="warn">{words.mail.none}</Note>}
      <Given
        name={words.mail.server}
        value={mail?.server ?? '–'}
        variable="TOCSIN_SMTP_URL"
        given={given}
        mend={`${words.mail.mend} ${words.mail.password}`}
      />
      <Given name={words.mail.from} value={mail?.from ?? '–'} variable="TOCSIN_MAIL_FROM" given={given} mend={words.mail.fromMend} />
    </Panel>
  )
}

export function NetworkSection({ setup: { address, egressAllow, given } }: SetupProps) {
  return (
    <Panel className="settings-narrow" title={words.given.title}>
      <Given
        name={words.network.url}
        value={given.includes('TOCSIN_URL') ? address.url : `${address.url}, ${words.network.fromListen}`}
        variable="TOCSIN_URL"
        flag="--url"
        given={given}
        mend={words.network.urlMend}
      />
      <Given
        name={words.network.listen}
        value={address.listen}
        variable="TOCSIN_LISTEN"
        flag="--listen"
        given={given}
        mend={words.network.listenMend}
      />
      <Given
        name={words.network.egress}
        value={egressAllow.length === 0 ? words.network.egressNone : egressAllow.join(', ')}
        variable="TOCSIN_EGRESS_ALLOW"
        given={given}
        mend={words.network.egressMend}
      />
    </Panel>
  )
}

export function RetentionSection({ setup: { retention, given } }: SetupProps) {
  const say = words.retention
  const kept: [name: string, days: number | null, variable: string, mend: string][] = [
    [say.incidents, retention.incidentDays, 'TOCSIN_KEEP_INCIDENTS', say.incidentsMend],
    [say.alerts, retention.alertDays, 'TOCSIN_KEEP_ALERTS', say.alertsMend],
    [say.raw, retention.rawDays, 'TOCSIN_KEEP_BODIES', say.rawMend],
    [say.unparsed, retention.unparsedDays, 'TOCSIN_KEEP_UNPARSED', say.unparsedMend],
    [say.messages, retention.messageDays, 'TOCSIN_KEEP_MESSAGES', say.messagesMend],
  ]
  const sizes: [name: string, bytes: number, variable: string, mend: string][] = [
    [say.rawSize, retention.rawBytes, 'TOCSIN_KEEP_BODIES_SIZE', say.rawSizeMend],
    [say.rawDay, retention.rawDayBytes, 'TOCSIN_KEEP_BODIES_DAY', say.rawDayMend],
    [say.rawDayAll, retention.rawDayAllBytes, 'TOCSIN_KEEP_BODIES_DAY_ALL', say.rawDayAllMend],
    [say.alertDay, retention.alertDayBytes, 'TOCSIN_KEEP_ALERTS_DAY', say.alertDayMend],
    [say.alertDayAll, retention.alertDayAllBytes, 'TOCSIN_KEEP_ALERTS_DAY_ALL', say.rawDayAllMend],
  ]
  return (
    <>
      <Panel className="settings-narrow" title={say.title}>
        {kept.map(([name, days, variable, mend]) => (
          <Given
            key={variable}
            name={name}
            value={days === null ? say.forEver : say.days(days)}
            variable={variable}
            given={given}
            mend={mend}
          />
        ))}
        {sizes.map(([name, bytes, variable, mend]) => (
          <Given key={variable} name={name} value={say.gigabytes(bytes)} variable={variable} given={given} mend={mend} />
        ))}
      </Panel>
      <Panel className="settings-narrow" title={say.fixedTitle} foot={say.fixed}>
        <DefinitionList
          items={[
            { term: say.sessions, is: say.days(retention.sessionDays) },
            { term: say.links, is: say.minutes(retention.loginLinkMinutes) },
            { term: say.actionLinks, is: say.actionDays(retention.actionLinkDays) },
            { term: say.replies, is: say.hours(retention.repliesHours) },
          ]}
        />
      </Panel>
    </>
  )
}

export function DatabaseSection({ setup }: SetupProps) {
  const { database, given } = setup
  const say = words.database
  return (
    <>
      <Panel className="settings-narrow" title={words.given.title}>
        <Given name={say.server} value={databaseText(setup)} variable="DATABASE_URL" flag="--database" given={given} mend={say.mend} />
        <Given
          name={say.folder}
          value={<code>{setup.dataFolder}</code>}
          variable="TOCSIN_DATA"
          flag="--data"
          given={given}
          mend={say.folderMend}
        />
        <Given
          name={say.secretKey}
          value={setup.secretKey === null ? say.generated : <code>{setup.secretKey}</code>}
          variable="TOCSIN_SECRET_KEY_FILE"
          given={given}
          mend={say.secretKeyMend}
        />
        <Given
          name={say.secrets}
          value={<code>{setup.secretsFolder}</code>}
          variable="TOCSIN_SECRETS"
          given={given}
          mend={say.secretsMend}
        />
        <Given
          name={say.adminToken}
          value={setup.adminToken ? say.hasToken : say.noToken}
          variable={given.includes('TOCSIN_ADMIN_TOKEN_FILE') ? 'TOCSIN_ADMIN_TOKEN_FILE' : 'TOCSIN_ADMIN_TOKEN'}
          given={given}
          mend={say.adminTokenMend}
        />
        <Given name={say.log} value={setup.logLevel} variable="TOCSIN_LOG_LEVEL" given={given} mend={say.logMend} />
      </Panel>
      <Panel className="settings-narrow" title="PostgreSQL">
        <DefinitionList
          items={[
            { term: say.version, is: database.version },
            { term: say.size, is: say.megabytes(database.bytes) },
            ...(database.kind === 'own' ? [{ term: say.standby, is: say.hasStandby[database.standby ? 'asked' : 'unasked'] }] : []),
          ]}
        />
      </Panel>
    </>
  )
}

export function databaseText({ database }: Setup): string {
  return database.kind === 'embedded' ? words.database.embedded : words.database.own(database.name ?? '', database.host ?? '')
}

interface DemoProps extends SetupProps {
  demo: Demo
  busy: boolean
  /** Absent for those who may not. */
  onRemove?: (() => void) | undefined
  /** Makes the company, where there is none. */
  onStart?: (() => void) | undefined
}

export function DemoSection({ setup, demo, busy, onRemove, onStart }: DemoProps) {
  const [asking, setAsking] = useState(false)
  const say = words.demo
  return (
    <>
      {demo.present ? (
        <Panel
          className="settings-narrow"
          title={say.present(demo.company)}
          beside={
            <span className="line wraps">
              <ButtonLink size="small" icon="bolt" href={links.phone()}>
                {say.try}
              </ButtonLink>
              {onRemove && (
                <Button size="small" kind="danger-quiet" icon="trash" busy={busy} onClick={() => setAsking(true)}>
                  {say.remove}
                </Button>
              )}
            </span>
          }
        >
          <DefinitionList
            items={Object.entries(demo.holds).map(([kind, count]) => ({ term: say.holds[kind as keyof Demo['holds']], is: count }))}
          />
          {demo.stays.map((one) => (
            <p key={`${one.kind} ${one.name}`} className="sub">
              {say.stays(one.name, one.usedBy.map(({ name }) => name).join(', '))}
            </p>
          ))}
        </Panel>
      ) : (
        <div className="settings-narrow">
          <EmptyState
            title={say.absent}
            headingLevel={2}
            step={
              onStart ? (
                <Button kind="primary" icon="play" busy={busy} onClick={onStart}>
                  {steps.startDemo}
                </Button>
              ) : (
                <ButtonLink href={links.start()}>{steps.start}</ButtonLink>
              )
            }
          >
            <p>{say.absentText}</p>
          </EmptyState>
        </div>
      )}
      <Panel className="settings-narrow" title={words.given.title}>
        <Given
          name={say.setting}
          value={setup.demo === null ? say.left : setup.demo ? say.asked : say.notAsked}
          variable="TOCSIN_DEMO"
          flag="--demo, --no-demo"
          given={setup.given}
          mend={say.mend}
        />
      </Panel>
      <Dialog
        open={asking}
        title={say.question}
        onClose={() => setAsking(false)}
        buttons={
          <>
            <Button kind="quiet" onClick={() => setAsking(false)}>
              {say.keep}
            </Button>
            <Button
              kind="danger"
              onClick={() => {
                setAsking(false)
                onRemove?.()
              }}
            >
              {say.remove}
            </Button>
          </>
        }
      >
        <p>{say.goes}</p>
      </Dialog>
    </>
  )
}

export function AboutSection({ setup }: SetupProps) {
  const say = words.about
  return (
    <Panel className="settings-narrow" title="Tocsin">
      <DefinitionList
        items={[
          { term: say.version, is: setup.version },
          { term: say.schema, is: setup.schema },
          { term: say.node, is: <code>{setup.node}</code> },
          { term: say.zoneData, is: setup.zoneData },
          { term: say.licence, is: say.licenceText },
          {
            term: say.api,
            is: (
              <a className="text-link" href="/openapi.json">
                /openapi.json
              </a>
            ),
          },
        ]}
      />
    </Panel>
  )
}
