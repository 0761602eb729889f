import { useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { copyText } from '../browser.ts'
import { api } from '../data/api.ts'
import { catalog } from '../data/catalog-queries.ts'
import { configuration } from '../data/configuration.ts'
import { useOfDraft, useRested } from '../data/draft.ts'
import { messageOf, queries, useQuery } from '../data/queries.ts'
import { Frame } from '../frame/frame.tsx'
import { links } from '../links.ts'
import { ButtonLink } from '../parts/button.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { ErrorState } from '../parts/error-state.tsx'
import { Page } from '../parts/page.tsx'
import { SkeletonRows } from '../parts/skeleton.tsx'
import { useToast } from '../parts/toast.tsx'
import type { Known, Proposal } from '../product/severity/proposal.ts'
import type { Scheme } from '../screens/severity/scheme.ts'
import { SchemeScreen } from '../screens/severity/scheme-screen.tsx'
import { words } from '../screens/severity/words.ts'

/** A severity scheme for everybody to read; the one in use, unless the address names another. */
export function SeverityPage() {
  const { name } = useParams({ strict: false }) as { name?: string }
  const schemes = useQuery(queries.severitySchemes())
  const scheme = schemes.data?.items.find((one) => one.name === (name ?? schemes.data.default)) as Scheme | undefined
  return (
    <Frame place="settings">
      {scheme && schemes.data ? (
        <FedScheme key={scheme.name} scheme={scheme} all={schemes.data.items as Scheme[]} inUse={schemes.data.default} />
      ) : (
        <Page crumbs={[{ name: words.settings, href: links.settings() }, { name: words.title }]}>
          {schemes.data ? (
            <EmptyState
              title={words.unknown(name ?? '')}
              headingLevel={1}
              step={<ButtonLink href={links.severity()}>{words.all}</ButtonLink>}
            >
              <p>{words.unknownText}</p>
            </EmptyState>
          ) : schemes.isError ? (
            <ErrorState failure={{ message: messageOf(schemes.error), onRetry: () => void schemes.refetch() }} />
          ) : (
            <SkeletonRows rows={8} />
          )}
        </Page>
      )}
    </Frame>
  )
}

function FedScheme({ scheme, all, inUse }: { scheme: Scheme; all: Scheme[]; inUse: string }) {
  const { level } = useSearch({ strict: false }) as { level?: string }
  const [known, setKnown] = useState<Known>({ facts: {}, unknown: [] })
  const [oneByOne, setOneByOne] = useState(false)
  const toast = useToast()
  const { facts, unknown } = JSON.parse(useRested(JSON.stringify(known))) as Known
  const { answer } = useOfDraft(['proposal', scheme.name, facts, unknown], (signal) =>
    api.proposeSeverity({ signal, body: { scheme: scheme.name, facts, ...(unknown.length > 0 && { unknown: unknown as [] }) } }),
  )
  const copyYaml = async () => {
    const { writeYaml } = await import('../screens/configuration/yaml-text.ts')
    const copied = await copyText(writeYaml('SeverityScheme', scheme.name, scheme.spec))
    if (copied) toast({ text: words.yamlCopied })
  }
  return (
    <SchemeScreen
      scheme={scheme}
      all={all}
      inUse={inUse}
      level={level}
      known={known}
      onKnown={(part) => setKnown((before) => ({ ...before, ...part }))}
      proposal={answer.state === 'ready' ? (answer.value as Proposal) : undefined}
      cutOff={answer.state === 'failed'}
      oneByOne={oneByOne}
      onOneByOne={setOneByOne}
      usedBy={useUsers(scheme.name, scheme.name === inUse)}
      address={`${location.origin}${links.severity(scheme.name)}`}
      onCopyYaml={() => void copyYaml()}
    />
  )
}

/** Teams that name it, and what is nobody's who names another. */
function useUsers(scheme: string, installation: boolean) {
  const teams = useQuery(configuration.objects('teams'))
  const services = useQuery(catalog.services())
  if (!teams.data || !services.data) return undefined
  const schemeOf = new Map(teams.data.map((team) => [team.name, team.spec['scheme'] as string | undefined]))
  const own = services.data.filter(({ origin }) => origin.kind !== 'built-in')
  return {
    installation,
    services: own.filter(({ team }) => team === null || schemeOf.get(team) === undefined).length,
    teams: teams.data
      .filter(({ name }) => schemeOf.get(name) === scheme)
      .map(({ name, spec }) => ({
        name,
        displayName: String(spec['displayName'] ?? name),
        services: own.filter(({ team }) => team === name).length,
      })),
  }
}
