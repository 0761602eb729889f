import { useMutation } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiError } from '../../platform/client.ts'
import { hexOfChance } from '../browser.ts'
import { api } from '../data/api.ts'
import { catalog } from '../data/catalog-queries.ts'
import { keepFreshKey } from '../data/fresh-keys.ts'
import { loadableOf, messageOf, queries, queryClient, useQuery } from '../data/queries.ts'
import { heardOf } from '../data/service-view.ts'
import { Frame } from '../frame/frame.tsx'
import { links } from '../links.ts'
import { nameFrom } from '../product/configuration/document.ts'
import { IntegrationsScreen } from '../screens/integrations/integrations-screen.tsx'
import { NewIntegrationDialog } from '../screens/integrations/new-integration-dialog.tsx'

/** Every way in, what should be heard and is not first. */
export function IntegrationsPage() {
  return <FedIntegrations adding={false} />
}

/** The same with the dialog open: where links to a new one lead. */
export function NewIntegrationPage() {
  return <FedIntegrations adding />
}

function FedIntegrations({ adding }: { adding: boolean }) {
  const { service } = useSearch({ strict: false }) as { service?: string }
  const router = useRouter()
  const me = useQuery(queries.me())
  const integrations = useQuery(catalog.integrations())
  const mayAdd = me.data?.permissions.includes('config:write') === true
  return (
    <Frame place="services">
      <IntegrationsScreen
        integrations={loadableOf(integrations, (items) => items.map(heardOf))}
        onAdd={mayAdd ? () => router.history.push(links.newIntegration()) : undefined}
      />
      <AddDialog open={adding && mayAdd} service={service} onClose={() => router.history.push(links.integrations())} />
    </Frame>
  )
}

function AddDialog({ open, service, onClose }: { open: boolean; service: string | undefined; onClose: () => void }) {
  const router = useRouter()
  const services = useQuery({ ...catalog.services(), enabled: open })
  const sources = useQuery({ ...catalog.sources(), enabled: open })
  const [picked, setPicked] = useState<{ service?: string; source?: string; displayName: string }>({ displayName: '' })
  const known = services.data?.filter(({ origin }) => origin.kind !== 'built-in') ?? []
  const chosen = {
    service: picked.service ?? service ?? known[0]?.name ?? '',
    source: picked.source ?? 'alertmanager',
    displayName: picked.displayName,
  }
  const make = useMutation({
    meta: { showsFailure: true },
    mutationFn: () => {
      const speaks = sources.data?.items.find(({ name }) => name === chosen.source)?.title ?? chosen.source
      const watches = known.find(({ name }) => name === chosen.service)?.displayName ?? chosen.service
      return makeIntegration({ ...chosen, displayName: chosen.displayName.trim() || `${speaks}, ${watches}` })
    },
    onSuccess: async ({ name, key }) => {
      keepFreshKey(name, key)
      await queryClient.invalidateQueries({ queryKey: ['integrations'] })
      await queryClient.invalidateQueries({ queryKey: ['incidents', 'services'] })
      setPicked({ displayName: '' })
      router.history.replace(links.integration(name))
    },
  })
  return (
    <NewIntegrationDialog
      open={open}
      services={known.map(({ name, displayName }) => ({ name, title: displayName }))}
      isLoaded={services.data !== undefined}
      sources={(sources.data?.items ?? []).map(({ name, title }) => ({ name, title }))}
      chosen={chosen}
      busy={make.isPending}
      error={make.isError ? messageOf(make.error) : undefined}
      onChange={(change) => setPicked({ ...picked, ...change })}
      onMake={() => make.mutate()}
      onClose={onClose}
    />
  )
}

interface Wanted {
  service: string
  source: string
  displayName: string
}

/** Named after what people call it; a name that is taken gets a number. */
export async function makeIntegration({ service, source, displayName }: Wanted): Promise<{ name: string; key: string }> {
  const stem = nameFrom(displayName) || 'integration'
  const key = hexOfChance(18)
  for (let number = 1; ; number++) {
    const name = number === 1 ? stem : `${stem}-${number}`
    const spec = { displayName, source, service, key }
    try {
      await api.putObject({ params: { kind: 'integrations', name }, body: { spec, expectedVersion: 0 } })
      return { name, key }
    } catch (error) {
      if (!(error instanceof ApiError && ['conflict', 'from-file'].includes(error.refusal)) || number === 20) throw error
    }
  }
}
