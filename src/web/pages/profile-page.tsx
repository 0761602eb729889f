import type { api } from '../data/api.ts'
import { loadableOf, queries, useQuery } from '../data/queries.ts'
import { Frame } from '../frame/frame.tsx'
import { languageChoice } from '../language.ts'
import type { Loadable } from '../parts/loadable.tsx'
import { type Profile, ProfileScreen } from '../screens/profile/profile-screen.tsx'
import { useStoredChoice } from '../stored-choice.ts'
import { useTestPage } from './test-page.ts'

type PersonView = Awaited<ReturnType<typeof api.getPerson>>

/** The viewer's own page: contacts and rules in short, and how this browser shows things. */
export function ProfilePage() {
  const me = useQuery(queries.me())
  const name = me.data?.person?.name
  const person = useQuery({ ...queries.person(name ?? ''), enabled: name !== undefined })
  const test = useTestPage(name ?? '')
  const language = useStoredChoice(languageChoice)
  return (
    <Frame place="on-call">
      <ProfileScreen
        profile={me.data && name === undefined ? nobody : loadableOf(person, profileOf)}
        onPageMe={() => test.mutate(undefined)}
        isPaging={test.isPending}
        language={language}
        onLanguage={languageChoice.choose}
      />
    </Frame>
  )
}

const nobody: Loadable<null> = { state: 'ready', value: null }

function profileOf({ name, displayName, role, timeZone, contacts, rules, shifts }: PersonView): Profile {
  const first = (contact: string) => rules.high.find((rule) => rule.contact === contact)?.afterSeconds
  return {
    ...{ name, role },
    look: { name: displayName },
    timeZone: timeZone ?? undefined,
    contacts: contacts
      .map(({ contact, channel, state }) => ({ contact, channel, state, afterSeconds: first(contact) }))
      .sort((a, b) => (a.afterSeconds ?? Number.POSITIVE_INFINITY) - (b.afterSeconds ?? Number.POSITIVE_INFINITY)),
    shifts: shifts.map(({ from, until, ...shift }) => ({ ...shift, from: Date.parse(from), until: Date.parse(until) })),
  }
}
