import { links } from '../../links.ts'
import { type Tab, Tabs } from '../../parts/tabs.tsx'
import { words } from './words.ts'

export type OnCallTab = keyof typeof words.tabs

const hrefs: Record<OnCallTab, () => string> = {
  now: links.onCall,
  schedules: links.schedules,
  policies: links.policies,
  people: links.people,
  teams: links.teams,
}

/** The views of the place On-call. */
export function OnCallTabs({ current }: { current: OnCallTab }) {
  const tabs = (Object.keys(hrefs) as OnCallTab[]).map(
    (name): Tab => ({ name: words.tabs[name], href: hrefs[name](), current: name === current }),
  )
  return <Tabs label={words.views} tabs={tabs} />
}
