import { links } from '../../links.ts'
import { Tabs } from '../../parts/tabs.tsx'
import { words } from './words.ts'

/** Incidents, and the alerts they are made of. */
export function ListTabs({
  current,
  counts,
}: {
  current: 'incidents' | 'alerts'
  counts: { incidents?: number | undefined; alerts?: number | undefined }
}) {
  return (
    <Tabs
      label={words.tabs.label}
      tabs={[
        { name: words.tabs.incidents, href: links.incidents(), count: counts.incidents, current: current === 'incidents' },
        { name: words.tabs.alerts, href: links.alerts(), count: counts.alerts, current: current === 'alerts' },
      ]}
    />
  )
}
