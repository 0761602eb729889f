import { useRouter, useSearch } from '@tanstack/react-router'
import { catalog } from '../data/catalog-queries.ts'
import { configuration } from '../data/configuration.ts'
import { loadableOf, queries, useQuery } from '../data/queries.ts'
import { serviceRowOf } from '../data/service-view.ts'
import { Frame } from '../frame/frame.tsx'
import { links } from '../links.ts'
import { readServiceFilter } from '../product/services/filter.ts'
import { ServicesScreen } from '../screens/services/services-screen.tsx'

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
