import { useParams, useRouter, useSearch } from '@tanstack/react-router'
import { DAY, iso } from '../../kernel/time.ts'
import { instantOf, localOf, parseTimeOfDay, zoneOf } from '../../kernel/zone.ts'
import type { api } from '../data/api.ts'
import { momentOf } from '../data/incident-view.ts'
import { loadableOf, queries, useQuery } from '../data/queries.ts'
import { Frame } from '../frame/frame.tsx'
import { links } from '../links.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import type { SeverityRank } from '../parts/severity-mark.tsx'
import { words } from '../product/people/words.ts'
import type { WholePerson } from '../screens/people/person.ts'
import { PersonScreen, type PersonScreenProps } from '../screens/people/person-screen.tsx'
import { NotFoundScreen } from '../screens/shell/not-found-screen.tsx'
import { useTestPage } from './test-page.ts'

type PersonView = Awaited<ReturnType<typeof api.getPerson>>

/** One person: contacts and rules, and the night they make. */
export function PersonPage() {
  const { name = '' } = useParams({ strict: false }) as { name?: string }
  const search = useSearch({ strict: false }) as { urgency?: string; as?: string; at?: string }
  const playing: PersonScreenProps['playing'] = { urgency: search.urgency === 'low' ? 'low' : 'high', as: search.as, at: search.at }
  const router = useRouter()
  const me = useQuery(queries.me())
  const person = useQuery(queries.person(name))
  const [policy, level] = playing.as?.split(':') ?? []
  const at = person.data && playing.at ? nextAt(playing.at, person.data.timeZone ?? 'UTC') : undefined
  const night = useQuery({
    ...queries.night(name, {
      urgency: playing.urgency,
      ...(policy && level && { policy, level: Number(level) }),
      ...(at !== undefined && { at: iso(at) }),
    }),
    enabled: person.data !== undefined,
  })
  const mayTest = me.data !== undefined && (me.data.person?.name === name || me.data.permissions.includes('config:write'))
  const test = useTestPage(name)
  if (person.isError && !person.data && (person.error as { status?: number }).status === 404)
    return (
      <Frame place="on-call">
        <NotFoundScreen />
      </Frame>
    )
  return (
    <Frame place="on-call">
      <PersonScreen
        key={name}
        name={name}
        person={loadableOf(person, (view) => wholeOf(view, me.data?.person?.name))}
        night={loadableOf(night, (view) => ({
          person: view.person,
          startsAt: Date.parse(view.startsAt),
          timeZone: view.timeZone,
          as: view.policy === null ? undefined : `${view.policy}:${view.level}`,
          lines: view.lines.map((line) => ({
            ...line,
            at: Date.parse(line.at),
            contact: line.contact ?? undefined,
            channel: line.channel ?? undefined,
          })),
        }))}
        besideContact={
          mayTest
            ? ({ contact }) => (
                <Button
                  size="small"
                  icon="bell"
                  busy={test.isPending && test.variables === contact}
                  aria-label={words.sendTestTo(contact)}
                  onClick={() => test.mutate(contact)}
                >
                  {words.sendTest}
                </Button>
              )
            : undefined
        }
        playing={playing}
        beside={
          <>
            {mayTest && (
              <Button icon="bell" busy={test.isPending && test.variables === undefined} onClick={() => test.mutate(undefined)}>
                {me.data?.person?.name === name ? words.pageMe : words.pageThem}
              </Button>
            )}
            <ButtonLink icon="edit" href={links.personForm(name)}>
              {words.edit}
            </ButtonLink>
          </>
        }
        onPlay={({ urgency, as, at: time }) =>
          router.history.replace(links.person(name, { urgency: urgency === 'low' ? 'low' : undefined, as, at: time }))
        }
      />
    </Frame>
  )
}

function wholeOf(view: PersonView, me: string | undefined): WholePerson {
  return {
    name: view.name,
    look: { name: view.displayName },
    isMe: view.name === me,
    email: view.email ?? undefined,
    timeZone: view.timeZone ?? undefined,
    teams: view.teams,
    contacts: view.contacts.map(({ lastDeliveredAt, lastFailedAt, failure, ...contact }) => ({
      ...contact,
      deliveredAt: momentOf(lastDeliveredAt),
      failedAt: momentOf(lastFailedAt),
      failure: failure ?? undefined,
    })),
    rules: view.rules,
    ownRules: view.ownRules,
    checks: view.checks,
    places: view.places,
    shifts: view.shifts.map(({ from, until, ...shift }) => ({ ...shift, from: Date.parse(from), until: Date.parse(until) })),
    recentPages: view.recentPages.map(({ at, incident, acknowledgedAfterSeconds, ...page }) => ({
      ...page,
      at: Date.parse(at),
      incident: incident === null ? undefined : { ...incident, severity: incident.severity as SeverityRank },
      acknowledgedAfterSeconds: acknowledgedAfterSeconds ?? undefined,
    })),
  }
}

/** The next time the clocks of the zone show this. */
function nextAt(time: string, timeZone: string): number | undefined {
  const ofDay = parseTimeOfDay(time)
  if (ofDay === undefined) return undefined
  const zone = zoneOf(timeZone)
  const now = Date.now()
  const today = Math.floor(localOf(zone, now) / DAY) * DAY
  const first = instantOf(zone, today + ofDay)
  return first > now ? first : instantOf(zone, today + DAY + ofDay)
}
