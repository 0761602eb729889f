import { useRouter, useSearch } from '@tanstack/react-router'
import { links } from '../links.ts'
import { readServiceFilter } from '../screens/services/filter.ts'
import { ServicesScreen } from '../screens/services/services-screen.tsx'
import { catalog } from './catalog-queries.ts'
import { configuration } from './configuration.ts'
import { Frame } from './frame.tsx'
import { loadableOf, queries, useQuery } from './queries.ts'
import { serviceRowOf } from './service-view.ts'

/** Every service, the worst first; what it is narrowed to stands in the address. */
export function ServicesPage() {
  const filter = readServiceFilter(useSearch({ strict: false }))
  const router = useRouter()
  const me = useQuery(queries.me())
  const services = useQuery(catalog.services())
  const name = me.data?.person?.name
  const teams = useQuery({ ...configuration.objects('teams'), enabled: name !== undefined })
  const mine = teams.data
    ?.filter(({ spec }) => name !== undefined && ((spec['members'] as string[] | undefined) ?? []).includes(name))
    .map((team) => team.name)
  return (
    <Frame place="services">
      <ServicesScreen
        filter={filter}
        services={loadableOf(services, (all) => all.map(serviceRowOf))}
        myTeams={mine && mine.length > 0 ? mine : undefined}
        onSearch={(text) => router.history.replace(links.services({ ...filter, text }))}
        addHref={me.data?.permissions.includes('config:write') ? links.create('services') : undefined}
      />
    </Frame>
  )
}
