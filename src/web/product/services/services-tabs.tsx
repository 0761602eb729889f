import './services-tabs.css'
import { links } from '../../links.ts'
import { Tabs } from '../../parts/tabs.tsx'
import { words } from './words.ts'

export type ServicesTab = 'services' | 'integrations' | 'unparsed'

const hrefs: Record<ServicesTab, () => string> = {
  services: () => links.services(),
  integrations: () => links.integrations(),
  unparsed: () => links.unparsed(),
}

/** What is watched, how it is heard, and what could not be understood. */
export function ServicesTabs({
  current,
  counts = {},
}: {
  current: ServicesTab
  counts?: Partial<Record<ServicesTab, number | undefined>>
}) {
  const names = Object.keys(hrefs) as ServicesTab[]
  return (
    <Tabs
      label={words.views}
      tabs={names.map((name) => ({ name: words.tabs[name], href: hrefs[name](), count: counts[name], current: name === current }))}
    />
  )
}
