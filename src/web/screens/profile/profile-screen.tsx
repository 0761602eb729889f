import './profile-screen.css'
import { zoneName } from '../../../kernel/moment.ts'
import type { Instant } from '../../../kernel/time.ts'
import { singleKeys } from '../../keys.ts'
import type { LanguageChoice } from '../../language.ts'
import { links } from '../../links.ts'
import type { PersonLook } from '../../parts/avatar.tsx'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Switch } from '../../parts/choice.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Link } from '../../parts/link.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Note } from '../../parts/note.tsx'
import { Page } from '../../parts/page.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Row, Rows } from '../../parts/rows.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { useTicking, useZone } from '../../parts/ticking.tsx'
import { interval, shiftTime } from '../../parts/time-words.ts'
import { channelIcon, channelName } from '../../product/on-call/channels.ts'
import type { Way } from '../../product/on-call/duty.ts'
import { Ways } from '../../product/on-call/ways.tsx'
import { words as onCallWords } from '../../product/on-call/words.ts'
import { words as peopleWords } from '../../product/people/words.ts'
import { useStoredChoice } from '../../stored-choice.ts'
import { themeChoice, themes } from '../../theme.ts'
import { browserZone, zoneChoice, zones } from '../../zone.ts'
import { words } from './words.ts'

export interface Profile {
  name: string
  look: PersonLook
  role: keyof typeof words.roles
  timeZone?: string | undefined
  /** In the order in which they are tried at high urgency; those for low urgency alone come last. */
  contacts: (Way & { afterSeconds?: number | undefined })[]
  shifts: { schedule: string; scheduleName: string; from: Instant; until: Instant }[]
}

export interface ProfileScreenProps {
  /** Null for a token that belongs to nobody. */
  profile: Loadable<Profile | null>
  /** Sends a test page by the person's own rules. */
  onPageMe?: (() => void) | undefined
  isPaging?: boolean | undefined
  language: LanguageChoice
  onLanguage: (language: LanguageChoice) => void
  onSignOut?: (() => void) | undefined
}

/** Oneself: how one is woken, and how this browser shows things. */
export function ProfileScreen({ profile, onPageMe, isPaging, language, onLanguage, onSignOut }: ProfileScreenProps) {
  const me = profile.state === 'ready' || profile.state === 'kept' ? profile.value : undefined
  return (
    <Page crumbs={[{ name: words.title }]} keys={[]}>
      <PageHead
        title={me?.look.name ?? words.title}
        beside={
          onSignOut && (
            <Button icon="out" onClick={onSignOut}>
              {words.signOut}
            </Button>
          )
        }
      >
        {me === null ? words.token : me && words.about(words.roles[me.role])}
      </PageHead>
      <div className="profile">
        <Loaded of={profile} skeleton={<SkeletonRows rows={3} />}>
          {(person) => person && <Reach profile={person} onPageMe={onPageMe} isPaging={isPaging} />}
        </Loaded>
        {me && me.shifts.length > 0 && <Shifts shifts={me.shifts} />}
        <LanguageAndTime timeZone={me?.timeZone} isPerson={me !== null && me !== undefined} language={language} onLanguage={onLanguage} />
        <LooksAndKeys />
      </div>
    </Page>
  )
}

function Reach({
  profile: { name, look, contacts },
  onPageMe,
  isPaging,
}: { profile: Profile } & Pick<ProfileScreenProps, 'onPageMe' | 'isPaging'>) {
  return (
    <Panel
      title={words.reach}
      flush
      foot={
        <span className="line wraps">
          <ButtonLink size="small" icon="edit" kind={contacts.length === 0 ? 'primary' : 'secondary'} href={links.personForm(name)}>
            {words.edit}
          </ButtonLink>
          {contacts.length > 0 && onPageMe && (
            <Button size="small" icon="bell" busy={isPaging === true} onClick={onPageMe}>
              {peopleWords.pageMe}
            </Button>
          )}
          <Link className="text-link" href={links.person(name)}>
            {words.wholePage}
          </Link>
        </span>
      }
    >
      {contacts.length === 0 ? (
        <div className="panel-inside">
          <Note tone="bad">{words.noContact}</Note>
        </div>
      ) : (
        <Rows label={words.reach}>
          {contacts.map((contact) => (
            <Row
              key={contact.contact}
              mark={<Icon name={channelIcon(contact.channel)} />}
              title={contact.contact}
              detail={`${channelName(contact.channel)}, ${whenText(contact.afterSeconds)}`}
              beside={<Ways person={look.name} ways={[contact]} />}
            />
          ))}
        </Rows>
      )}
    </Panel>
  )
}

function whenText(afterSeconds: number | undefined): string {
  if (afterSeconds === undefined) return words.onlyLow
  return afterSeconds === 0 ? words.atOnce : words.rule(String(Math.round((afterSeconds / 60) * 10) / 10))
}

function Shifts({ shifts }: Pick<Profile, 'shifts'>) {
  return (
    <Panel title={words.shifts} flush>
      <Rows label={words.shifts}>
        {shifts.slice(0, 4).map((shift) => (
          <Row key={`${shift.schedule} ${shift.from}`} title={shift.scheduleName} detail={<ShiftText shift={shift} />} />
        ))}
      </Rows>
    </Panel>
  )
}

function ShiftText({ shift: { from, until } }: { shift: Profile['shifts'][number] }) {
  return useTicking((now, zone) => {
    const isNow = from <= now
    const when = `${shiftTime(isNow ? until : from, now, zone)} ${zoneName(zone)}`
    return isNow ? onCallWords.shiftUntil(when, interval(until - now)) : `${when}, ${interval(until - from)}`
  })
}

interface LanguageAndTimeProps extends Pick<ProfileScreenProps, 'language' | 'onLanguage'> {
  timeZone: string | undefined
  isPerson: boolean
}

function LanguageAndTime({ timeZone, isPerson, language, onLanguage }: LanguageAndTimeProps) {
  const zone = useZone()
  return (
    <Panel title={words.display} foot={words.languageNote}>
      <Segmented
        label={words.language}
        segments={(Object.keys(words.languages) as LanguageChoice[]).map((value) => ({ value, name: words.languages[value] }))}
        current={language}
        onPick={onLanguage}
      />
      <ZoneChoice />
      <div className="profile-zone">
        <p className="sub">{words.zoneIs(zoneName(zone))}</p>
        {isPerson && <p className="sub">{timeZone === undefined ? words.zoneNone : words.zonePerson(zoneName(timeZone))}</p>}
      </div>
    </Panel>
  )
}

function ZoneChoice() {
  const chosen = useStoredChoice(zoneChoice)
  return (
    <SelectField label={words.zone} value={chosen} onChange={({ target }) => zoneChoice.choose(target.value)}>
      <option value="browser">{words.zoneOfBrowser(zoneName(browserZone))}</option>
      {zones().map((zone) => (
        <option key={zone} value={zone}>
          {zone.replaceAll('_', ' ')}
        </option>
      ))}
    </SelectField>
  )
}

function LooksAndKeys() {
  const theme = useStoredChoice(themeChoice)
  const keys = useStoredChoice(singleKeys)
  return (
    <Panel title={words.looks} foot={words.here}>
      <Segmented
        label={words.theme}
        segments={themes.map((value) => ({ value, name: words.themes[value] }))}
        current={theme}
        onPick={themeChoice.choose}
      />
      <div className="profile-zone">
        <Switch checked={keys === 'on'} onChange={(event) => singleKeys.choose(event.target.checked ? 'on' : 'off')}>
          {words.keys}
        </Switch>
        <p className="dim fine">{words.keysNote}</p>
      </div>
    </Panel>
  )
}
