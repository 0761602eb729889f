import { useRouter, useSearch } from '@tanstack/react-router'
import { catalog } from '../data/catalog-queries.ts'
import { loadableOf, useQuery } from '../data/queries.ts'
import { keptEventOf } from '../data/service-view.ts'
import { Frame } from '../frame/frame.tsx'
import { links } from '../links.ts'
import { readUnparsedFilter } from '../product/integrations/unparsed-filter.ts'
import { UnparsedScreen } from '../screens/integrations/unparsed-screen.tsx'

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
