import { useRouter, useSearch } from '@tanstack/react-router'
import { links } from '../links.ts'
import { readUnparsedFilter } from '../screens/integrations/unparsed-filter.ts'
import { UnparsedScreen } from '../screens/integrations/unparsed-screen.tsx'
import { catalog } from './catalog-queries.ts'
import { Frame } from './frame.tsx'
import { loadableOf, useQuery } from './queries.ts'
import { keptEventOf } from './service-view.ts'

/** What could not be used, wholly or in part, with the reason and what was done all the same. */
export function UnparsedPage() {
  const filter = readUnparsedFilter(useSearch({ strict: false }))
  const router = useRouter()
  const events = useQuery(
    catalog.unparsed({
      integration: filter.integration,
      refused: filter.show === 'all' ? undefined : filter.show === 'refused',
      cursor: filter.after,
    }),
  )
  return (
    <Frame place="services">
      <UnparsedScreen
        filter={filter}
        events={loadableOf(events, ({ items, next }) => ({ rows: items.map(keptEventOf), next: next ?? undefined }))}
        onShowAllIntegrations={() => router.history.push(links.unparsed({ show: filter.show }))}
      />
    </Frame>
  )
}
