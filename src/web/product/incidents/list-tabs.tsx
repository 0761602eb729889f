import { links } from '../../links.ts'
import { Tabs } from '../../parts/tabs.tsx'
import { words as listWords } from './list-words.ts'

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
      label={listWords.tabs.label}
      tabs={[
        { name: listWords.tabs.incidents, href: links.incidents(), count: counts.incidents, current: current === 'incidents' },
        { name: listWords.tabs.alerts, href: links.alerts(), count: counts.alerts, current: current === 'alerts' },
      ]}
    />
  )
}
